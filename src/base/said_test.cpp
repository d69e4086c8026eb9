// SPDX-License-Identifier: Apache-2.0
#include "base/said.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/text_fold.h"

namespace doudi {
namespace {

// What people put where they must put something.
rc::Gen<std::string> nothing_said() {
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            " ", "\t", "\n", "　", "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xEF\xBB\xBF", "\xC2\xAD",
            "\xE3\x85\xA4", "\xE1\xA0\x8E", "。", "，", "、", "；", "：", "？", "！", "…", "—", "－", "“",
            "”", "（", "）", "《", "》", "【", "】", "·", "・", "～", "￥", "＊", "．", ".", ",", "-", "_",
            "*", "/", "\\", "#", "?", "!", "'", "\"", "(", ")", "+", "=", "<", ">", "|", "~", "★", "√", "×",
            "→", "\xF0\x9F\x91\x8D", "\xEF\xB8\x8F", "\xFF", "\xE5\xBC")),
        [](const std::vector<std::string>& parts) {
            std::string text;
            for (const auto& part : parts) text += part;
            return text;
        });
}

rc::Gen<std::string> one_letter() {
    return rc::gen::element<std::string>("病", "〇", "々", "𠮷", "a", "Z", "7", "Ａ", "９", "ü", "я", "①",
                                         "Ⅱ", "一", "\xE0\xBD\x80", "\xEA\x80\x80", "\xE1\xA0\xA0",
                                         "\xD8\xA6", "\xEE\xA0\x80");
}

TEST_CASE("blanks, marks of punctuation and what is not seen say nothing, however many of them") {
    CHECK(rc::check("nothing is said", [] {
        const std::string text = *nothing_said();
        RC_ASSERT(!says_something(text));
        RC_ASSERT(!says_something(trim(text)));
    }));
}

TEST_CASE("one letter or digit of any script says something, whatever stands around it") {
    CHECK(rc::check("something is said", [] {
        const std::string before = *nothing_said();
        const std::string after = *nothing_said();
        const std::string text = before + " " + *one_letter() + " " + after;
        RC_ASSERT(says_something(text));
        RC_ASSERT(says_something(trim(text)));
    }));
}

TEST_CASE("every printing character of ASCII is a mark but its letters and digits") {
    for (char32_t code = 0; code < 0x80; ++code) {
        CAPTURE(static_cast<int>(code));
        const bool is_letter = (code >= U'0' && code <= U'9') || (code >= U'A' && code <= U'Z') ||
                               (code >= U'a' && code <= U'z');
        CHECK(is_mark_code(code) != is_letter);
    }
}

TEST_CASE("the edges of what is a mark") {
    for (const char32_t code : {U'\u00AA', U'\u00B5', U'\u00BA', U'\u3005', U'\u3007', U'\u3021', U'\u2460',
                                U'\u4E00', U'\u9FFF', U'\U00020000', U'\U0003134A', U'\uE000'}) {
        CAPTURE(static_cast<int>(code));
        CHECK_FALSE(is_mark_code(code));
    }
    for (const char32_t code : {U'\u00A0', U'\u00AD', U'\u3000', U'\u3001', U'\u3002', U'\u3004', U'\u2800',
                                U'\uFEFF', U'\uFFFD', U'\uFF0C', U'\uFE0F', U'\U000E0001'}) {
        CAPTURE(static_cast<int>(code));
        CHECK(is_mark_code(code));
    }
}

}  // namespace
}  // namespace doudi
