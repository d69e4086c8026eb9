// SPDX-License-Identifier: Apache-2.0
// The two ways through a text file of the register tell the same, for any chunks and threads; or the bulk
// says that it cannot.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "intake/format_test_support.h"
#include "intake/register_reader.h"

namespace doudi::intake {
namespace {

class ToldRows : public RegisterRowSink {
  public:
    void begin_sheet(std::string_view name) override { lines.push_back(fmt::format("sheet [{}]", name)); }
    std::unique_ptr<Part> process(RegisterRows&) const override { return nullptr; }
    Result<void> commit(RegisterRows& rows, std::unique_ptr<Part>) override {
        for (const registry::HouseholdRow& row : rows.households.rows()) {
            lines.push_back(fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", row.row, row.code, row.region, row.address,
                                        row.head_name, row.category,
                                        row.enrolled_on ? row.enrolled_on->days() : -1,
                                        row.income_per_head_month ? row.income_per_head_month->fen() : -1));
        }
        for (const registry::MemberRow& row : rows.members.rows()) {
            lines.push_back(fmt::format("{}|{}|{}|{}|{}|{}|{}", row.row, row.household_code, row.name,
                                        row.id_text, row.relation, row.sex, row.phone));
        }
        return {};
    }

    std::vector<std::string> lines;
};

void tell(ToldRows& rows, const RegisterFileRead& read) {
    rows.lines.push_back(fmt::format("{} rows of {} in {}", read.rows, read.dataset, read.encoding));
    for (const Finding& finding : read.findings) {
        rows.lines.push_back(
            fmt::format("{} {} {} {}", finding.row, finding.column, code_of(finding.code), finding.value));
    }
}

// Empty: an error, or odd text.
std::vector<std::string> slowly(const std::filesystem::path& path) {
    ToldRows rows;
    const auto read = read_register(path, test::small_catalogue(), rows);
    if (!read) return {};
    tell(rows, *read);
    return rows.lines;
}

std::vector<std::string> in_bulk(const std::filesystem::path& path, unsigned threads) {
    const policy::DatasetCatalogue catalogue = test::small_catalogue();
    const auto file = open_feed(path, catalogue);
    REQUIRE(file);
    REQUIRE(file->bulk());
    ToldRows rows;
    const ReadSettings settings{.threads = threads, .chunk_bytes = 4096};
    const auto read = read_register_in_bulk(*file, catalogue, rows, settings);
    if (!read) {
        const std::string& code = read.error().code;
        CHECK((code == "odd_text" || code == "open_quote"));  // read slowly, or refused
        return {};
    }
    tell(rows, *read);
    return rows.lines;
}

const std::string title = "某县低收入家庭成员\n";
const std::string members = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n";
const std::string households =
    "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入\n";

std::string many_members(const char* line_end) {
    std::string text = title + members;
    for (int i = 1; i <= 900; ++i) {
        text += fmt::format("LC{},人{},44169919740612{:04},户主,女,１３８ 0000 {:04}{}", i / 3, i, i, i,
                            line_end);
        if (i % 100 == 0) text += line_end;  // a blank line counts as a row
        if (i % 250 == 0) text += fmt::format("合计,{},,,,{}", i, line_end);
        if (i % 300 == 0) text += members;
    }
    return text;
}

}  // namespace

TEST_CASE("a text file of the register in bulk tells what it tells slowly, for any number of threads") {
    const test::TemporaryFolder folder;
    std::string quoted = members;
    std::string amounts = households;
    for (int i = 1; i <= 500; ++i) {
        quoted += i % 7 == 0 ? fmt::format("\"LC{}\",\"甲,\n乙{}\",=\"00{}\",\"户\"\"主\",女,\n", i, i, i)
                             : fmt::format("ＬＣ{},丙{},,子,男\n", i, i);
        amounts += fmt::format("LC{},441622102201,义都镇{}组,顾娜,,低保,2022-02-{},{}\n", i, i, i % 40,
                               i % 11 == 0 ? "不详" : std::to_string(i) + ".5");
    }
    std::string last_without_end = many_members("\n");
    last_without_end.pop_back();
    const std::vector<std::string> texts{many_members("\n"),      many_members("\r\n"),
                                         "\xEF\xBB\xBF" + quoted, amounts,
                                         last_without_end,        members,
                                         members + "LC1,甲\n"};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto path = folder.file(fmt::format("{}.csv", i), texts[i]);
        const std::vector<std::string> wanted = slowly(path);
        REQUIRE_FALSE(wanted.empty());
        for (const unsigned threads : {1U, 2U, 4U}) {
            CAPTURE(i);
            CAPTURE(threads);
            CHECK(in_bulk(path, threads) == wanted);
        }
    }
}

TEST_CASE("what only the slow way understands is not guessed in bulk") {
    const test::TemporaryFolder folder;
    std::string lone_return = many_members("\n");
    lone_return += "LC1,甲,,,,\rLC2,乙,,,,\n";
    std::string with_nul = many_members("\n");
    with_nul += std::string("LC1,甲\0乙,,,,\n", 16);
    std::string open_quote = many_members("\n") + "LC1,\"甲,,,,\n";
    std::string other_encoding = many_members("\n") + "LC1,\xBC\xD7,,,,\n";
    std::size_t number = 0;
    for (const std::string& text : {lone_return, with_nul, open_quote, other_encoding}) {
        const auto path = folder.file(fmt::format("{}.csv", ++number), text);
        CAPTURE(number);
        const auto file = open_feed(path, test::small_catalogue());
        // A small file is known by all of its bytes, and may not be one for the bulk at all.
        if (!file || !file->bulk()) continue;
        CHECK(in_bulk(path, 2).empty());
    }
}

}  // namespace doudi::intake
