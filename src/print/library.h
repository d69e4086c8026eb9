// SPDX-License-Identifier: Apache-2.0
// Every paper that an office may print: the program's own (papers/), under those of its pack
// (packs/<id>/papers/, and of the packs that it extends), which may state a paper otherwise or add one.
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/faults.h"
#include "print/field_book.h"
#include "print/layouts.h"
#include "print/paper.h"

namespace doudi::print {

struct Library {
    Layouts layouts;
    FieldBook book;
    std::vector<Paper> papers;  // by id

    [[nodiscard]] const Paper* find(std::string_view id) const;
    // "there is no such paper", with the nearest name.
    [[nodiscard]] Result<const Paper*> need(std::string_view id) const;
};

// Which of a case's facts fills a field: beside the papers, read by the room archive.
inline constexpr std::string_view cases_file = "cases.yaml";

// Where papers stand: the program's own folder, then those of the pack and of what it extends, the farthest
// first; one that is named need not be there.
[[nodiscard]] std::vector<std::filesystem::path> paper_folders(const std::filesystem::path& root,
                                                               std::string_view pack_id,
                                                               policy::Faults& faults);

// `root` holds papers/ and packs/; without a pack the program's own papers only. Every fault with file, line
// and column.
[[nodiscard]] std::expected<Library, std::vector<Error>> load_papers(const std::filesystem::path& root,
                                                                     std::string_view pack_id = {});

}  // namespace doudi::print
