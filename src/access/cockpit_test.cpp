// SPDX-License-Identifier: Apache-2.0
#include "access/cockpit.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {
namespace {

TEST_CASE("the cockpit's figures are those of its file, and the shipped one is whole") {
    const auto told = Cockpit::read("urgent_levels: 3\nmonths: 6\n", "cockpit.yaml");
    REQUIRE(told.has_value());
    CHECK(told->urgent_levels == 3);
    CHECK(told->months == 6);
    CHECK(Cockpit::load(shipped("cockpit.yaml")).has_value());
}

TEST_CASE("a figure out of range, an unknown one and a missing one are refused with their place") {
    for (const char* wrong : {"urgent_levels: 0\nmonths: 12\n", "urgent_levels: 2\nmonths: 37\n",
                              "urgent_levels: 2\nmonths: 12\nweeks: 4\n", "months: 12\n"}) {
        const auto refused = Cockpit::read(wrong, "cockpit.yaml");
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().front().where.starts_with("cockpit.yaml:"));
    }
    CHECK(Cockpit::read("urgent_levels: 10\nmonths: 36\n", "cockpit.yaml").has_value());
    CHECK(Cockpit::read("urgent_levels: 1\nmonths: 1\n", "cockpit.yaml").has_value());
}

}  // namespace
}  // namespace doudi::access
