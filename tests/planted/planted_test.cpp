// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

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

TEST_CASE("a fault that is planted in a kernel is found within ten thousand random conditions") {
    CHECK_MESSAGE(cases_until_found(1) <= most_cases, "an overflow that nobody notices");
    CHECK_MESSAGE(cases_until_found(2) <= most_cases, "none that does not equal none");
    CHECK_MESSAGE(cases_until_found(3) <= most_cases, "or, with an error before the unknown");
    CHECK_MESSAGE(cases_until_found(4) <= most_cases, "less where it should be at most");
    CHECK_MESSAGE(cases_until_found(5) <= most_cases, "a choice on what is unknown that becomes an error");
}

TEST_CASE("without one the same conditions show no difference") {
    planted_fault = 0;
    test::RandomCases cases(7);
    for (int n = 0; n < 1'000; ++n) REQUIRE(cases.next().empty());
}

}  // namespace doudi::expr
