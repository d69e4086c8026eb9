// SPDX-License-Identifier: Apache-2.0
// The means test as one would write it for a single law: one pass, nothing kept between conditions. It obeys
// semantics.md as the language does: three values and errors, checked 64 bits, exact fractions.
#include "bench/rules_columns.h"
#include "expr/kleene.h"

namespace doudi::bench {
namespace {

using expr::Int128;
using expr::Lane;
using expr::Truth;

// A number with its lane; error where a product left 64 bits.
struct Fact {
    std::int64_t number;
    Truth state;  // yes: a value; unknown; error
};

Fact fact(const RulesData::Column& column, std::size_t row) {
    const Lane lane = column.lanes.empty() ? Lane::value : column.lanes[row];
    return {column.numbers[row], lane == Lane::value     ? Truth::yes
                                 : lane == Lane::unknown ? Truth::unknown
                                                         : Truth::error};
}

// All without branches: which rows are unknown cannot be foreseen. F, U, E, T are 0 to 3.
constexpr unsigned byte_of(Truth truth) {
    return static_cast<unsigned>(truth);
}
constexpr Truth truth_of_byte(unsigned byte) {
    return static_cast<Truth>(byte);
}

// The state of two facts together: E beats U beats a value.
Truth strict(Truth a, Truth b) {
    constexpr unsigned strength = 0b00'10'01'00;  // by two bits for no, unknown, error, yes
    const unsigned one = strength >> byte_of(a) * 2 & 3U;
    const unsigned other = strength >> byte_of(b) * 2 & 3U;
    const unsigned most = one > other ? one : other;
    return truth_of_byte(0b10'01'11U >> most * 2 & 3U);
}

Fact times(Fact a, Fact b) {
    Fact product{0, strict(a.state, b.state)};
    const bool overflow = __builtin_mul_overflow(a.number, b.number, &product.number);
    if (overflow && product.state == Truth::yes) product.state = Truth::error;
    return product;
}
Fact times(Fact a, std::int64_t factor) {
    return times(a, Fact{factor, Truth::yes});
}

Truth truth(bool holds, Truth state) {
    const Truth told = holds ? Truth::yes : Truth::no;
    return state == Truth::yes ? told : state;
}
Truth less(Fact a, Fact b) {
    return truth(a.number < b.number, strict(a.state, b.state));
}
Truth at_most(Fact a, Fact b) {
    return truth(a.number <= b.number, strict(a.state, b.state));
}
// a < b * numerator / denominator, exactly.
Truth less_than_share(Fact a, Fact b, std::int64_t numerator, std::int64_t denominator) {
    return truth(Int128{a.number} * denominator < Int128{b.number} * numerator, strict(a.state, b.state));
}

Truth both(Truth a, Truth b) {  // F beats all, then U, then E
    return a < b ? a : b;
}
constexpr Truth changed_over(Truth truth) {
    return truth_of_byte((byte_of(truth) & 1U) << 1U | byte_of(truth) >> 1U);
}
Truth either(Truth a, Truth b) {  // T beats all, then U, then E
    const Truth one = changed_over(a);
    const Truth other = changed_over(b);
    return changed_over(one > other ? one : other);
}
Truth denied(Fact a) {
    return a.state != Truth::yes ? a.state : truth(a.number == 0, Truth::yes);
}

// From the last category to the first, so that the first that is not F stands.
std::int8_t first_of(std::initializer_list<Truth> categories) {
    int answer = 0;
    int number = static_cast<int>(categories.size());
    for (const Truth* category = categories.end(); category != categories.begin(); --number) {
        --category;
        answer = *category == Truth::yes       ? number
                 : *category == Truth::unknown ? -1
                 : *category == Truth::error   ? -2
                                               : answer;
    }
    return static_cast<std::int8_t>(answer);
}

}  // namespace

void means_test_by_hand(const RulesData& data, std::size_t first, std::size_t end, std::int8_t* out) {
    const auto& c = data.columns;
    for (std::size_t row = first; row < end; ++row) {
        const Fact size = fact(c[0], row), income = fact(c[1], row), property = fact(c[2], row);
        const Fact vehicles = fact(c[3], row), standard = fact(c[4], row), disposable = fact(c[5], row);
        const Fact rigid = fact(c[6], row), unable = fact(c[7], row), supported = fact(c[8], row);
        const Fact severe = fact(c[9], row);
        const Fact line = times(standard, size);
        const Truth poor = less(income, line);
        const Truth modest = at_most(property, times(times(standard, 24), size));
        const Truth bounded = at_most(property, times(times(standard, 36), size));
        const Fact income_a_year = times(income, 12);
        const Truth below_average = less(income_a_year, times(disposable, size));
        const Truth alone = truth(unable.number == size.number, Truth::yes);
        const Truth heavy = less_than_share(income_a_year, rigid, 10, 6);
        out[row] = first_of({both(both(alone, denied(supported)), both(poor, modest)),
                             both(both(poor, modest), truth(vehicles.number == 0, Truth::yes)),
                             both(both(less_than_share(income, line, 3, 2), bounded),
                                  truth(vehicles.number <= 1, Truth::yes)),
                             both(both(below_average, bounded), heavy),
                             both(below_average, either(truth(severe.number > 0, Truth::yes),
                                                        less(times(standard, 12), rigid)))});
    }
}

}  // namespace doudi::bench
