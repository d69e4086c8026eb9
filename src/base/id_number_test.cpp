// SPDX-License-Identifier: Apache-2.0
#include "base/id_number.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "base/id_test_support.h"

namespace doudi {
namespace {

TEST_CASE("the two numbers of the standard's examples are valid") {
    const auto x = IdNumber::parse("11010519491231002X");
    REQUIRE(x.has_value());
    CHECK(x->packed() == 11010519491231002U);
    CHECK(x->birth_date() == Date::from_ymd(1949, 12, 31).value());
    CHECK(x->region6() == 110105);
    CHECK(IdNumber::parse("440524188001010014").has_value());
    CHECK(id_check_character("11010519491231002") == 'X');
    CHECK(id_check_character("44052418800101001") == '4');
}

TEST_CASE("only canonical text is parsed") {
    for (const char* text :
         {"", "11010519491231002", "11010519491231002x", "11010519491231002X ", "1101051949123100２",
          "110105194912310021", "A1010519491231002X", "11010519491231 02X"}) {
        CAPTURE(text);
        CHECK_FALSE(IdNumber::parse(text).has_value());
    }
}

TEST_CASE("a birth date is 1800-01-01 to 2100-12-31 and must exist") {
    const auto holds = [](const std::string& birth) {
        const std::string digits = "441699" + birth + "101";
        return IdNumber::parse(digits + id_check_character(digits)).has_value();
    };
    CHECK_FALSE(holds("17991231"));
    CHECK(holds("18000101"));
    CHECK(holds("21001231"));
    CHECK_FALSE(holds("21010101"));
    CHECK(holds("20000229"));
    CHECK_FALSE(holds("19000229"));
    CHECK_FALSE(holds("21000229"));
    CHECK(holds("20240229"));
    CHECK_FALSE(holds("20250229"));
    CHECK(holds("19900430"));
    CHECK_FALSE(holds("19900431"));
    CHECK_FALSE(holds("19900001"));
    CHECK_FALSE(holds("19901301"));
    CHECK_FALSE(holds("19900100"));
    CHECK_FALSE(holds("19900132"));
}

TEST_CASE("an unassigned region is no fault, nor is one that begins with zero") {
    CHECK(IdNumber::parse(numbered("441699", 7305, 11)).has_value());
    const auto zero = IdNumber::parse(numbered("000001", 7305, 11));
    REQUIRE(zero.has_value());
    CHECK(zero->masked().starts_with("000001********"));
    CHECK(zero->reveal().starts_with("000001"));
}

TEST_CASE("parse and reveal undo each other, packed too") {
    CHECK(rc::check("parse . reveal", [] {
        const std::string text = *any_valid_number();
        const auto number = IdNumber::parse(text);
        RC_ASSERT(number.has_value());
        RC_ASSERT(number->reveal() == text);
        RC_ASSERT(IdNumber::from_packed(number->packed()) == *number);
        RC_ASSERT(number->birth_date().iso() ==
                  text.substr(6, 4) + "-" + text.substr(10, 2) + "-" + text.substr(12, 2));
    }));
}

TEST_CASE(
    "every change of one character of a valid number is found, and every swap of neighbours that differ") {
    CHECK(rc::check("single changes", [] {
        const std::string text = *any_valid_number();
        for (std::size_t at = 0; at < 18; ++at) {
            for (const char c : std::string_view(at == 17 ? "0123456789X" : "0123456789")) {
                std::string changed = text;
                changed[at] = c;
                RC_ASSERT(IdNumber::parse(changed).has_value() == (changed == text));
            }
            if (at < 16 && text[at] != text[at + 1]) {
                std::string swapped = text;
                std::swap(swapped[at], swapped[at + 1]);
                RC_ASSERT_FALSE(IdNumber::parse(swapped).has_value());
            }
        }
    }));
}

TEST_CASE("a masked number shows its region and last four only") {
    CHECK(IdNumber::parse("11010519491231002X")->masked() == "110105********002X");
    CHECK(rc::check("masked", [] {
        const std::string text = *any_valid_number();
        const std::string masked = IdNumber::parse(text)->masked();
        RC_ASSERT(masked == text.substr(0, 6) + "********" + text.substr(14));
    }));
}

TEST_CASE(
    "a number with a wrong check character travels in 64 bits and differs from the right one in one place") {
    CHECK(rc::check("pack_unchecked", [] {
        const std::string text = *any_valid_number();
        std::string wrong = text;
        wrong[17] = text[17] == 'X' ? '0' : 'X';
        const std::uint64_t packed = pack_unchecked(wrong);
        RC_ASSERT(is_unchecked(packed));
        char out[18];
        unpack_characters(packed, out);
        RC_ASSERT(std::string(out, 18) == wrong);
        const std::uint64_t right = pack_unchecked(text);
        RC_ASSERT_FALSE(is_unchecked(right));
        RC_ASSERT(right == IdNumber::parse(text)->packed());
        RC_ASSERT(differing_characters(packed, right) == 1);
        RC_ASSERT(differing_characters(packed, packed) == 0);
    }));
    CHECK(pack_unchecked("110105194912310021") == (std::uint64_t{1} << 63 | (11010519491231002U * 16 + 1)));
}

TEST_CASE("a right check character over an impossible birth date packs like a right number") {
    const std::string digits = "44169919900231101";
    const std::string text = digits + id_check_character(digits);
    const std::uint64_t packed = pack_unchecked(text);
    CHECK_FALSE(is_unchecked(packed));
    char out[18];
    unpack_characters(packed, out);
    CHECK(std::string(out, 18) == text);
}

TEST_CASE("two characters that differ are counted as two") {
    const auto left = pack_unchecked("110105194912310021");
    CHECK(differing_characters(left, pack_unchecked("110105194912310031")) == 1);
    CHECK(differing_characters(left, pack_unchecked("210105194912310031")) == 2);
}

TEST_CASE("masked text keeps at most six characters in front and four behind") {
    CHECK(mask_text("441699199001011234") == "441699********1234");
    CHECK(mask_text("441699199001011") == "44169*******011");
    CHECK(mask_text("13812345678") == "138******78");
    CHECK(mask_text("张三") == "**");
    CHECK(mask_text("12345") == "*****");
    CHECK(mask_text("") == "");
    CHECK(mask_text("４４１６９９１９９００１０１１２３４") == "４４１６９９********１２３４");
    CHECK(mask_text("ab\ncd\xFF"
                    "efghij")
              .find('\n') == std::string::npos);
    CHECK(mask_text(std::string(1000, '7')).size() == 42);
    CHECK(mask_text("4.41698E+17") == "4.4******17");
    CHECK(mask_text("441699\t199001") == "4416******001");
}

TEST_CASE("masked text never shows the middle of a number, wherever in the text it stands") {
    CHECK(rc::check("mask_text", [] {
        const std::string number = *any_valid_number();
        const auto before = *rc::gen::container<std::string>(rc::gen::element(' ', '\'', 'a', '7'));
        const auto behind = *rc::gen::container<std::string>(rc::gen::element(' ', '\'', 'a', '7'));
        const std::string masked = mask_text(before + number + behind);
        RC_ASSERT(masked.find(number.substr(6, 8)) == std::string::npos);
        RC_ASSERT(masked.find(number.substr(0, 8)) == std::string::npos);
    }));
}

}  // namespace
}  // namespace doudi
