// SPDX-License-Identifier: Apache-2.0
#include "intake/amount_text.h"

#include <doctest/doctest.h>

namespace doudi::intake {
namespace {

[[nodiscard]] std::string shown(std::string_view text) {
    const AmountText read = read_amount_text(text);
    if (read.kind == AmountTextKind::empty) return "empty";
    return read.kind == AmountTextKind::value ? read.money.yuan_text() : "unreadable";
}

TEST_CASE("amounts are read as offices write them, to the fen") {
    CHECK(shown("1,234.50") == "1234.50");
    CHECK(shown("￥1234") == "1234.00");
    CHECK(shown("¥ 1,234") == "1234.00");
    CHECK(shown("1234元") == "1234.00");
    CHECK(shown("1234元/月") == "1234.00");
    CHECK(shown("0.5万") == "5000.00");
    CHECK(shown("0.12345万元") == "1234.50");
    CHECK(shown("１２３４．５") == "1234.50");
    CHECK(shown("-0.05") == "-0.05");
    CHECK(shown("－50") == "-50.00");
    CHECK(shown("(50)") == "-50.00");
    CHECK(shown("0") == "0.00");
}

TEST_CASE("an amount that is written plainly is the one that is written otherwise") {
    for (const char* text : {"0", "7", "0.5", "0.05", "12.3", "1234.56", "999999999999", "999999999999.99"}) {
        CHECK(shown(text) == shown(std::string(text) + "元"));
        CHECK(shown(text) != "unreadable");
    }
    for (const char* text : {"1.", ".5", "1.234", "1..2", "1.2.3", "1.x", "1e3", "12a", "9999999999999"})
        CHECK(shown(text) == shown(std::string(text) + "元"));
}

TEST_CASE("parts of a fen are rounded half away from zero") {
    CHECK(shown("547.3333333333333") == "547.33");
    CHECK(shown("547.335") == "547.34");
    CHECK(shown("-547.335") == "-547.34");
    CHECK(shown("0.004") == "0.00");
    CHECK(shown("0.005") == "0.01");
}

TEST_CASE("nothing, a dash and 无 are unknown and never zero") {
    for (const char* text : {"", " ", "-", "－", "—", "/", "无"}) CHECK(shown(text) == "empty");
}

TEST_CASE("what is no amount a month is unreadable") {
    for (const char* text : {"14808元/年", "免", "1.2.3", "一千", "1e5", "12345678901234567890", "元"}) {
        CAPTURE(text);
        CHECK(shown(text) == "unreadable");
    }
}

TEST_CASE("the first telephone number of a cell, its digits alone") {
    CHECK(read_phone_text("138 0013 8000") == "13800138000");
    CHECK(read_phone_text("+86 138-0013-8000") == "13800138000");
    CHECK(read_phone_text("0762-1234567/13800138000") == "07621234567");
    CHECK(read_phone_text("无／13800138000") == "13800138000");
    CHECK(read_phone_text("无") == "");
    CHECK(is_plain_phone("13800138000"));
    CHECK_FALSE(is_plain_phone("8613800138000"));
    CHECK_FALSE(is_plain_phone("138 0013"));
}

}  // namespace
}  // namespace doudi::intake
