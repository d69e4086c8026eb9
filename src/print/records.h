// SPDX-License-Identifier: Apache-2.0
// What a paper is filled with, and what comes out. A value that is not handed over, or handed over as not
// known, is never made up: the paper shows a line to write on, or says that it is not known.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/money.h"

namespace doudi::print {

// An identity number that the caller was cleared to show. One handed over as text is masked here if it is not
// yet.
struct WholeNumber {
    std::string text;
    friend bool operator==(const WholeNumber&, const WholeNumber&) = default;
};

struct Row;
struct Value {
    std::variant<std::monostate,  // not known
                 bool, std::int64_t, Money, Date,
                 std::string,  // a text; of a choice the option's id
                 WholeNumber, std::vector<Row>>
        is;

    [[nodiscard]] bool is_known() const { return !std::holds_alternative<std::monostate>(is); }
};

// Fields by their ids; of a field of rows each row's columns.
struct Row {
    std::map<std::string, Value, std::less<>> values;

    // A value that is not there is not known.
    [[nodiscard]] const Value& at(std::string_view field) const;
};
using Fields = Row;

// Bounds of what is taken; more is refused with the field's name.
inline constexpr std::size_t most_characters = 20'000;  // of one text
inline constexpr std::size_t most_rows = 2'000;         // of one field of rows
inline constexpr std::size_t most_pages = 500;

// A character that no font of the house has: a space is left in its place, to be written by hand.
struct Unprintable {
    std::string field;
    char32_t code = 0;
    friend auto operator<=>(const Unprintable&, const Unprintable&) = default;
};

struct PrintedPaper {
    std::string pdf;
    std::size_t pages = 0;
    std::vector<std::string>
        blanks;  // fields that were not known and left to be written, in the paper's order
    std::vector<Unprintable> unprintable;
    std::size_t withheld =
        0;  // rows that a posted paper must not show: of children, or not known to be adults
};

}  // namespace doudi::print
