// SPDX-License-Identifier: Apache-2.0
#include "store/row_text.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

namespace doudi::store {
namespace {

std::string written(std::string_view text) {
    std::string out;
    put_text(out, text);
    return out;
}

}  // namespace

TEST_CASE("what divides rows and values is escaped, all else is left") {
    CHECK(written("a\tb\nc\rd\\e") == "a\\tb\\nc\\rd\\\\e");
    CHECK(written("张三 🂡 \"',;") == "张三 🂡 \"',;");
    CHECK(written("\\N") == "\\\\N");
    CHECK(written("") == "");
}

TEST_CASE("a blob is hexadecimal, a number its digits") {
    std::string out;
    put_blob(out, std::as_bytes(std::span("\x01\xAB\xFF", 3)));
    CHECK(out == "\\\\x01abff");
    out.clear();
    put_integer(out, -42);
    CHECK(out == "-42");
    CHECK(integer_of("-9223372036854775808") == std::int64_t{-9223372036854775807} - 1);
}

TEST_CASE("every text and every blob comes back, on one line and between tabs") {
    CHECK(rc::check([](const std::string& text) {
        const std::string line = written(text);
        RC_ASSERT(line.find_first_of("\t\n\r") == std::string::npos);
        RC_ASSERT(line != null_text);
        RC_ASSERT(text_of(line) == text);
        std::string hex;
        put_blob(hex, std::as_bytes(std::span(text.data(), text.size())));
        const auto blob = blob_of(hex);
        RC_ASSERT(blob.has_value());
        RC_ASSERT(std::string(reinterpret_cast<const char*>(blob->data()), blob->size()) == text);
    }));
}

TEST_CASE("a line falls into its values") {
    CHECK(values_of("a\t\tb").size() == 3);
    CHECK(values_of("").size() == 1);
    CHECK(values_of("\t").size() == 2);
    CHECK(values_of("a\t\\N")[1] == null_text);
}

TEST_CASE("what is not written so is nothing") {
    CHECK_FALSE(text_of("a\\"));
    CHECK_FALSE(text_of("a\\q"));
    CHECK_FALSE(blob_of("abcd"));
    CHECK_FALSE(blob_of("\\\\xabc"));
    CHECK_FALSE(blob_of("\\\\xzz"));
    CHECK_FALSE(integer_of("1x"));
    CHECK_FALSE(integer_of(""));
    CHECK_FALSE(integer_of("9223372036854775808"));
}

}  // namespace doudi::store
