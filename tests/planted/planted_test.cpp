// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "expr/columns_test_support.h"

namespace doudi::expr {

extern int planted_fault;

namespace {

constexpr int most_cases = 10'000;

// After how many random conditions the fault showed; more than most_cases: it did not.
int cases_until_found(int fault) {
    planted_fault = fault;
    test::RandomCases cases(7);
    int tried = 1;
    while (tried <= most_cases && cases.next().empty()) ++tried;
    planted_fault = 0;
    return tried;
}

}  // namespace

// By its number in the kernels.
constexpr auto faults = std::to_array<std::string_view>(
    {"an overflow that nobody notices", "none that does not equal none",
     "or, with an error before the unknown", "less where it should be at most",
     "a choice on what is unknown that becomes an error", "the rightmost error of a function",
     "none that is in no list and becomes an error", "texts that are ordered by their codes",
     "half_even that rounds up", "a date beyond all years that is an overflow", "none that is not known",
     "a word for a row that has none", "a filter that drops an unknown in silence",
     "the last error of a list and not its first", "a sum over members that the filter dropped",
     "a least and a most among members that were dropped", "a size of members that were dropped",
     "exists_one that several satisfy"});

TEST_CASE("a fault that is planted in a kernel is found within ten thousand random conditions") {
    for (std::size_t i = 0; i < faults.size(); ++i)
        CHECK_MESSAGE(cases_until_found(static_cast<int>(i) + 1) <= most_cases, std::string(faults[i]));
}

TEST_CASE("without one the same conditions show no difference") {
    planted_fault = 0;
    test::RandomCases cases(7);
    for (int n = 0; n < 1'000; ++n) REQUIRE(cases.next().empty());
}

}  // namespace doudi::expr
