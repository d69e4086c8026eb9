// SPDX-License-Identifier: Apache-2.0
// Rows end with a line feed, with a return, or with both, and in one file by turns: an import finds them all.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "intake/csv_rows.h"
#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

using test::describe_import;

constexpr std::string_view headings = "姓名,身份证号码,登记日期,登记状态,失业原因";
const std::vector<std::string> three_rows{"甲某,441699197406129795,2025-05-01,有效,合同到期",
                                          "乙某,441699198408259328,2025-05-02,有效,合同到期",
                                          "丙某,441699200901288341,2025-05-03,有效,合同到期"};

// The rows, each with the end of its own; the headings first.
std::string text_of(const std::vector<std::string>& rows, const std::vector<std::string>& ends) {
    std::string text(headings);
    text += ends.front();
    for (std::size_t i = 0; i < rows.size(); ++i) text += rows[i] + ends[(i + 1) % ends.size()];
    return text;
}

std::string imported(const std::string& text, const ReadSettings& settings = {}) {
    const test::TemporaryFolder folder;
    return describe_import(folder.file("名册.csv", text), test::small_catalogue(), settings);
}

std::string many_rows(int rows, std::string_view end) {
    std::string text;
    for (int i = 0; i < rows; ++i) {
        text += three_rows[static_cast<std::size_t>(i) % three_rows.size()];
        text += end;
    }
    return text;
}

}  // namespace

TEST_CASE("a return without its line feed, and a zero byte, are odd wherever they stand; nothing else is") {
    CHECK_FALSE(is_odd_text(""));
    for (std::size_t before = 0; before < 200; ++before) {
        const std::string lead(before, 'x');
        for (const std::string& tail : {std::string("a"), std::string(70, 'y')}) {
            CAPTURE(before);
            CHECK_FALSE(is_odd_text(lead + tail));
            CHECK_FALSE(is_odd_text(lead + "\r\n" + tail));
            CHECK_FALSE(is_odd_text(lead + "\n\n\r\n" + tail));
            CHECK(is_odd_text(lead + "\r" + tail));
            CHECK(is_odd_text(lead + "\r\r\n" + tail));
            CHECK(is_odd_text(lead + std::string(1, '\0') + tail));
        }
        CHECK_FALSE(is_odd_text(lead + "\r\n"));
        CHECK(is_odd_text(lead + "\r"));
        CHECK(is_odd_text(lead + std::string(1, '\0')));
    }
}

TEST_CASE("the same three rows come out, whatever ends them") {
    const std::string wanted = imported(text_of(three_rows, {"\n"}));
    CHECK(wanted.find("rows 3 refused 0") != std::string::npos);
    for (const std::vector<std::string>& ends :
         std::vector<std::vector<std::string>>{{"\r\n"},
                                               {"\r"},
                                               {"\r\n", "\r"},
                                               {"\r\n", "\r", "\r\n", "\r\n"},
                                               {"\r", "\n"},
                                               {"\n", "\r"},
                                               {"\n", "\n", "\n", "\r"},
                                               {"\r", "\r", "\n"}}) {
        CHECK(imported(text_of(three_rows, ends)) == wanted);
    }
    std::string without_last = text_of(three_rows, {"\r"});
    without_last.pop_back();
    CHECK(imported(without_last) == wanted);
}

TEST_CASE("quotes behind a return open a cell") {
    std::string quoted(headings);
    quoted +=
        "\n\"甲,某\",\"441699197406129795\",2025-05-01,有效,\"合同\"\"到期\"\r\"乙某\",441699198408259328,";
    quoted += "2025-05-02,有效,\r丙某,441699200901288341,2025-05-03,有效,合同到期\r\n";
    CHECK(imported(quoted).find("rows 3 refused 0") != std::string::npos);
    // A quote that seems open if one overlooks the return before it.
    std::string seems_open(headings);
    seems_open +=
        "\n甲某,441699197406129795,2025-05-01,有效,\r\"乙,\"\"\",441699198408259328,2025-05-02,有效,x\n";
    CHECK(imported(seems_open).find("rows 2 refused 0") != std::string::npos);
}

TEST_CASE("zero bytes are dropped: the number and the day that they cut in two are whole again") {
    const std::string wanted = imported(text_of(three_rows, {"\r\n"}));
    std::string text = text_of(three_rows, {"\r\n"});
    text.insert(text.find("795,2025"), 1, '\0');
    text.insert(text.find("-05-02"), 1, '\0');
    CHECK(imported(text) == wanted);
}

TEST_CASE("a file whose rows end otherwise from somewhere on loses none, however it is cut and read") {
    const std::string start = std::string(headings) + "\n" + many_rows(9000, "\n");  // beyond the head
    for (const std::string& rest :
         {many_rows(3, "\r"), many_rows(7000, "\r"), three_rows[0] + std::string(1, '\0')}) {
        for (const unsigned threads : {1U, 3U}) {
            const std::string seen = imported(start + rest, {.threads = threads, .chunk_bytes = 4096});
            const std::size_t rows = 9000 + (rest.size() > 1000 ? 7000U : rest.back() == '\r' ? 3U : 1U);
            CHECK(seen.ends_with(fmt::format("rows {} refused 0\n", rows)));
        }
    }
}

TEST_CASE("a large file with returns alone is a table, not one long row") {
    const std::string text = std::string(headings) + "\r" + many_rows(9000, "\r");
    CHECK(text.size() > 500'000);
    CHECK(imported(text).ends_with("rows 9000 refused 0\n"));
    // More of it than a row may have.
    const ReadSettings small{.chunk_bytes = 4096, .limits = {.row_bytes = 64U << 10U}};
    CHECK(imported(std::string(headings) + "\n" + many_rows(9000, "\n") + text.substr(headings.size() + 1),
                   small)
              .ends_with("rows 18000 refused 0\n"));
}

TEST_CASE("households of the register that end with returns are all read") {
    const test::TemporaryFolder folder;
    const auto file = [&folder](std::string_view end) {
        std::string text = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入";
        text += end;
        for (int i = 1; i <= 9; ++i)
            text += fmt::format("LC{},441622102201,1组,顾娜,,低保对象,2022-02-15,{}{}", i, i, end);
        return folder.file("户.csv", text);
    };
    const std::string wanted = test::describe_register_import(file("\n"), test::small_catalogue());
    CHECK(wanted.find("    10 | LC9") != std::string::npos);
    CHECK(test::describe_register_import(file("\r"), test::small_catalogue()) == wanted);
}

}  // namespace doudi::intake
