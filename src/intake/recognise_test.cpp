// SPDX-License-Identifier: Apache-2.0
#include "intake/recognise.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

using Texts = std::vector<std::string>;

[[nodiscard]] std::vector<HeadRow> sheet(const std::vector<Texts>& rows) {
    std::vector<HeadRow> out;
    for (const Texts& texts : rows) {
        HeadRow row;
        row.number = static_cast<std::uint32_t>(out.size()) + 1;
        row.texts = texts;
        for (const std::string& text : texts) {
            row.kinds.push_back(text.empty() ? CellKind::empty : CellKind::text);
            row.fills.push_back(CellFill::own);
        }
        out.push_back(row);
    }
    return out;
}

[[nodiscard]] std::string id_of(const Result<Recognised>& recognised) {
    if (!recognised) return recognised.error().code;
    return test::small_catalogue().datasets[static_cast<std::size_t>(recognised->dataset)].id;
}

const Texts roll{"姓名", "身份证号码", "登记日期", "登记状态", "失业原因"};

TEST_CASE("the order of the columns and columns that nobody needs do not matter") {
    const auto recognised = recognise(sheet({{"备注", "登记状态", "登记日期", "序号", "身份证号", "姓名"}}),
                                      test::small_catalogue());
    REQUIRE(id_of(recognised) == "hr.unemployment_roll");
    CHECK(recognised->column_of == std::vector<int>{5, 4, 2, 1, -1});
    CHECK(recognised->first_data_row == 2);
    CHECK(recognised->heading_of(2) == "登记日期");
    CHECK(recognised->heading_of(4).empty());
}

TEST_CASE("headings are compared without spaces, breaks, width, marks and bracketed units") {
    CHECK(normal_heading("身份证\n号 码*") == "身份证号码");
    CHECK(normal_heading("月人均收入（元）") == "月人均收入");
    CHECK(normal_heading("ＩＤ：") == "id");
    CHECK(id_of(recognise(sheet({{"姓 名", "身份证\r\n号码", "*登记日期", "登记状态（必填）"}}),
                          test::small_catalogue())) == "hr.unemployment_roll");
}

TEST_CASE("titles above the headings are passed, up to twenty rows that are not blank") {
    std::vector<Texts> rows(19, Texts{"标题"});
    rows.push_back(roll);
    CHECK(recognise(sheet(rows), test::small_catalogue())->first_data_row == 21);
    rows.insert(rows.begin(), Texts{"标题"});
    CHECK(id_of(recognise(sheet(rows), test::small_catalogue())) == "unknown_headings");
    rows[0] = {""};
    CHECK(recognise(sheet(rows), test::small_catalogue())->first_data_row == 22);
}

TEST_CASE("headings over two rows are joined, merged or not") {
    const auto recognised = recognise(sheet({{"登记类型", "男方", "", "女方", "", "登记日期"},
                                             {"", "姓名", "身份证号", "姓名", "身份证号", ""},
                                             {"结婚"}}),
                                      test::small_catalogue());
    REQUIRE(id_of(recognised) == "civil.marriages");
    CHECK(recognised->first_data_row == 3);
    CHECK(recognised->column_of == std::vector<int>{0, 1, 2, 3, 4, 5});
    CHECK(recognised->headings[3] == "女方姓名");
}

TEST_CASE("a missing heading is named together with the nearest dataset") {
    const auto recognised = recognise(sheet({{"姓名", "身份证号码", "登记日期"}}), test::small_catalogue());
    REQUIRE_FALSE(recognised.has_value());
    CHECK(recognised.error().code == "unknown_headings");
    const auto& all = test::small_catalogue().datasets;
    const auto roll_set = std::ranges::find(all, "hr.unemployment_roll", &policy::Dataset::id);
    REQUIRE(roll_set != all.end());
    CHECK(recognised.error().text.en.find("“" + roll_set->title.en + "”, ") != std::string::npos);
    CHECK(recognised.error().text.zh.find("“" + roll_set->title.zh + "”，") != std::string::npos);
    CHECK(recognised.error().text.zh.find("hr.unemployment_roll") == std::string::npos);
    CHECK(recognised.error().text.zh.find("登记状态") != std::string::npos);
    CHECK(recognised.error().text.en.find("the headings in row 1") != std::string::npos);
    CHECK(recognised.error().text.en.ends_with("lacks the heading: 登记状态"));
    CHECK(recognised.error().where.empty());
    const auto two = recognise(sheet({{"姓名", "登记状态"}}), test::small_catalogue());
    CHECK(two.error().text.en.find("lacks the headings: ") != std::string::npos);
    CHECK(two.error().text.en.find("、") == std::string::npos);
}

TEST_CASE("a dataset with one heading in common is not called the nearest") {
    const auto recognised = recognise(sheet({{"姓名", "座次", "菜式"}}), test::small_catalogue());
    CHECK(id_of(recognised) == "unknown_headings");
    CHECK(recognised.error().text.en.find("nearest") == std::string::npos);
    CHECK(recognised.error().text.zh.find("最接近") == std::string::npos);
}

TEST_CASE("the nearest reading is told with what it lacks, and nothing where no heading is known") {
    const auto& catalogue = test::small_catalogue();
    const auto near = nearest_reading(
        sheet({{"姓名", "证号", "登记日期", "登记状态"}, {"王某", "1", "2", "3"}}), catalogue);
    REQUIRE(near.dataset >= 0);
    CHECK(catalogue.datasets[static_cast<std::size_t>(near.dataset)].id == "hr.unemployment_roll");
    CHECK(near.heading_row == 1);
    CHECK(near.headings[1] == "证号");
    CHECK(near.column_of[1] == -1);
    const auto none = nearest_reading(sheet({{"王某", "甲"}, {"李某", "乙"}}), catalogue);
    CHECK(none.dataset == -1);
    CHECK(none.headings.empty());  // the rows may be people
}

TEST_CASE("headings that fit two datasets equally well are refused") {
    auto catalogue = test::small_catalogue();
    auto twin = catalogue.datasets[2];
    twin.id = "zz.twin";
    catalogue.datasets.push_back(twin);
    CHECK(id_of(recognise(sheet({roll}), catalogue)) == "ambiguous_headings");
    catalogue.datasets.back().columns[4].headings = {"其他"};
    CHECK(id_of(recognise(sheet({roll}), catalogue)) == "hr.unemployment_roll");
}

TEST_CASE("a sheet without content and one without known headings are told apart") {
    CHECK(id_of(recognise(sheet({{""}, {" "}}), test::small_catalogue())) == "empty_sheet");
    const auto nothing = recognise(sheet({{"甲", "乙"}}), test::small_catalogue());
    CHECK(nothing.error().text.en.find("no known heading") != std::string::npos);
}

TEST_CASE("of two columns for one field the more usual heading is taken") {
    const auto recognised = recognise(sheet({{"身份证号码", "身份证号", "姓名", "登记日期", "登记状态"}}),
                                      test::small_catalogue());
    REQUIRE(recognised.has_value());
    CHECK(recognised->column_of[1] == 1);
}

}  // namespace
}  // namespace doudi::intake
