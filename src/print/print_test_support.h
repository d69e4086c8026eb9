// SPDX-License-Identifier: Apache-2.0
// What the tests of papers share: the program's own papers, fields of a case, and what stands where on a
// sheet.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "print/fields_reader.h"
#include "print/lay_out.h"
#include "print/print.h"

namespace doudi::print {

[[nodiscard]] std::filesystem::path source_root();
[[nodiscard]] const Library& own_library();
[[nodiscard]] const Typesetter& own_typesetter();

// The fields of testdata/fields/<name>.json; the paper's id is the name up to its first point.
[[nodiscard]] std::string paper_of(std::string_view name);
[[nodiscard]] FieldsFile fields_named(const std::string& name);
[[nodiscard]] LaidOut laid_out(std::string_view paper, const Fields& fields);

[[nodiscard]] Fields with(Fields fields, std::string_view field, Value value);
// All text of a sheet, a line each.
[[nodiscard]] std::string text_of(const Sheet& sheet);
[[nodiscard]] std::string text_of(const Page& page);
// The same without line breaks.
[[nodiscard]] std::string words_of(const Sheet& sheet);
[[nodiscard]] std::size_t count(std::string_view text, std::string_view what);
[[nodiscard]] bool has(std::string_view text, std::string_view what);

// A copy of papers/ and packs/<id>/pack.yaml to be changed; gone with its end.
class PaperFolder {
  public:
    PaperFolder();
    ~PaperFolder();
    PaperFolder(const PaperFolder&) = delete;
    PaperFolder& operator=(const PaperFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }
    void write(const std::filesystem::path& file, std::string_view text) const;

  private:
    std::filesystem::path root_;
};

}  // namespace doudi::print
