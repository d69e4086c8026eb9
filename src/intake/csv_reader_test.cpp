// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_reader.h"

#include <doctest/doctest.h>

#include "intake/decode.h"
#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

[[nodiscard]] std::string parsed(std::string_view text, const Limits& limits = {}, std::size_t piece = 1000) {
    test::CollectingSink sink;
    CsvParser parser(',', limits, sink);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        const auto fed = parser.feed(text.substr(at, piece));
        if (!fed) return fed.error().code;
    }
    const auto finished = parser.finish();
    return finished ? sink.text : finished.error().code;
}

TEST_CASE("lines end with LF, CRLF or CR, the last one with none") {
    CHECK(parsed("a,b\nc,d\n") == "1:a|b\n2:c|d\n");
    CHECK(parsed("a,b\r\nc,d\r\n") == "1:a|b\n2:c|d\n");
    CHECK(parsed("a,b\rc,d") == "1:a|b\n2:c|d\n");
    CHECK(parsed("a,b\n\nc,d") == "1:a|b\n3:c|d\n");
    CHECK(parsed("") == "");
}

TEST_CASE("quotes hold separators, line breaks and doubled quotes") {
    CHECK(parsed("\"a,\"\"b\"\"\nc\",d\n") == "1:a,\"b\"\nc|d\n");
    CHECK(parsed("\"a\"b,c\n") == "1:ab|c\n");
    CHECK(parsed("a\"b\",c\n") == "1:a\"b\"|c\n");
    CHECK(parsed("\"a,b\n") == "open_quote");
    CHECK(parsed("=\"00123\",=\"\",=A1\n") == "1:00123||=A1\n");
}

TEST_CASE("pieces cut anywhere give the same rows") {
    const std::string text = "甲,\"乙\r\n\"\"丙\"\"\",丁\r\n,,\r\n\"x\"\r\n";
    const std::string whole = parsed(text);
    for (std::size_t piece = 1; piece < 12; ++piece) CHECK(parsed(text, {}, piece) == whole);
}

TEST_CASE("zero bytes are dropped and trailing separators give empty cells") {
    CHECK(parsed(std::string("a\0b,c,,\n", 8)) == "1:ab|c||\n");
}

TEST_CASE("a cell or a row one byte beyond its limit is refused") {
    Limits limits;
    limits.cell_bytes = 4;
    CHECK(parsed("1234,1\n", limits) == "1:1234|1\n");
    CHECK(parsed("12345,1\n", limits) == "cell_too_long");
    limits.row_bytes = 6;
    CHECK(parsed("1234,12\n", limits) == "1:1234|12\n");
    CHECK(parsed("1234,123\n", limits) == "cell_too_long");
    limits = {};
    limits.columns = 2;
    CHECK(parsed("1,2\n", limits) == "1:1|2\n");
    CHECK(parsed("1,2,3\n", limits) == "too_many_columns");
}

TEST_CASE("the separator is the one that most lines have") {
    CHECK(guess_separator("a,b\nc,d\n") == ',');
    CHECK(guess_separator("a\tb,x\nc\td\n") == '\t');
    CHECK(guess_separator("a;b;c\n1,5;2;3\n") == ';');
    CHECK(guess_separator("姓名\n甲\n") == ',');
    CHECK(guess_separator("\"a;b;c\",d\n") == ',');
}

TEST_CASE("encodings are told apart by bytes and decoded strictly") {
    std::string out;
    CHECK(gb18030_to_utf8("\xD0\xD5\xC3\xFB,1", out));
    CHECK(out == "姓名,1");
    CHECK(gb18030_to_utf8("\x95\x32\x82\x36", out));  // 𠀀
    CHECK(out == "\xF0\xA0\x80\x80");
    CHECK(gb18030_to_utf8("\x81\x30\x81\x30", out));  // U+0080
    CHECK(out == "\xC2\x80");
    CHECK_FALSE(gb18030_to_utf8("\xD0", out));
    CHECK_FALSE(gb18030_to_utf8("\xD0\x20", out));
    CHECK_FALSE(gb18030_to_utf8("\xFF", out));
    CHECK(*detect_encoding_of("姓名") == TextEncoding::utf8);
    CHECK(*detect_encoding_of("\xEF\xBB\xBF姓名") == TextEncoding::utf8_bom);
    CHECK(*detect_encoding_of("\xD0\xD5\xC3\xFB") == TextEncoding::gb18030);
    CHECK(*detect_encoding_of("姓名\n\xD0\xD5\xC3\xFB\x81\n") == TextEncoding::mixed);
    const std::string with_zero = std::string(99, 'a') + '\0';
    CHECK(*detect_encoding_of(with_zero) == TextEncoding::utf8);
    CHECK(detect_encoding_of(with_zero.substr(1)).error().code == "not_a_text");
    const std::string noise = "\x81\xFF\x02\xFE\xC3\x28\x07\x90";
    CHECK(detect_encoding_of(noise).error().text.zh.find("不是表格文件") != std::string::npos);
    const std::string with_bell = std::string(98, 'a') + "\xFF\x07";  // a damaged text is a text
    CHECK(*detect_encoding_of(with_bell) == TextEncoding::mixed);
    CHECK(detect_encoding_of("姓\xE5\x90").value() == TextEncoding::mixed);
    CHECK(detect_encoding_of("姓\xE5\x90", true).value() == TextEncoding::utf8);
    CHECK(decode_text("\xD0\xD5\n姓\n\xFF\n", TextEncoding::mixed) == "姓\n姓\n\xEF\xBF\xBD\n");
    using namespace std::string_view_literals;
    CHECK(decode_text("\xFF\xFE\xD3\x59\x42\xD8\xB7\xDF"sv, TextEncoding::utf16le) == "姓\xF0\xA0\xAE\xB7");
    CHECK(decode_text("\x59\xD3\xD8\x42\x59"sv, TextEncoding::utf16be) == "姓\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace doudi::intake
