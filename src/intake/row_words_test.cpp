// SPDX-License-Identifier: Apache-2.0
#include "intake/row_words.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace doudi::intake {
namespace {

// A row of cells under headings that the dataset knows, by their folded forms.
bool is_data(const std::vector<std::string>& cells, const std::vector<std::string>& headings) {
    RowWords words;
    for (std::size_t i = 0; i < cells.size(); ++i)
        words.see(cells[i], i < headings.size() ? headings[i] : std::string(), i < headings.size());
    return words.is_data();
}

TEST_CASE("sums and signatures are told by their first word, or by how they end, however they are spaced") {
    for (const std::string_view text :
         {"合计", "合 计", "合　计", "小计：", "总计12", "义都镇小计", "本页合计", "汇总", "累计",
          "制表人：李四", "填报日期2025", "注：按季", "备注", "审核", "联系电话:0762"}) {
        CAPTURE(text);
        CHECK(is_footer_text(text));
    }
}

TEST_CASE("names and places that only share a character with a sum or a signature are none") {
    for (const std::string_view text :
         {"", "计", "合", "计春生", "李合计划", "注册会计师", "审判长", "说", "联合村", "小明", "总工会",
          "签名", "甲", "441699199001011234", "（户主）", "\xE5\x90"}) {
        CAPTURE(text);
        CHECK_FALSE(is_footer_text(text));
    }
}

TEST_CASE("headings repeated on a printed page are no data, in whatever width and with whatever marks") {
    const std::vector<std::string> headings{"姓名", "id号", "登记日期"};
    CHECK_FALSE(is_data({"姓名", "ID号", "登记日期"}, headings));
    CHECK_FALSE(is_data({"姓 名", "ＩＤ号*", "登记日期（年月日）"}, headings));
    CHECK_FALSE(is_data({"：姓名", "id号", "登记\n日期"}, headings));
    CHECK(is_data({"姓名", "ID号", "2025-06-01"}, headings));
    CHECK(is_data({"姓甲", "ID号", "登记日期"}, headings));
    CHECK(is_data({"名姓", "ID号", "登记日期"}, headings));
    CHECK(is_data({"张三", "4.41698E+17", "2025-06-01"}, headings));
}

TEST_CASE("a row that numbers its columns is no data, and one number alone is") {
    const std::vector<std::string> headings{"姓名", "id号", "登记日期"};
    CHECK_FALSE(is_data({"1", "2", "3"}, headings));
    CHECK_FALSE(is_data({"甲", "乙", "丙"}, headings));
    CHECK(is_data({"1", "2", "2025-06-01"}, headings));
}

}  // namespace
}  // namespace doudi::intake
