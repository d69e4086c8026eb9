// SPDX-License-Identifier: Apache-2.0
#include "intake/row_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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

// Characters of three bytes, by what tells most of them apart: of other texts few are taken for one of them.
class Ideographs {
  public:
    constexpr void add(std::string_view one) { marks_[place_of(one)] |= bit_of(one); }
    [[nodiscard]] constexpr bool may_have(std::string_view one) const {
        return (marks_[place_of(one)] & bit_of(one)) != 0;
    }

  private:
    static constexpr unsigned byte(std::string_view one, std::size_t at) {
        return static_cast<unsigned char>(one[at]);
    }
    static constexpr std::size_t place_of(std::string_view one) {
        return (byte(one, 0) ^ byte(one, 1)) & 0xFU;
    }
    static constexpr std::uint64_t bit_of(std::string_view one) {
        return std::uint64_t{1} << (byte(one, 2) & 63U);
    }
    std::array<std::uint64_t, 16> marks_{};
};

constexpr Ideographs footer_begins = [] {
    Ideographs firsts;
    for (const std::string_view word : totals) firsts.add(word.substr(0, ideograph_bytes));
    for (const std::string_view word : signatures) firsts.add(word.substr(0, ideograph_bytes));
    return firsts;
}();
constexpr Ideographs total_ends = [] {
    Ideographs lasts;
    for (const std::string_view word : totals) lasts.add(word.substr(word.size() - ideograph_bytes));
    return lasts;
}();

// Whether the first or the last character may be one that such a word begins or ends with: of most cells
// neither is, and blanks inside a word (合 计) do not change them.
[[nodiscard]] bool may_be_footer(std::string_view text) {
    return text.size() >= ideograph_bytes &&
           (footer_begins.may_have(text.substr(0, ideograph_bytes)) ||
            total_ends.may_have(text.substr(text.size() - ideograph_bytes)));
}

// Whether the cell repeats the heading. One that begins with an ideograph is only read out of a text that has
// it: no folding makes one.
[[nodiscard]] bool is_heading(std::string_view text, std::string_view normal) {
    if (normal.empty()) return false;
    const auto lead = static_cast<unsigned char>(normal.front());
    const bool ideograph = lead >= 0xE4 && lead <= 0xE9 && normal.size() >= ideograph_bytes;
    if (ideograph && text.find(normal.substr(0, ideograph_bytes)) == std::string_view::npos) return false;
    return normal_heading(text) == normal;
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

// A row of headings or of ordinals is one through and through: the first other cell settles it.
void RowWords::see(std::string_view text, std::string_view normal, bool is_mapped) {
    if (cells_ == 0 && is_footer_text(text)) footer_ = true;
    if (headings_ == cells_ && is_heading(text, normal)) ++headings_;
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
