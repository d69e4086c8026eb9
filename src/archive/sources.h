// SPDX-License-Identifier: Apache-2.0
// From which of a case's facts a field of a paper is filled, as papers/cases.yaml states it
// (docs/formats/paper.md).
#pragma once
#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "print/library.h"

namespace doudi::archive {

struct Source {
    std::string from;                                       // "told.category" (facts.h)
    std::map<std::string, std::string, std::less<>> words;  // of a value that the paper calls otherwise
    std::string
        others;  // the option of a value that is none of the paper's; empty: such a value is not known
    std::string months;  // a fact: what is told is the last day of so many months from the day `from` on
};
// What must be so for the paper to be made at all.
struct Need {
    std::string from;
    std::vector<std::string> is;        // one of these; empty: it must not be known
    std::vector<std::string> machines;  // asked of cases of these alone; empty: of every case
    Text why;                           // it is not made otherwise
};
// Some columns of rows are filled only where a fact is one of these.
struct ShownIf {
    std::vector<std::string> columns;
    std::string from;
    std::vector<std::string> is;
};
struct FieldSources {
    std::vector<Source> any;  // the first that is known counts
    // Of rows: the paper's column, and the source's.
    std::vector<std::pair<std::string, std::string>> columns;
    std::vector<ShownIf> shown_if;
};
using FieldMap = std::map<std::string, FieldSources, std::less<>>;

struct PaperSources {
    std::vector<Need> needs;
    FieldMap fields;
    bool to_household = false;  // it is addressed to the household, which may fetch it
};

struct SourceBook {
    FieldMap fields;  // of every paper that has the field
    std::map<std::string, PaperSources, std::less<>> papers;

    // Null: nothing of a case fills it.
    [[nodiscard]] const FieldSources* of(std::string_view paper, std::string_view field) const;
    [[nodiscard]] const std::vector<Need>& needs_of(std::string_view paper) const;
    // A paper that nobody says to be addressed to it is none of the household's.
    [[nodiscard]] bool is_to_household(std::string_view paper) const;
};

// The program's own, under those of the pack and of what it extends: the nearest has the last word on a
// field, and each may add to what a paper needs. Faults: a paper, field or column that there is not; a pack
// that touches what may be posted.
[[nodiscard]] std::expected<SourceBook, std::vector<Error>> load_sources(const std::filesystem::path& root,
                                                                         std::string_view pack,
                                                                         const print::Library& library);

}  // namespace doudi::archive
