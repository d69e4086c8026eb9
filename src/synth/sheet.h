// SPDX-License-Identifier: Apache-2.0
// Purpose: an XLSX sheet written row by row in bounded memory. Invariant: the same rows give the same bytes:
// the workbook carries a fixed day of making.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct lxw_workbook;
struct lxw_worksheet;

namespace doudi::synth {

inline constexpr std::uint64_t most_sheet_rows = 1'000'000;

class Sheet {
  public:
    [[nodiscard]] static Result<Sheet> create(const std::filesystem::path& path);
    Sheet(Sheet&& other) noexcept;
    Sheet& operator=(Sheet&&) = delete;
    ~Sheet();

    // A title over so many columns, in a merged cell.
    void title(const std::string& text, std::size_t columns);
    void text(std::size_t column, const std::string& value);
    void number(std::size_t column, double value);
    void end_row() { ++row_; }
    [[nodiscard]] Result<std::uint64_t> close();

  private:
    Sheet(std::filesystem::path path, lxw_workbook* book, lxw_worksheet* sheet)
        : path_(std::move(path)), book_(book), sheet_(sheet) {}

    std::filesystem::path path_;
    lxw_workbook* book_;
    lxw_worksheet* sheet_;
    std::uint32_t row_ = 0;
};

}  // namespace doudi::synth
