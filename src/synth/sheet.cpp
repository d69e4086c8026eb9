// SPDX-License-Identifier: Apache-2.0
#include "synth/sheet.h"

#include <xlsxwriter.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "synth/file_out.h"

namespace doudi::synth {

Result<Sheet> Sheet::create(const std::filesystem::path& path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    errno = 0;
    lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
    if (book == nullptr) return std::unexpected(cannot_write(path.filename().string(), errno));
    lxw_doc_properties properties{};
    properties.created = 1'743'465'600;  // 2025-04-01
    workbook_set_properties(book, &properties);
    return Sheet(path, book, workbook_add_worksheet(book, nullptr));
}

Sheet::Sheet(Sheet&& other) noexcept
    : path_(std::move(other.path_)),
      book_(std::exchange(other.book_, nullptr)),
      sheet_(other.sheet_),
      row_(other.row_) {}

Sheet::~Sheet() {
    if (book_ != nullptr) workbook_close(book_);
}

void Sheet::title(const std::string& text, std::size_t columns) {
    worksheet_merge_range(sheet_, row_, 0, row_, static_cast<lxw_col_t>(columns - 1), text.c_str(), nullptr);
    end_row();
}

void Sheet::text(std::size_t column, const std::string& value) {
    if (!value.empty())
        worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), value.c_str(), nullptr);
}

void Sheet::number(std::size_t column, double value) {
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column), value, nullptr);
}

Result<std::uint64_t> Sheet::close() {
    errno = 0;
    if (workbook_close(std::exchange(book_, nullptr)) != LXW_NO_ERROR)
        return std::unexpected(cannot_write(path_.filename().string(), errno));
    std::error_code error;
    const std::uint64_t bytes = std::filesystem::file_size(path_, error);
    if (error) return std::unexpected(cannot_write(path_.filename().string(), error.value()));
    return bytes;
}

}  // namespace doudi::synth
