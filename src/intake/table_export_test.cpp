// SPDX-License-Identifier: Apache-2.0
#include "intake/table_export.h"

#include <doctest/doctest.h>

#include "intake/export_cell.h"
#include "intake/format_test_support.h"
#include "intake/refusals.h"

namespace doudi::intake {
namespace {

TEST_CASE("a text that a spreadsheet would run gets an apostrophe, a number does not") {
    for (const char* text : {"=1+1", "+1", "-1+cmd", "@SUM(1)", "\tx", "\r=1", "＝1", " =1", "-"}) {
        CAPTURE(text);
        CHECK(runs_as_formula(text));
        CHECK(escape_formula(text) == std::string("'") + text);
    }
    for (const char* text : {"", "-12.50", "-5", "12", "张三", "a=b", "2025-05-01"}) {
        CAPTURE(text);
        CHECK_FALSE(runs_as_formula(text));
    }
}

[[nodiscard]] Table sample() {
    return {{{"household", false}, {"score", true}},
            {{"LC000001", "9"}, {"张三,\"李\"\n", ""}, {"=x", "-1.5"}}};
}

TEST_CASE("CSV is plain UTF-8 with LF, quoted only where it must be") {
    CHECK(table_csv(sample()) == "household,score\nLC000001,9\n\"张三,\"\"李\"\"\n\",\n'=x,-1.5\n");
    CHECK(table_csv(sample(), true).starts_with("\xEF\xBB\xBFhousehold"));
}

TEST_CASE("JSON tells numbers, absent numbers and texts apart") {
    CHECK(table_json(sample()) ==
          "[\n  {\"household\": \"LC000001\", \"score\": 9},\n  {\"household\": \"张三,\\\"李\\\"\\u000a\", "
          "\"score\": null},\n"
          "  {\"household\": \"=x\", \"score\": -1.5}\n]\n");
    CHECK(table_json({{{"a", false}}, {}}) == "[]\n");
}

TEST_CASE("Chinese characters take two columns of a terminal") {
    CHECK(display_width("张三a") == 5);
    CHECK(display_width("e\xCC\x81") == 1);
    const std::string text = table_text({{{"姓名", false}, {"n", true}}, {{"张三", "9"}, {"ab", "10"}}});
    CHECK(text == "姓名   n\n--------\n张三   9\nab    10\n");
}

TEST_CASE("a workbook that we write is read back, identity numbers as text") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "out.xlsx";
    REQUIRE(write_table_xlsx(
                {{{"身份证号", false}, {"n", true}}, {{"441699197406129795", "12.5"}, {"=x", "7"}}}, path)
                .has_value());
    test::CollectingSink sink;
    REQUIRE(read_sheets(path, Limits{}, sink).has_value());
    CHECK(sink.text == "[Sheet1]\n1:身份证号|n\n2:441699197406129795|12.5\n3:'=x|7\n");
    CHECK_FALSE(write_table_xlsx(sample(), folder.path() / "absent" / "out.xlsx").has_value());
}

TEST_CASE("refused rows go back with place and reason in both languages, and nothing about the register") {
    const test::TemporaryFolder folder;
    const std::vector<Finding> findings{
        {4, "义都镇", "身份证号", FindingCode::id_damaged, "4.4*****+17", true},
        {9, "", "=列", FindingCode::id_check, "441699********1234", false}};
    const auto csv = folder.path() / "out.csv";
    REQUIRE(write_refusals(csv, "名册.csv", findings).has_value());
    std::ifstream file(csv, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    CHECK(text.starts_with("\xEF\xBB\xBF文件 file,"));
    CHECK(text.find("名册.csv,义都镇,4,身份证号,4.4*****+17,退回 refused,") != std::string::npos);
    CHECK(text.find("名册.csv,,9,'=列,441699********1234,已接收 taken in,") != std::string::npos);
    const auto book = folder.path() / "out.xlsx";
    REQUIRE(write_refusals(book, "名册.csv", findings).has_value());
    test::CollectingSink sink;
    REQUIRE(read_sheets(book, Limits{}, sink).has_value());
    CHECK(sink.rows == 3);
    for (const auto& [name, start] :
         {std::pair("out.json", "["), {"out.TXT", "文件 file  "}, {"out.dat", "\xEF\xBB\xBF文件 file,"}}) {
        REQUIRE(write_refusals(folder.path() / name, "名册.csv", findings).has_value());
        std::ifstream other(folder.path() / name, std::ios::binary);
        const std::string written((std::istreambuf_iterator<char>(other)), {});
        CHECK_MESSAGE(written.starts_with(start), name);
    }
}

}  // namespace
}  // namespace doudi::intake
