// SPDX-License-Identifier: Apache-2.0
#include "print/chinese_text.h"

#include <doctest/doctest.h>

#include <limits>

namespace doudi::print {
namespace {

std::string capital(std::string_view yuan) {
    const auto text = capital_yuan(Money::parse_yuan(yuan).value());
    return text ? *text : text.error().code;
}

TEST_CASE("a day is written with its numbers as they are spoken") {
    CHECK(chinese_date(*Date::from_ymd(2025, 6, 30)) == "2025年6月30日");
    CHECK(chinese_date(*Date::from_ymd(2024, 2, 29)) == "2024年2月29日");
    CHECK(chinese_date(*Date::from_ymd(2025, 12, 1)) == "2025年12月1日");
    CHECK(chinese_month(*Date::from_ymd(2025, 7, 1)) == "2025年7月");
}

TEST_CASE("a sum says its fen only where there are some") {
    CHECK(chinese_yuan(Money::fen(65000)) == "650元");
    CHECK(chinese_yuan(Money::fen(65001)) == "650.01元");
    CHECK(chinese_yuan(Money::fen(64999)) == "649.99元");
    CHECK(chinese_yuan(Money::fen(0)) == "0元");
    CHECK(chinese_yuan(Money::fen(-5)) == "-0.05元");
}

TEST_CASE("capital numerals: below, at and above each place") {
    CHECK(capital("0") == "人民币零元整");
    CHECK(capital("1") == "人民币壹元整");
    CHECK(capital("9") == "人民币玖元整");
    CHECK(capital("10") == "人民币壹拾元整");
    CHECK(capital("11") == "人民币壹拾壹元整");
    CHECK(capital("99") == "人民币玖拾玖元整");
    CHECK(capital("100") == "人民币壹佰元整");
    CHECK(capital("101") == "人民币壹佰零壹元整");
    CHECK(capital("110") == "人民币壹佰壹拾元整");
    CHECK(capital("999") == "人民币玖佰玖拾玖元整");
    CHECK(capital("1000") == "人民币壹仟元整");
    CHECK(capital("1001") == "人民币壹仟零壹元整");
    CHECK(capital("1010") == "人民币壹仟零壹拾元整");
    CHECK(capital("9999") == "人民币玖仟玖佰玖拾玖元整");
    CHECK(capital("10000") == "人民币壹万元整");
    CHECK(capital("10001") == "人民币壹万零壹元整");
    CHECK(capital("10999") == "人民币壹万零玖佰玖拾玖元整");
    CHECK(capital("11000") == "人民币壹万壹仟元整");
    CHECK(capital("100000") == "人民币壹拾万元整");
    CHECK(capital("107000.53") == "人民币壹拾万柒仟元伍角叁分");
    CHECK(capital("99999999") == "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整");
    CHECK(capital("100000000") == "人民币壹亿元整");
    CHECK(capital("100000001") == "人民币壹亿零壹元整");
    CHECK(capital("100010000") == "人民币壹亿零壹万元整");
    CHECK(capital("101000000") == "人民币壹亿零壹佰万元整");
    CHECK(capital("1000000000000") == "人民币壹万亿元整");
    CHECK(capital("1234500000000") == "人民币壹万贰仟叁佰肆拾伍亿元整");
    CHECK(capital("1000000000001") == "人民币壹万亿零壹元整");
}

TEST_CASE("capital numerals: jiao and fen") {
    CHECK(capital("0.01") == "人民币壹分");
    CHECK(capital("0.09") == "人民币玖分");
    CHECK(capital("0.10") == "人民币壹角整");
    CHECK(capital("0.11") == "人民币壹角壹分");
    CHECK(capital("0.99") == "人民币玖角玖分");
    CHECK(capital("1.01") == "人民币壹元零壹分");
    CHECK(capital("1.10") == "人民币壹元壹角整");
    CHECK(capital("16409.02") == "人民币壹万陆仟肆佰零玖元零贰分");
    CHECK(capital("1680.32") == "人民币壹仟陆佰捌拾元叁角贰分");
    CHECK(capital("6007.14") == "人民币陆仟零柒元壹角肆分");
    CHECK(capital("-650.5") == "人民币负陆佰伍拾元伍角整");
}

TEST_CASE("a sum beyond the numerals is refused, not cut") {
    CHECK(capital("9999999999999999.99") ==
          "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分");
    CHECK(capital("10000000000000000") == "capital_yuan");
    CHECK_FALSE(capital_yuan(Money::fen(std::numeric_limits<std::int64_t>::min())).has_value());
}

}  // namespace
}  // namespace doudi::print
