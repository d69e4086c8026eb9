// SPDX-License-Identifier: Apache-2.0
// The parts of an XLSX beside its sheets: which sheets there are and where they lie, shared strings, which
// styles are dates.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/sheet.h"
#include "intake/zip_file.h"

namespace doudi::intake {

struct XlsxSheet {
    SheetInfo info;
    std::string entry;  // in the archive
};

struct XlsxBook {
    std::vector<XlsxSheet> sheets;     // in the order of the tabs
    std::string shared_strings_entry;  // empty if there are none
    std::string styles_entry;
};
[[nodiscard]] Result<XlsxBook> read_xlsx_book(const ZipFile& zip, const Limits& limits);

class SharedStrings {
  public:
    [[nodiscard]] static Result<SharedStrings> read(const ZipFile& zip, const std::string& entry,
                                                    const Limits& limits);
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::string_view at(std::size_t index) const;

  private:
    friend class SharedStringsHandler;
    std::string bytes_;
    std::vector<std::uint32_t> ends_;
};

// By index of a cell's style: whether it shows a date.
[[nodiscard]] Result<std::vector<bool>> read_date_styles(const ZipFile& zip, const std::string& entry);

}  // namespace doudi::intake
