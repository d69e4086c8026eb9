// SPDX-License-Identifier: Apache-2.0
// Purpose: the fifteen files of a quarter: their names, headings and office habits, and a row of one of them.
// Invariant: what a row will be to the register (its bucket) is fixed when it is planned, never read back
// from its text. Source: samples/README.md, domain.md §4.5.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "synth/people.h"

namespace doudi::synth {

// In the order in which quality reports name them.
enum class Feed : std::uint8_t {
    disability,
    illness,
    school,
    college,
    accident,
    accident_late,
    disaster,
    unemployment,
    insurance,
    death_police,
    death_health,
    death_civil,
    birth,
    marriage,
    petition,
};
inline constexpr std::size_t feed_count = 15;
[[nodiscard]] constexpr std::size_t index_of(Feed feed) {
    return static_cast<std::size_t>(feed);
}

enum class Encoding : std::uint8_t { utf8, utf8_bom, gb18030, xlsx };
enum class DateForm : std::uint8_t { iso, compact, slash, chinese, serial, month };

struct FeedLayout {
    std::string_view stem;   // 人社_失业登记
    Encoding encoding;       // of the untidy style
    std::string_view title;  // above the headings, with a 合计 row below; "" if none
    DateForm date_form;      // of the untidy style
    bool third_quarter_only;
    double share;      // of all rows when feed_rows is given
    double strangers;  // rows of strangers for one of ours, otherwise
    std::span<const std::string_view> headings;
};
[[nodiscard]] const FeedLayout& layout_of(Feed feed);

enum class Status : std::uint8_t { counts, taken_back, blank, counts_not };

struct Mention {
    Person who = nobody;
    std::uint32_t salt = 0;
    NumberForm number = NumberForm::plain;
    NameForm name = NameForm::plain;
};

enum class DateFault : std::uint8_t { none, unknown, impossible, blank };

struct Row {
    Mention first;   // the person; the mother; the man
    Mention second;  // the father; the woman; otherwise nobody
    Date date;
    std::uint32_t salt = 0;   // everything that does not matter; the number of a birth certificate
    std::uint8_t detail = 0;  // 病种, 险种 or 灾害种类
    Status status = Status::counts;
    DateFault fault = DateFault::none;
    bool nobodys_telephone = false;
};

// The digits of 出生证编号.
[[nodiscard]] constexpr std::uint32_t certificate_of(const Row& row) {
    return row.salt % 1'000'000'000;
}

inline constexpr std::uint8_t illnesses = 7, insurances = 2, disasters = 3;

using Cells = std::vector<std::string>;
// Fills the row's cells as the office would write them. `plain` keeps every date ISO (a month stays YYYYMM).
void write_cells(const People& people, Feed feed, const Row& row, bool plain, Cells& cells);

}  // namespace doudi::synth
