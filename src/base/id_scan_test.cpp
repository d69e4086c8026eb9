// SPDX-License-Identifier: Apache-2.0
#include "base/id_scan.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstring>
#include <string>

#include "base/id_number.h"
#include "base/id_test_support.h"

namespace doudi {
namespace {

// Exactly 18 bytes on the heap: a read beyond them is seen by the address sanitizer.
IdScan scan_both(std::string_view text) {
    REQUIRE(text.size() == 18);
    const std::vector<char> exact(text.begin(), text.end());
    const IdScan fast = scan_canonical_id(exact.data());
    REQUIRE(fast == scan_canonical_id_portable(exact.data()));
    return fast;
}

TEST_CASE("a valid number gives its 17 digits and its check value") {
    const IdScan x = scan_both("11010519491231002X");
    CHECK(x.kind == IdScanKind::valid);
    CHECK(x.digits17 == 11010519491231002U);
    CHECK(x.check == 10);
    CHECK(scan_both("11010519491231002x") == x);
    CHECK(scan_both("440524188001010014").check == 4);
}

TEST_CASE("a wrong check character is said before the birth date is looked at") {
    CHECK(scan_both("110105194912310021").kind == IdScanKind::wrong_check);
    CHECK(scan_both("110105194913310023").kind == IdScanKind::wrong_check);
    const std::string impossible = "11010519491331002";
    CHECK(scan_both(impossible + id_check_character(impossible)).kind == IdScanKind::wrong_birth);
}

TEST_CASE("a byte that is no digit makes it not canonical in any place") {
    const std::string good = "11010519491231002X";
    for (std::size_t at = 0; at < 18; ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = good;
            text[at] = static_cast<char>(byte);
            const bool digit = byte >= '0' && byte <= '9';
            const bool allowed = digit || (at == 17 && (byte == 'X' || byte == 'x'));
            CAPTURE(at);
            CAPTURE(byte);
            REQUIRE((scan_both(text).kind != IdScanKind::not_canonical) == allowed);
        }
    }
}

TEST_CASE("every eight digits of a birth date are judged as the calendar does") {
    // All months and days 00..99 in years on both sides of each rule.
    for (const int year :
         {0, 1600, 1799, 1800, 1804, 1900, 1904, 1999, 2000, 2023, 2024, 2099, 2100, 2101, 2104, 9999}) {
        for (int month = 0; month < 100; ++month) {
            for (int day = 0; day < 100; ++day) {
                const std::string digits =
                    "441699" + padded(year, 4) + padded(month, 2) + padded(day, 2) + "101";
                const bool exists =
                    year >= 1800 && year <= 2100 && Date::from_ymd(year, month, day).has_value();
                const IdScan scan = scan_both(digits + textbook_check_character(digits));
                REQUIRE(scan.kind == (exists ? IdScanKind::valid : IdScanKind::wrong_birth));
            }
        }
    }
}

TEST_CASE("both ways agree on any digits, and the check character is the textbook's") {
    CHECK(rc::check("scan", [] {
        const auto digits =
            *rc::gen::container<std::string>(17, rc::gen::inRange('0', static_cast<char>('9' + 1)));
        const char right = textbook_check_character(digits);
        RC_ASSERT(id_check_character(digits) == right);
        RC_ASSERT(id_check_value(std::stoull(digits)) == (right == 'X' ? 10 : right - '0'));
        for (const char c : std::string_view("0123456789X")) {
            const IdScan scan = scan_both(digits + c);
            RC_ASSERT(scan.digits17 == std::stoull(digits));
            RC_ASSERT((scan.kind != IdScanKind::wrong_check) == (c == right));
        }
    }));
}

TEST_CASE("any 18 bytes get the same answer from both ways") {
    CHECK(rc::check("random bytes", [] {
        const auto bytes = *rc::gen::container<std::string>(18, rc::gen::arbitrary<char>());
        (void)scan_both(bytes);
    }));
}

TEST_CASE("what was found packs as the text does") {
    for (const char* text : {"11010519491231002X", "110105194912310021", "440524188001010014"}) {
        const IdScan scan = scan_both(text);
        CHECK(pack_scan(scan.digits17, scan.check, scan.kind == IdScanKind::wrong_check) ==
              pack_unchecked(text));
    }
}

}  // namespace
}  // namespace doudi
