// SPDX-License-Identifier: Apache-2.0
// Rows that are no data: blank ones, 合计 and 小计, 制表人 and 注, a heading repeated on every printed page,
// a row that numbers the columns (domain.md §4.6(3)). And the words that a cell holds instead of a value.
#pragma once
#include <cstddef>
#include <string_view>

namespace doudi::intake {

// Fed with a row's own cells that are not empty, from left to right.
class RowWords {
  public:
    void see(std::string_view text, std::string_view normal_heading, bool is_mapped);
    void see_name(std::string_view text);
    [[nodiscard]] bool is_data() const;

  private:
    std::size_t cells_ = 0;
    std::size_t mapped_ = 0;  // in columns that the dataset knows; a pre-printed 序号 alone makes no row
    std::size_t headings_ = 0;
    std::size_t ordinals_ = 0;  // 1, 2, 3 or 甲, 乙, 丙
    bool footer_ = false;
};

// 合计, 义都镇小计, 制表人：…, 注：…
[[nodiscard]] bool is_footer_text(std::string_view trimmed);
// #N/A, #REF! and their like.
[[nodiscard]] bool is_error_text(std::string_view text);
// U+FFFD: something that the reader could not decode stood there.
[[nodiscard]] bool has_replacement(std::string_view text);

}  // namespace doudi::intake
