// SPDX-License-Identifier: Apache-2.0
// The parts of an XLSX beside its sheets: which sheets there are and where they lie, shared strings, which
// styles are dates.
#pragma once
#include <cstdint>
#include <memory>
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

// In blocks that stay where they are: one text that grows would be there twice while it is moved.
class SharedStrings {
  public:
    // Errors beside those of the XML: archive_bomb of more than Limits allow, cell_too_long of one that no
    // cell may have.
    [[nodiscard]] static Result<SharedStrings> read(const ZipFile& zip, const std::string& entry,
                                                    const Limits& limits);
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::string_view at(std::size_t index) const;

  private:
    friend class SharedStringsHandler;
    static constexpr std::uint32_t block_bytes = 1U << 20U;

    void add(std::string_view text);  // of block_bytes at most

    std::vector<std::unique_ptr<char[]>> blocks_;
    // As if the blocks stood one behind the other. A text begins where the one before it ends, or with the
    // block that it ends in.
    std::vector<std::uint32_t> ends_;
    std::uint64_t text_bytes_ = 0;
};

// By index of a cell's style: whether it shows a date.
[[nodiscard]] Result<std::vector<bool>> read_date_styles(const ZipFile& zip, const std::string& entry);

}  // namespace doudi::intake
