// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "base/id_number.h"
#include "base/id_test_support.h"

namespace doudi {
namespace {

constexpr std::string_view right = "11010519491231002X";

std::uint8_t fix(IdFix one, IdFix two = IdFix::none, IdFix three = IdFix::none) {
    return static_cast<std::uint8_t>(static_cast<int>(one) | static_cast<int>(two) | static_cast<int>(three));
}

struct Mended {
    std::string text;
    std::uint8_t fixes;
};

TEST_CASE("what offices do to a right number is mended, and said") {
    const Mended rows[] = {
        {"11010519491231002X", 0},
        {"11010519491231002x", fix(IdFix::x_case)},
        {"11010519491231002×", fix(IdFix::x_case)},
        {"11010519491231002*", fix(IdFix::x_case)},
        {"11010519491231002Ｘ", fix(IdFix::width)},
        {"11010519491231002ｘ", fix(IdFix::width, IdFix::x_case)},
        {"11010519491231002＊", fix(IdFix::width, IdFix::x_case)},
        {"１１０１０５１９４９１２３１００２Ｘ", fix(IdFix::width)},
        {" 11010519491231002X ", fix(IdFix::spaces)},
        {" 11010519491231002x", fix(IdFix::spaces, IdFix::x_case)},
        {"　11010519491231002*\t", fix(IdFix::spaces, IdFix::x_case)},
        {"110105 19491231 002X", fix(IdFix::spaces)},
        {"110105　19491231　002X", fix(IdFix::spaces)},
        {"110105\xC2\xA0"
         "19491231002X",
         fix(IdFix::spaces)},
        {"\xEF\xBB\xBF"
         "11010519491231002X\xE2\x80\x8B",
         fix(IdFix::spaces)},
        {"\t11010519491231002X\r\n", fix(IdFix::spaces)},
        {"'11010519491231002X", fix(IdFix::quotes)},
        {"\"11010519491231002X\"", fix(IdFix::quotes)},
        {"=\"11010519491231002X\"", fix(IdFix::quotes)},
        {"“11010519491231002X”", fix(IdFix::quotes)},
        {"‘11010519491231002X", fix(IdFix::quotes)},
        {"＇11010519491231002X", fix(IdFix::quotes)},
        {"110105491231002", fix(IdFix::from_15)},
        {"'110105 491231 002", fix(IdFix::from_15, IdFix::spaces, IdFix::quotes)},
    };
    for (const Mended& row : rows) {
        CAPTURE(row.text);
        const IdText read = read_id_text(row.text);
        CHECK(read.kind == IdTextKind::valid);
        CHECK(read.view() == right);
        CHECK(read.fixes == row.fixes);
    }
}

TEST_CASE("a wrong check character is kept as written and the birth date is not judged") {
    CHECK(read_id_text("110105194912310021").kind == IdTextKind::wrong_check);
    CHECK(read_id_text("110105194913310023").kind == IdTextKind::wrong_check);
    const IdText spaced = read_id_text(" 110105194913310023");
    CHECK(spaced.kind == IdTextKind::wrong_check);
    CHECK(spaced.view() == "110105194913310023");
}

TEST_CASE("a right check character over an impossible birth date is a wrong birth date") {
    const std::string digits = "44169919900231101";
    const IdText read = read_id_text(digits + id_check_character(digits));
    CHECK(read.kind == IdTextKind::wrong_birth);
    CHECK(read.view().substr(0, 17) == digits);
    CHECK(read_id_text("441699900231101").kind == IdTextKind::wrong_birth);
}

TEST_CASE("what holds no number is told apart") {
    const auto kind = [](std::string_view text) { return read_id_text(text).kind; };
    for (const char* text : {"", " ", "　", "\xEF\xBB\xBF", "''", "=\"\"", "无", " 无 ", "暂无", "无身份证",
                             "没有", "/", "-", "NULL", "null", "N/A"}) {
        CAPTURE(text);
        CHECK(kind(text) == IdTextKind::empty);
    }
    for (const char* text : {"4.41699E+17", "4.41699199001011E+17", "4.41699e17", "4E+17",
                             "441699199001011000.0", "441699199001011000.00", "４.41699E+17"}) {
        CAPTURE(text);
        CHECK(kind(text) == IdTextKind::damaged_number);
    }
    for (const char* text : {"441699**********1234", "441699********1234", "3701**********1234",
                             "441699xxxxxxxx1234", "441699＊＊＊＊＊＊＊＊1234", "***"}) {
        CAPTURE(text);
        CHECK(kind(text) == IdTextKind::masked);
    }
    for (const char* text :
         {"1101051949123100", "11010519491231002", "110105194912310021X", "11010519491231002Y",
          "1101051949123l002X", "X1010519491231002X", "11010549123100X", "张三",
          "11010519491231002X/440524188001010014", "E17", "4.4.1E+17", "4E+", "110105-19491231-002X",
          "43010419900101123443", "=11010519491231002X=", "1.5", "G12345678", "\xFF\xFE",
          "11010519491231002\xFF"}) {
        CAPTURE(text);
        CHECK(kind(text) == IdTextKind::wrong_shape);
    }
}

TEST_CASE(
    "a number that only lost its last digits to zeros keeps 18 characters: its check character decides") {
    CHECK(read_id_text("441699199001011000").kind != IdTextKind::damaged_number);
    CHECK(read_id_text("441699199001011000").view() == "441699199001011000");
}

TEST_CASE("fifteen digits become eighteen and keep region, birth and sequence") {
    CHECK(rc::check("15 to 18", [] {
        const int born =
            *rc::gen::inRange(Date::from_ymd(1900, 1, 1)->days(), Date::from_ymd(1999, 12, 31)->days() + 1);
        const std::string full =
            numbered(padded(*rc::gen::inRange(0, 1'000'000), 6), born, *rc::gen::inRange(0, 1000));
        const std::string old = full.substr(0, 6) + full.substr(8, 9);
        const IdText read = read_id_text(old);
        RC_ASSERT(read.kind == IdTextKind::valid);
        RC_ASSERT(read.view() == full);
        RC_ASSERT(read.fixes == fix(IdFix::from_15));
    }));
}

TEST_CASE("reading what was read changes nothing") {
    CHECK(rc::check("idempotent", [] {
        const std::string text = *any_valid_number();
        const IdText once = read_id_text("' " + text);
        RC_ASSERT(once.view() == text);
        const IdText twice = read_id_text(once.view());
        RC_ASSERT(twice.kind == IdTextKind::valid);
        RC_ASSERT(twice.fixes == 0);
    }));
}

TEST_CASE("any bytes get an answer, and a filled one is canonical") {
    const auto holds = [](const std::string& text) {
        const IdText read = read_id_text(text);
        const bool filled = read.kind == IdTextKind::valid || read.kind == IdTextKind::wrong_check ||
                            read.kind == IdTextKind::wrong_birth;
        RC_ASSERT((read.canonical[0] != 0) == filled);
        if (filled)
            RC_ASSERT(is_unchecked(pack_unchecked(read.view())) == (read.kind == IdTextKind::wrong_check));
        RC_ASSERT(IdNumber::parse(read.view()).has_value() == (read.kind == IdTextKind::valid));
    };
    CHECK(rc::check("random bytes", [&](const std::string& text) { holds(text); }));
    CHECK(rc::check("bytes near a number", [&] {
        const auto text = *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', 'X', 'x', '*', ' ',
                                                                            '\'', '=', '.', 'E', '+', '\xEF',
                                                                            '\xBC', '\x90', '\xE3', '\x80'));
        holds(text);
        holds("1101051949123" + text);
    }));
    holds(std::string(1'000'000, ' '));
    holds(std::string(1'000'000, '1'));
}

}  // namespace
}  // namespace doudi
