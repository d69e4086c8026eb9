// SPDX-License-Identifier: Apache-2.0
#include "intake/date_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/text_fold.h"
#include "base/utf8.h"
#include "intake/day_scan.h"

namespace doudi::intake {

namespace day_detail {

constinit const std::array<std::int32_t, std::size_t{last_year - first_year + 1} * 12 + 1> month_starts = [] {
    using namespace std::chrono;
    std::array<std::int32_t, std::size_t{last_year - first_year + 1} * 12 + 1> starts{};
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const year_month_day first = year{static_cast<int>(first_year + i / 12)} /
                                     month{static_cast<unsigned>(i % 12) + 1} / std::chrono::day{1};
        starts[i] = static_cast<std::int32_t>(sys_days{first}.time_since_epoch().count());
    }
    return starts;
}();

}  // namespace day_detail

namespace {

using day_detail::month_starts;
constexpr int first_year = day_detail::first_year;
constexpr int last_year = day_detail::last_year;

constexpr std::int64_t first_serial = 18264;  // 1950-01-01 in the 1900 system
constexpr std::int64_t last_serial = 73050;   // 2099-12-31
constexpr std::size_t longest_folded = 48;

constexpr std::array<std::string_view, 8> open_words{"长期",     "长期有效",   "至今", "永久",
                                                     "永久有效", "无固定期限", "今",   "终身"};

[[nodiscard]] bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

[[nodiscard]] int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

[[nodiscard]] DateText day_of(int year, int month, int day) {
    if (year == 9999) return {DateTextKind::open_end, {}};
    if (year < first_year || year > last_year || month < 1 || month > 12) return {};
    const auto at = static_cast<std::size_t>((year - first_year) * 12 + month - 1);
    if (day < 1 || day > month_starts[at + 1] - month_starts[at]) return {};
    return {DateTextKind::day, Date::from_days(month_starts[at] + day - 1)};
}

// Takes up to `most` digits from the front.
[[nodiscard]] std::string_view take_digits(std::string_view& text, std::size_t most) {
    std::size_t size = 0;
    while (size < most && size < text.size() && is_digit(text[size])) ++size;
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

// 12:00, 0:00:00, 08:30:15.123Z, T00:00:00+08:00
[[nodiscard]] bool is_time(std::string_view text) {
    const std::string_view hour = take_digits(text, 2);
    if (hour.empty() || !text.starts_with(':')) return false;
    return text.find_first_not_of("0123456789:.+Z-") == std::string_view::npos;
}

[[nodiscard]] DateText digits_only(std::string_view text, bool date_1904) {
    const auto at = [text](std::size_t from, std::size_t size) { return number(text.substr(from, size)); };
    switch (text.size()) {
        case 14:  // with hours, minutes, seconds
        case 8:
            return day_of(at(0, 4), at(4, 2), at(6, 2));
        case 6:
            return day_of(at(0, 4), at(4, 2), 1);
        case 5: {
            const std::int64_t serial = at(0, 5);
            if (serial < first_serial || serial > last_serial) return {};
            return {DateTextKind::day, date_of_serial(serial, date_1904)};
        }
        default:
            return {};
    }
}

[[nodiscard]] bool is_separator(char c) {
    return c == '-' || c == '/' || c == '.';
}

// 2024-1-1, 2024.01, 24.01; the text is ASCII, 年 and 月 have become '-'.
[[nodiscard]] DateText separated(std::string_view text) {
    const std::string_view year = take_digits(text, 4);
    if ((year.size() != 4 && year.size() != 2) || text.empty() || !is_separator(text[0])) return {};
    const char separator = text[0];
    text.remove_prefix(1);
    const std::string_view month = take_digits(text, 2);
    if (month.empty()) return {};
    if (text.empty() || text == "-") {
        if (year.size() == 4) return day_of(number(year), number(month), 1);
        // 24.01 and 24年1月; the years of this century only, 98.01 is not guessed
        return separator == '/' || number(year) > 50 ? DateText{}
                                                     : day_of(2000 + number(year), number(month), 1);
    }
    if (year.size() != 4 || !is_separator(text[0])) return {};
    text.remove_prefix(1);
    const std::string_view day = take_digits(text, 2);
    if (day.empty()) return {};
    if (text.starts_with('-')) text.remove_prefix(1);  // 日
    if (text.starts_with('T') || text.starts_with(' ')) text.remove_prefix(1);
    if (!text.empty() && !is_time(text)) return {};
    return day_of(number(year), number(month), number(day));
}

[[nodiscard]] std::optional<int> chinese_digit(char32_t code) {
    constexpr std::u32string_view digits = U"〇一二三四五六七八九";
    if (code == U'零' || code == U'○' || code == U'Ｏ') return 0;
    if (code == U'元') return 1;
    const std::size_t at = digits.find(code);
    if (at == std::u32string_view::npos) return std::nullopt;
    return static_cast<int>(at);
}

// Writes the date's characters as ASCII: 年月日 as '-', Chinese numerals as digits (二十一 is 21, 二〇二四 is
// 2024).
class Folder {
  public:
    [[nodiscard]] bool fold(std::string_view utf8) {
        for (std::size_t at = 0; at < utf8.size();) {
            const CodePoint point = decode_utf8(utf8, at);
            at += point.length;
            if (!take(half_width_code(point.code))) return false;
        }
        end_numeral();
        return !overflow_;
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

  private:
    [[nodiscard]] bool take(char32_t code) {
        if (const auto digit = chinese_digit(code)) {
            if (tens_) {
                tens_value_ += *digit;
            } else {
                pending_ = *digit;
                put(static_cast<char>('0' + *digit));
            }
            return true;
        }
        if (code == U'十') {
            start_tens();
            return true;
        }
        end_numeral();
        if (code == U'年' || code == U'月' || code == U'日' || code == U'号' || code == U'－' ||
            code == U'—') {
            put('-');
        } else if (is_space_code(code)) {
            spaced_ = size_ > 0;
        } else if (code < 0x80) {
            // Only between day and time a blank means something.
            if (spaced_ && is_digit(static_cast<char>(code)) && size_ > 0 && is_digit(bytes_[size_ - 1]))
                put(' ');
            spaced_ = false;
            put(static_cast<char>(code));
        } else {
            return false;
        }
        return true;
    }
    // 十五 is 15, 二十 is 20: the digit already written before 十 is taken back.
    void start_tens() {
        tens_value_ = 10;
        if (pending_ >= 0) {
            --size_;
            tens_value_ = pending_ * 10;
        }
        pending_ = -1;
        tens_ = true;
    }
    void end_numeral() {
        pending_ = -1;
        if (!tens_) return;
        tens_ = false;
        if (tens_value_ > 99) overflow_ = true;
        put(static_cast<char>('0' + tens_value_ / 10 % 10));
        put(static_cast<char>('0' + tens_value_ % 10));
    }
    void put(char c) {
        if (size_ == longest_folded) {
            overflow_ = true;
        } else {
            bytes_[size_++] = c;
        }
    }

    std::array<char, longest_folded> bytes_{};
    std::size_t size_ = 0;
    int pending_ = -1;
    int tens_value_ = 0;
    bool tens_ = false;
    bool spaced_ = false;
    bool overflow_ = false;
};

[[nodiscard]] std::string_view without_marks(std::string_view text) {
    text = trim(text);
    while (!text.empty() && (text.front() == '\'' || text.front() == '"')) text.remove_prefix(1);
    while (!text.empty() && text.back() == '"') text.remove_suffix(1);
    return trim(text);
}

[[nodiscard]] DateText read_ascii(std::string_view text, bool date_1904) {
    return all_digits(text) ? digits_only(text, date_1904) : separated(text);
}

[[nodiscard]] DateText read_slowly(std::string_view utf8, bool date_1904) {
    const std::string_view text = without_marks(utf8);
    if (text.empty() || text == "-" || text == "/" || text == "—" || text == "无")
        return {DateTextKind::empty, {}};
    if (std::find(open_words.begin(), open_words.end(), text) != open_words.end())
        return {DateTextKind::open_end, {}};
    Folder folder;
    if (!folder.fold(text)) return {};
    return read_ascii(folder.view(), date_1904);
}

}  // namespace

DateText read_date_text(std::string_view utf8, bool date_1904) {
    std::int32_t days = 0;
    if (utf8.size() == plain_day_bytes && scan_plain_day(utf8.data(), days)) [[likely]]
        return {DateTextKind::day, Date::from_days(days)};
    const bool compact = utf8.size() == 8 || utf8.size() == 6;
    if (compact && all_digits(utf8)) return digits_only(utf8, date_1904);
    return read_slowly(utf8, date_1904);
}

DateText read_date_number(std::string_view digits, bool date_1904) {
    const std::size_t point = digits.find('.');
    if (point == std::string_view::npos) return read_date_text(digits, date_1904);
    // A serial with a time of day: 45292.5.
    if (point == 5) return read_date_text(digits.substr(0, point), date_1904);
    if (point == 4 && digits.size() - point == 3) return read_date_text(digits, date_1904);
    return {};
}

Date date_of_serial(std::int64_t serial, bool date_1904) {
    const auto days = static_cast<std::int32_t>(serial);
    constexpr std::int32_t epoch_1904 = -24107;  // 1904-01-01
    constexpr std::int32_t epoch_1900 = -25568;  // 1899-12-31 is day 0 up to serial 59
    if (date_1904) return Date::from_days(epoch_1904 + days);
    return Date::from_days(epoch_1900 - 1 + days + (days < 60 ? 1 : 0));
}

}  // namespace doudi::intake
