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

Truth strict(Truth a, Truth b) {
    if (a == Truth::error || b == Truth::error) return Truth::error;
    return a == Truth::unknown || b == Truth::unknown ? Truth::unknown : Truth::yes;
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
    if (state != Truth::yes) return state;
    return holds ? Truth::yes : Truth::no;
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
    if (a == Truth::no || b == Truth::no) return Truth::no;
    if (a == Truth::unknown || b == Truth::unknown) return Truth::unknown;
    return a == Truth::error || b == Truth::error ? Truth::error : Truth::yes;
}
Truth either(Truth a, Truth b) {  // T beats all, then U, then E
    if (a == Truth::yes || b == Truth::yes) return Truth::yes;
    if (a == Truth::unknown || b == Truth::unknown) return Truth::unknown;
    return a == Truth::error || b == Truth::error ? Truth::error : Truth::no;
}
Truth denied(Fact a) {
    return a.state != Truth::yes ? a.state : truth(a.number == 0, Truth::yes);
}

std::int8_t first_of(std::initializer_list<Truth> categories) {
    std::int8_t number = 0;
    for (const Truth category : categories) {
        ++number;
        if (category == Truth::yes) return number;
        if (category == Truth::unknown) return -1;
        if (category == Truth::error) return -2;
    }
    return 0;
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
