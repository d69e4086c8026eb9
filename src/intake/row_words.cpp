// SPDX-License-Identifier: Apache-2.0
#include "intake/row_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text_fold.h"
#include "base/utf8.h"
#include "intake/recognise.h"

namespace doudi::intake {
namespace {

constexpr std::array<std::string_view, 9> totals{"合计", "小计",     "总计",     "共计",  "累计",
                                                 "汇总", "本页合计", "本页小计", "总合计"};
constexpr std::array<std::string_view, 26> signatures{
    "制表人",     "填表人",   "审核人",   "负责人",   "经办人",   "复核人",   "填报人",
    "填报单位",   "制表单位", "填报日期", "制表日期", "报送单位", "报送日期", "上报单位",
    "单位负责人", "联系人",   "联系电话", "统计人",   "制表",     "审核",     "复核",
    "填表说明",   "说明",     "备注",     "附注",     "注"};
constexpr std::size_t longest_total = 36;  // bytes: twelve characters (义都镇小计), not a sentence

[[nodiscard]] std::string without_spaces(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        at += point.length;
        if (!is_space_code(point.code)) append_utf8(out, half_width_code(point.code));
    }
    return out;
}

[[nodiscard]] bool is_signature(std::string_view text) {
    return std::any_of(signatures.begin(), signatures.end(), [text](std::string_view word) {
        if (!text.starts_with(word)) return false;
        const std::string_view rest = text.substr(word.size());
        // 注1：… too; 注册 is a word of its own.
        return rest.empty() || rest.front() == ':' || (rest.front() >= '0' && rest.front() <= '9');
    });
}

[[nodiscard]] bool is_total(std::string_view text) {
    if (text.size() > longest_total) return false;
    return std::any_of(totals.begin(), totals.end(), [text](std::string_view word) {
        if (text.ends_with(word)) return true;
        if (!text.starts_with(word)) return false;
        const char next = text[word.size()];
        return next == ':' || (next >= '0' && next <= '9');
    });
}

[[nodiscard]] bool is_ordinal(std::string_view text) {
    constexpr std::array<std::string_view, 6> letters{"甲", "乙", "丙", "丁", "戊", "己"};
    if (text.size() <= 2)
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return std::find(letters.begin(), letters.end(), text) != letters.end();
}

constexpr std::size_t ideograph_bytes = 3;

// Whether the first or the last character is one that such a word begins or ends with: of most cells neither
// is, and blanks inside a word (合 计) do not change them.
[[nodiscard]] bool may_be_footer(std::string_view text) {
    if (text.size() < ideograph_bytes) return false;
    const std::string_view first = text.substr(0, ideograph_bytes);
    const std::string_view last = text.substr(text.size() - ideograph_bytes);
    const auto begins = [first](std::string_view word) { return word.starts_with(first); };
    const auto ends = [last](std::string_view word) { return word.ends_with(last); };
    return std::ranges::any_of(totals, ends) || std::ranges::any_of(totals, begins) ||
           std::ranges::any_of(signatures, begins);
}

}  // namespace

bool is_footer_text(std::string_view trimmed) {
    if (!may_be_footer(trimmed)) return false;
    const std::string text = without_spaces(trimmed);
    return is_total(text) || is_signature(text);
}

bool is_error_text(std::string_view text) {
    constexpr std::array<std::string_view, 8> errors{"#N/A",    "#REF!", "#VALUE!", "#NAME?",
                                                     "#DIV/0!", "#NUM!", "#NULL!",  "#GETTING_DATA"};
    if (text.empty() || text.front() != '#') [[likely]]
        return false;
    return std::find(errors.begin(), errors.end(), text) != errors.end();
}

bool has_replacement(std::string_view text) {
    std::size_t at = text.find('\xEF');
    while (at != std::string_view::npos) {
        if (text.substr(at).starts_with("\xEF\xBF\xBD")) return true;
        at = text.find('\xEF', at + 1);
    }
    return false;
}

bool may_hold_lost_text(std::string_view text) {
    return text.find('#') != std::string_view::npos || has_replacement(text);
}

// A row of headings or of ordinals is one through and through: the first other cell settles it.
void RowWords::see(std::string_view text, std::string_view normal, bool is_mapped) {
    if (cells_ == 0 && is_footer_text(text)) footer_ = true;
    if (headings_ == cells_ && !normal.empty() && normal_heading(text) == normal) ++headings_;
    if (ordinals_ == cells_ && is_ordinal(text)) ++ordinals_;
    ++cells_;
    if (is_mapped) ++mapped_;
}

void RowWords::see_name(std::string_view text) {
    if (is_footer_text(text)) footer_ = true;
}

bool RowWords::is_data() const {
    if (mapped_ == 0 || footer_) return false;
    if (cells_ >= 2 && (headings_ == cells_ || ordinals_ == cells_)) return false;
    return true;
}

}  // namespace doudi::intake
