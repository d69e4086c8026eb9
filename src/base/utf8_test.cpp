// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace doudi {
namespace {

TEST_CASE("well-formed text of every length of sequence is valid") {
    for (const char* text : {"", "abc", "é", "张三", "𠮷", "\x7F", "\xED\x9F\xBF", "\xEE\x80\x80",
                             "\xF4\x8F\xBF\xBF", "abcdefghijklmnop张", "\xEF\xBB\xBF"}) {
        CAPTURE(text);
        CHECK(is_valid_utf8(text));
    }
}

TEST_CASE("overlong, surrogate, too large and cut sequences are not") {
    for (const char* text :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE5",
          "\xE5\xBC", "\xF0\x9F\x98", "abcdefgh\xE5\xBC", "\xE5\xBCx", "\xD5\xC5\xC8\xFD"}) {
        CAPTURE(text);
        CHECK_FALSE(is_valid_utf8(text));
    }
}

TEST_CASE("every code point survives writing and reading") {
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code == 0xD800) code = 0xE000;
        std::string text;
        append_utf8(text, code);
        const CodePoint read = decode_utf8(text, 0);
        REQUIRE(read.valid);
        REQUIRE(read.code == code);
        REQUIRE(read.length == text.size());
    }
}

TEST_CASE("a walk over any bytes ends at their end") {
    CHECK(rc::check("walk", [](const std::string& text) {
        std::size_t at = 0;
        std::size_t steps = 0;
        bool valid = true;
        while (at < text.size()) {
            const CodePoint point = decode_utf8(text, at);
            RC_ASSERT(point.length >= 1);
            valid = valid && point.valid;
            at += point.length;
            ++steps;
        }
        RC_ASSERT(at == text.size());
        RC_ASSERT(steps == count_code_points(text));
        RC_ASSERT(valid == is_valid_utf8(text));
    }));
    CHECK(count_code_points("张三a\xFF") == 4);
}

}  // namespace
}  // namespace doudi
