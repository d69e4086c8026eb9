// SPDX-License-Identifier: Apache-2.0
#include "access/windows.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {
namespace {

const std::string two = R"(windows:
  - {unit: all, title: {zh: 窗口, en: window}, phone: "12345", where: {zh: 镇, en: town}}
  - {unit: county, title: {zh: 县窗口, en: county window}, phone: "0000-1", where: {zh: 县, en: county}}
)";

UnitTree offices() {
    const auto unit = [](std::uint32_t id, std::string code, UnitKind kind) {
        return Unit{UnitId(id), code, code, kind, std::nullopt, ""};
    };
    const Date day = day_of(2020, 1, 1);
    return UnitTree({unit(1, "city", UnitKind::city), unit(2, "county", UnitKind::county),
                     unit(3, "town", UnitKind::township)},
                    {{UnitId(1), UnitId(), day}, {UnitId(2), UnitId(1), day}, {UnitId(3), UnitId(2), day}});
}

TEST_CASE("a township without a window of its own has its county's; who has none above has the one for all") {
    const auto windows = Windows::read(two, "windows.yaml");
    REQUIRE(windows.has_value());
    const UnitTree units = offices();
    const Date day = day_of(2026, 1, 1);
    CHECK(windows->of(units, UnitId(3), day).phone == "0000-1");
    CHECK(windows->of(units, UnitId(2), day).phone == "0000-1");
    CHECK(windows->of(units, UnitId(1), day).phone == "12345");
    CHECK(windows->of(units, UnitId(9), day).phone == "12345");
}

TEST_CASE("a file without the window for all, or with one twice, is refused with its place") {
    const auto none = Windows::read("windows: []", "windows.yaml");
    REQUIRE(!none.has_value());
    CHECK(none.error().front().code == "no_window_for_all");
    const auto twice = Windows::read(two + two.substr(two.find("  - ")), "windows.yaml");
    REQUIRE(!twice.has_value());
    CHECK(twice.error().front().code == "window_twice");
    CHECK(twice.error().front().where.find("windows.yaml:4") != std::string::npos);
}

TEST_CASE("the shipped file holds a number for everybody") {
    const auto windows = Windows::load(shipped("windows.yaml"));
    REQUIRE(windows.has_value());
    CHECK(!windows->of(UnitTree(), UnitId(), day_of(2026, 1, 1)).phone.empty());
}

}  // namespace
}  // namespace doudi::access
