// SPDX-License-Identifier: Apache-2.0
#include "base/text_fold.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/utf8.h"

namespace doudi {
namespace {

TEST_CASE("the ways in which offices write one name fold to one") {
    for (const char* text :
         {"张三", "张 三", "张　三", " 张三 ", "张\xC2\xA0三", "张三（户主）", "张三(户主)", "张三（户主)",
          "张三【户主】", "张三[户主]", "张三〔户主〕", "（户主）张三", "张三（户主（新））", "张三（户主",
          "张三）", "\xEF\xBB\xBF张三", "张\xE2\x80\x8B三", "张三\t"}) {
        CAPTURE(text);
        CHECK(fold_name(text) == "张三");
        CHECK(same_name(text, "张三"));
        CHECK(same_name("张三", text));
        CHECK_FALSE(same_name(text, "张四"));
    }
}

TEST_CASE("every middle dot is dropped, the full-width point too") {
    for (const char* text : {"阿依·古丽", "阿依•古丽", "阿依．古丽", "阿依・古丽", "阿依‧古丽", "阿依･古丽",
                             "阿依.古丽", "阿依 · 古丽"}) {
        CAPTURE(text);
        CHECK(fold_name(text) == "阿依古丽");
    }
}

TEST_CASE("full-width letters become half-width ones, and case is kept") {
    CHECK(fold_name("ＡｂＣ１２") == "AbC12");
    CHECK(fold_name("张Ａ") == "张A");
}

TEST_CASE("a name that is nothing but a remark keeps its words") {
    CHECK(fold_name("（张三）") == "张三");
    CHECK(fold_name("()") == "");
    CHECK(fold_name("") == "");
    CHECK(fold_name("　") == "");
}

TEST_CASE("rare characters stay, bytes that are no UTF-8 become the replacement character") {
    CHECK(fold_name("𠮷㛃䶮") == "𠮷㛃䶮");
    CHECK(is_folded_name("𠮷㛃䶮"));
    CHECK(fold_name("张\xFF") == "张\xEF\xBF\xBD");
    CHECK_FALSE(is_folded_name("张\xFF"));
    CHECK_FALSE(is_folded_name("\xE5\xBC"));
}

// Texts made of the characters that matter, and of bytes that break them.
rc::Gen<std::string> name_like() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                            "张", "三", "𠮷", "a", "Ａ", " ", "　", "·", "．", "（", "）", "(", ")", "【",
                            "】", "\xEF\xBB\xBF", "\xE5", "\xBC", "\xC2", "\xB7", "～")),
                        [](const std::vector<std::string>& parts) {
                            std::string text;
                            for (const auto& part : parts) text += part;
                            return text;
                        });
}

TEST_CASE("folding a folded name changes nothing, and being folded is exactly that") {
    CHECK(rc::check("fold_name", [] {
        const std::string text = *name_like();
        const std::string folded = fold_name(text);
        RC_ASSERT(is_valid_utf8(folded));
        RC_ASSERT(fold_name(folded) == folded);
        RC_ASSERT(is_folded_name(folded));
        RC_ASSERT(is_folded_name(text) == (folded == text));
    }));
    CHECK(rc::check("same_name", [] {
        const std::string left = *name_like();
        const std::string right = *name_like();
        RC_ASSERT(same_name(left, right) == (fold_name(left) == fold_name(right)));
    }));
}

TEST_CASE("trimming takes all kinds of space from the ends and none from within") {
    CHECK(trim("　\xEF\xBB\xBF 张 三\t\r\n\xC2\xA0\xE2\x80\x8B") == "张 三");
    CHECK(trim("") == "");
    CHECK(trim(" 　 ") == "");
    CHECK(trim("a") == "a");
    CHECK(trim("\xFF a \x80") == "\xFF a \x80");
    CHECK(rc::check("trim", [] {
        const std::string text = *name_like();
        const std::string_view once = trim(text);
        RC_ASSERT(trim(once) == once);
        RC_ASSERT(text.find(once) != std::string::npos);
    }));
}

TEST_CASE("half width changes full-width ASCII and the ideographic space, nothing else") {
    CHECK(half_width("ＡＢＣ１２３（张）　～！") == "ABC123(张) ~!");
    CHECK(half_width("。「・￥") == "。「・￥");
    CHECK(half_width("\xFF１") ==
          "\xFF"
          "1");
}

TEST_CASE("folding digits leaves letters and marks alone") {
    CHECK(fold_digits("２０２５－０６Ａ") == "2025－06Ａ");
    CHECK(fold_digits("2025-06\xFF") == "2025-06\xFF");
}

TEST_CASE("a telephone number is its digits, without the country before a mobile number") {
    for (const char* text : {"13812345678", "138 1234 5678", "138-1234-5678", "１３８１２３４５６７８",
                             "+86 138 1234 5678", "008613812345678", "'13812345678", "13812345678　"}) {
        CAPTURE(text);
        CHECK(fold_phone(text) == "13812345678");
    }
    CHECK(fold_phone("0762-6751234") == "07626751234");
    CHECK(fold_phone("8675123") == "8675123");
    CHECK(fold_phone("无") == "");
}

}  // namespace
}  // namespace doudi
