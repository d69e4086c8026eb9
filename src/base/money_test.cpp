// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <limits>

namespace doudi {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

TEST_CASE("an amount in yuan is read with at most two decimals") {
    CHECK(Money::parse_yuan("1234")->fen() == 123400);
    CHECK(Money::parse_yuan("1234.5")->fen() == 123450);
    CHECK(Money::parse_yuan("1234.05")->fen() == 123405);
    CHECK(Money::parse_yuan("-0.05")->fen() == -5);
    CHECK(Money::parse_yuan("0")->fen() == 0);
    CHECK(Money::parse_yuan("007")->fen() == 700);
}

TEST_CASE("what is no amount is refused") {
    for (const char* text :
         {"", "-", ".", "1.", ".5", "1.234", "1,234", "1 ", "+1", "1e3", "--1", "1.-5", "1.5.0"}) {
        CAPTURE(text);
        const auto read = Money::parse_yuan(text);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == "money_text");
    }
}

TEST_CASE("the error about an amount does not show an identity number") {
    const auto read = Money::parse_yuan("44169919900101123x");
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().text.zh.find("19900101") == std::string::npos);
    CHECK(read.error().text.en.find("19900101") == std::string::npos);
    CHECK(read.error().text.zh.find("441699") != std::string::npos);
}

TEST_CASE("the largest and smallest amounts are read, one fen more is an overflow") {
    CHECK(Money::parse_yuan("92233720368547758.07")->fen() == most);
    CHECK(Money::parse_yuan("-92233720368547758.08")->fen() == least);
    CHECK(Money::parse_yuan("92233720368547758.08").error().code == "money_overflow");
    CHECK(Money::parse_yuan("-92233720368547758.09").error().code == "money_overflow");
}

TEST_CASE("sums that do not fit are errors, never wrong") {
    CHECK(Money::fen(most).plus(Money::fen(0))->fen() == most);
    CHECK(Money::fen(most).plus(Money::fen(1)).error().kind == ErrorKind::limit);
    CHECK(Money::fen(least).minus(Money::fen(1)).error().kind == ErrorKind::limit);
    CHECK(Money::fen(0).minus(Money::fen(least)).error().kind == ErrorKind::limit);
    CHECK(Money::fen(most / 2).times(3).error().kind == ErrorKind::limit);
    CHECK(Money::fen(least).times(-1).error().kind == ErrorKind::limit);
    CHECK(Money::yuan(most / 100)->fen() == most / 100 * 100);
    CHECK(Money::yuan(most / 100 + 1).error().kind == ErrorKind::limit);
    CHECK(Money::fen(150).plus(Money::fen(-50))->fen() == 100);
    CHECK(Money::fen(150).minus(Money::fen(-50))->fen() == 200);
    CHECK(Money::fen(-150).times(2)->fen() == -300);
}

TEST_CASE("every amount survives its text") {
    CHECK(Money::fen(least).yuan_text() == "-92233720368547758.08");
    CHECK(Money::fen(-5).yuan_text() == "-0.05");
    CHECK(Money::fen(123450).yuan_text() == "1234.50");
    CHECK(rc::check("text round trip", [](std::int64_t fen) {
        RC_ASSERT(Money::parse_yuan(Money::fen(fen).yuan_text())->fen() == fen);
    }));
}

}  // namespace
}  // namespace doudi
