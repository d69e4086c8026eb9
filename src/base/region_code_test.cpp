// SPDX-License-Identifier: Apache-2.0
#include "base/region_code.h"

#include <doctest/doctest.h>

namespace doudi {
namespace {

RegionCode code(std::string_view digits) {
    return RegionCode::parse(digits).value();
}

TEST_CASE("a region code has 2, 4, 6, 9 or 12 digits") {
    for (const char* text : {"44", "4416", "441622", "441622102", "441622102201"}) {
        CAPTURE(text);
        CHECK(code(text).text() == text);
        CHECK(static_cast<std::size_t>(code(text).level()) == std::string_view(text).size());
    }
    for (const char* text :
         {"", "4", "441", "44162", "4416221", "44162210220", "4416221022011", "44162X", "-4"}) {
        CAPTURE(text);
        CHECK_FALSE(RegionCode::parse(text).has_value());
    }
}

TEST_CASE("a scope covers itself and what lies below, not its neighbour and not what lies above") {
    const RegionCode county = code("441622");
    CHECK(county.covers(county));
    CHECK(county.covers(code("441622102")));
    CHECK(county.covers(code("441622102201")));
    CHECK_FALSE(county.covers(code("441623102201")));
    CHECK_FALSE(county.covers(code("4416")));
    CHECK(code("44").covers(county));
    CHECK_FALSE(code("45").covers(county));
    CHECK(code("4419").covers(code("441900102201")));
}

TEST_CASE("the code of nothing covers nothing and is covered by nothing") {
    CHECK_FALSE(RegionCode().covers(code("44")));
    CHECK_FALSE(RegionCode().covers(RegionCode()));
    CHECK_FALSE(code("44").covers(RegionCode()));
    CHECK(RegionCode().text().empty());
}

TEST_CASE("the unit above is the prefix, and a unit that is higher already stays") {
    const RegionCode village = code("441622102201");
    CHECK(village.at(RegionLevel::township) == code("441622102"));
    CHECK(village.at(RegionLevel::county) == code("441622"));
    CHECK(village.at(RegionLevel::city) == code("4416"));
    CHECK(village.at(RegionLevel::province) == code("44"));
    CHECK(village.at(RegionLevel::village) == village);
    CHECK(code("4416").at(RegionLevel::township) == code("4416"));
}

TEST_CASE("a padded code keeps its length until it is trimmed") {
    CHECK(code("441622000000").text() == "441622000000");
    CHECK(code("441622000000") != code("441622"));
    CHECK_FALSE(code("441622000000").covers(code("441622102")));
    CHECK(code("441622000000").trimmed() == code("441622"));
    CHECK(code("441622102000").trimmed() == code("441622102"));
    CHECK(code("441622102201").trimmed() == code("441622102201"));
    CHECK(code("440000").trimmed() == code("44"));
    CHECK(code("441600").trimmed() == code("4416"));
    CHECK(code("440000000000").trimmed() == code("44"));
    CHECK(code("441622").trimmed() == code("441622"));
}

}  // namespace
}  // namespace doudi
