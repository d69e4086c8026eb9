// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "oversight/whatif.h"

namespace doudi::oversight {

namespace {

const AsOf day{*Date::from_ymd(2025, 6, 30)};

policy::Law small_law() {
    policy::Law law;
    policy::Parameter standard{.id = "standard", .type = policy::FactType::money};
    for (const auto& [residence, fen] : {std::pair("urban", 86'800), std::pair("rural", 63'200)}) {
        standard.values.push_back({.residence = residence, .value = expr::Value::money(Money::fen(fen))});
    }
    law.parameters.push_back(standard);
    law.parameters.push_back({.id = "share", .type = policy::FactType::ratio});
    law.parameters.back().values.push_back({.value = expr::Value::ratio({3, 5})});
    law.parameters.push_back(
        {.id = "unset", .type = policy::FactType::money, .set_by = {"市政府", "the city"}});
    law.parameters.push_back({.id = "urban", .slice_of = "standard", .slice_residence = "urban"});
    return law;
}

std::vector<std::int64_t> standards_after(std::string_view change) {
    policy::Law law = small_law();
    REQUIRE(set_parameter(law, change, day));
    std::vector<std::int64_t> fen;
    for (const auto& value : law.parameters[0].values) fen.push_back(value.value.as_money().fen());
    return fen;
}

std::string fault_of(std::string_view change) {
    policy::Law law = small_law();
    const auto set = set_parameter(law, change, day);
    REQUIRE_FALSE(set);
    CHECK(set.error().kind == ErrorKind::usage);
    return set.error().code;
}

}  // namespace

TEST_CASE("a percentage moves every value that there is, exact to the fen, half a fen up") {
    CHECK(standards_after("standard=+5%") == std::vector<std::int64_t>{91'140, 66'360});
    CHECK(standards_after("standard=-10%") == std::vector<std::int64_t>{78'120, 56'880});
    CHECK(standards_after("standard=+0.1%") ==
          std::vector<std::int64_t>{86'887, 63'263});  // 86 886.8, 63 263.2
    CHECK(standards_after("standard=+12.5%") == std::vector<std::int64_t>{97'650, 71'100});
}

TEST_CASE("an amount is yuan and moves every value; a value without a sign stands for all") {
    CHECK(standards_after("standard=-20.00") == std::vector<std::int64_t>{84'800, 61'200});
    CHECK(standards_after("standard=+0.01") == std::vector<std::int64_t>{86'801, 63'201});
    CHECK(standards_after("standard=700") == std::vector<std::int64_t>{70'000});
}

TEST_CASE("a share stays an exact fraction") {
    policy::Law law = small_law();
    REQUIRE(set_parameter(law, "share=+10%", day));
    CHECK(expr::same_answer(law.parameters[1].values[0].value, expr::Value::ratio({33, 50})));
}

TEST_CASE("what is not set cannot be moved, but can be set") {
    CHECK(fault_of("unset=+5%") == "parameter_unset");
    policy::Law law = small_law();
    REQUIRE(set_parameter(law, "unset=12.34", day));
    CHECK(law.parameters[2].values.at(0).value.as_money().fen() == 1'234);
}

TEST_CASE("what makes no sense is said") {
    CHECK(fault_of("standard") == "bad_change");
    CHECK(fault_of("standard=") == "bad_change");
    CHECK(fault_of("standard=5%") == "bad_change");  // of what?
    CHECK(fault_of("standard=+5元") == "bad_change");
    CHECK(fault_of("standard=1.2.3") == "bad_change");
    CHECK(fault_of("standard=+12345678901234567890") == "bad_change");
    CHECK(fault_of("standard=-2000") == "figure_out_of_range");
    CHECK(fault_of("nothing=+5%") == "unknown_parameter");
    CHECK(fault_of("urban=+5%") == "not_a_figure");
}

}  // namespace doudi::oversight
