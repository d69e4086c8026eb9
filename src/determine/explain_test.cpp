// SPDX-License-Identifier: Apache-2.0
// What a caseworker reads out and what a program takes.
#include "determine/explain.h"

#include <algorithm>
#include <boost/json.hpp>

#include "determine/determine_test_support.h"
#include "determine/words.h"

namespace doudi::determine {
namespace {

namespace json = boost::json;
using test::Answered;
using test::trial;

const std::string known = R"(case: LC-1
region: "441699001001"
as_of: 2025-06-30
parameters: {mlg_standard_month: 632.00}
household:
  residence_kind: rural
  income_month: {value: 1894.00, source: 核对报告, as_of: 2025-06-20}
  property_within_limits: true
  relapse_listed: {unknown: 名册未到}
members:
  - name: 甲
    birth_date: 1956-03-01
    counts_as_member: true
    has_supporter: true
    disability_level: null
    insured_as_resident: true
  - name: 乙
    birth_date: 1988-07-15
    counts_as_member: true
    has_supporter: true
    disability_level: null
    insured_as_resident: true
  - name: 丙
    birth_date: 2015-09-01
    counts_as_member: true
    has_supporter: true
    disability_level: null
    insured_as_resident: false
application: {authorised_on: 2025-06-18, leaving: minimum_living_guarantee, left_on: 2025-06-01, emergency: false}
)";

std::string text(const Answered& a, Lang lang) {
    return explanation_details({a.law(), a.told, a.answer, a.pack.pack().title}, lang);
}

std::string brief(const Answered& a, Lang lang) {
    return explanation_brief({a.law(), a.told, a.answer, a.pack.pack().title}, lang);
}

void says(const std::string& whole, const char* part) {
    INFO(whole);
    CHECK_MESSAGE(whole.find(part) != std::string::npos, part);
}

TEST_CASE("the text says verdict, line, figures, clause, facts with source and day, and what follows") {
    const Answered a(trial(), known);
    const std::string zh = text(a, Lang::zh);
    for (const char* part :
         {"案卷 LC-1（区划 441699001001），以 2025-06-30 为准。规则：试验规则（trial@3）", "样例数字",
          "最低生活保障对象：是〔含样例数字〕（依据 trial@3 一(一)）", "覆盖成员：甲、乙、丙",
          "［符合］家庭月收入低于保障标准乘以人口数（依据 trial@3 一(一)1）",
          "（1894.00 元；1896.00 元）：成立", "家庭月收入 1894.00 元（核对报告、2025-06-20）",
          "由县级民政部门确认", "时限：审核确认：应于审核结束后 10 个工作日内（依据 trial@3 六）",
          "保障金：是，每月 2.00 元", "部门：民政；渠道：乡镇窗口；应于确认后 10 个工作日内",
          "资助参保（甲、乙）：是，个人缴费的 100%", "名册未到", "在监测名册上：查名册",
          "须由省级民政部门制定", "复算标识：2025-06-30 trial@3"})
        says(zh, part);
    const std::string en = text(a, Lang::en);
    for (const char* part :
         {"Minimum living guarantee: yes [sample figures] (trial@3 一(一))",
          "[met] Income is below the standard times the people", "(1894.00 yuan; 1896.00 yuan): holds",
          "Allowance: yes, 2.00 yuan a month", "100% of the personal premium",
          "department: Civil affairs; channel: the township's desk; within 10 working days from confirmation",
          "replay key: 2025-06-30 trial@3"})
        says(en, part);
}

TEST_CASE("the text says what is missing and who can say it") {
    const Answered a(trial(), "region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}]\n");
    says(text(a, Lang::zh), "首先要弄清：财产符合规定（经授权核对）");
    says(text(a, Lang::zh), "保障标准（月）：须由设区的市级人民政府设定");
    says(text(a, Lang::zh), "甲：尚未确定（可能是：特困人员、最低生活保障对象、低保边缘家庭）");
    says(text(a, Lang::en), "Ask first: Property within the limits (an authorised check)");
}

// What stands in a line that begins so; "" if none does.
std::string rest_of(const std::string& whole, const std::string& begin) {
    const std::size_t at = whole.find("\n" + begin);
    if (at == std::string::npos) return "";
    const std::size_t from = at + 1 + begin.size();
    return whole.substr(from, whole.find('\n', from) - from);
}

TEST_CASE("in short: who is in what and why, what they get and from whom, and in what time") {
    const Answered a(trial(), known);
    const std::string zh = brief(a, Lang::zh);
    for (const char* part :
         {"结论（由经办人核实决定）\n  符合\n    最低生活保障对象（甲、乙、丙）〔含样例数字〕（依据 trial@3 "
          "一(一)）\n"
          "      家庭月收入低于保障标准乘以人口数（1894.00 元 对 1896.00 元）；财产符合规定\n",
          "      由县级民政部门确认\n      审核确认：应于审核结束后 10 个工作日内（依据 trial@3 六）\n"
          "      若家庭月收入再增加 2.00 元（由 1894.00 元 到 1896.00 元），即不再满足",
          "    特困人员（甲）：不满足：没有法定赡养扶养人（依据 trial@3 二(二)）",
          "    特困人员（乙、丙）：不满足：已满60周岁（依据 trial@3 二(一)）；没有法定赡养扶养人",
          "    低保边缘家庭〔含样例数字〕：已属：最低生活保障对象（依据 trial@3 一(二)）",
          "  还不能确定：防返贫监测对象、其他困难人员\n", "各成员归入\n  甲、乙、丙：最低生活保障对象\n",
          "  保障金，每月 2.00 元〔含样例数字〕（依据 trial@3 一(五)）\n    "
          "部门：民政；渠道：乡镇窗口；应于确认后 10 "
          "个工作日内\n",
          "  1. 查部门数据：在监测名册上 → 可定：防返贫监测对象\n",
          "“其他困难人员”的认定规则：须由省级民政部门制定 → 其他困难人员\n"})
        says(zh, part);
    const std::string en = brief(a, Lang::en);
    for (const char* part :
         {"  holds\n    Minimum living guarantee (甲, 乙, 丙) [sample figures] (trial@3 一(一))\n",
          "(1894.00 yuan against 1896.00 yuan)",
          "Review and confirmation: within 10 working days from the end of the "
          "review (trial@3 六)",
          "not met: Sixty or older (trial@3 二(一))", "excluded by: Minimum living guarantee",
          "  1. look at departments' data: On the roll of watched households → settles: Watched against "
          "relapse\n"})
        says(en, part);
    CHECK(std::ranges::count(zh, '\n') < std::ranges::count(text(a, Lang::zh), '\n'));
}

TEST_CASE("in short, names alone: everything is open, and the questions come with what each settles") {
    const Answered a(trial(),
                     "region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}, {name: 乙}]\n");
    const std::string zh = brief(a, Lang::zh);
    CHECK(
        rest_of(zh, "  还不能确定：") ==
        "特困人员（甲、乙）、最低生活保障对象、低保边缘家庭、单人保（甲、乙）、防返贫监测对象、其他困难人员");
    CHECK(zh.find("符合\n") == std::string::npos);
    CHECK(zh.find("样例") == std::string::npos);
    // The cheapest step first; a later one asks only what no earlier one did.
    CHECK(rest_of(zh, "  1. ") == "查部门数据：在监测名册上 → 可定：防返贫监测对象");
    CHECK(rest_of(zh, "  2. ") ==
          "问申请人：有法定赡养扶养人（每人）；看证件材料：出生日期（每人） → 可定：特困人员");
    CHECK(rest_of(zh, "  3. ").starts_with("问申请人：城乡类别、计入家庭人口（每人）；授权核对："));
    says(zh, "保障标准（月）：须由设区的市级人民政府设定 → 最低生活保障对象、低保边缘家庭、单人保\n");
    says(zh,
         "  最值得先弄清：财产符合规定（经授权核对）；单凭这一项就可能定下：最低生活保障对象、低保边缘家庭");
    CHECK(std::ranges::count(zh, '\n') <= 25);
}

TEST_CASE("a benefit that hangs on an open category names the category, not all that it hangs on") {
    std::string open = known;
    const std::string income = "  income_month: {value: 1894.00, source: 核对报告, as_of: 2025-06-20}\n";
    open.replace(open.find(income), income.size(), "");
    const Answered a(trial(), open);
    says(text(a, Lang::zh), "保障金：未知（依据 trial@3 一(五)）\n    取决于：最低生活保障对象、家庭月收入");
    says(text(a, Lang::zh), "取决于（甲）：最低生活保障对象、低保边缘家庭");
}

TEST_CASE("a stale fact is said to be too old") {
    std::string stale = known;
    stale.replace(stale.find("as_of: 2025-06-20"), 17, "as_of: 2024-06-20");
    const Answered a(trial(), stale);
    says(text(a, Lang::zh), "家庭月收入：经授权核对（已过时效）");
}

TEST_CASE("a conflict shows what each source says") {
    std::string conflicting = known;
    const std::string one = "{value: 1894.00, source: 核对报告, as_of: 2025-06-20}";
    conflicting.replace(conflicting.find(one), one.size(),
                        "{values: [{value: 1894.00, source: 核对报告}, {value: 2000.00, source: 入户调查}]}");
    const Answered a(trial(), conflicting);
    says(text(a, Lang::zh),
         "家庭月收入：经授权核对（各来源不一致；核对报告 1894.00 元；入户调查 2000.00 元）");
}

TEST_CASE("the JSON holds the same, its fields in one order") {
    const Answered a(trial(), known);
    const std::string written = explanation_json({a.law(), a.told, a.answer, a.pack.pack().title});
    const json::object out = json::parse(written).as_object();
    std::vector<std::string> fields;
    for (const auto& field : out) fields.emplace_back(field.key());
    CHECK(fields == std::vector<std::string>{"case", "region", "as_of", "rules", "replay", "sample",
                                             "ask_first", "missing_facts", "used_facts", "missing",
                                             "questions", "categories", "members", "benefits", "transfers",
                                             "watches"});
    const json::object& guarantee = out.at("categories").at(3).as_object();
    CHECK(guarantee.at("id") == "minimum_living_guarantee");
    CHECK(guarantee.at("verdict") == "yes");
    CHECK(guarantee.at("cite") == "trial@3 一(一)");
    CHECK(guarantee.at("lines").at(0).at("figures").at(0).at("left") == "1894.00");
    CHECK(guarantee.at("confirmed_by").at("title").at("zh") == "县级民政部门");
    CHECK(guarantee.at("clocks").at(0).at("days") == "10");
    CHECK(out.at("benefits").at(0).at("amount") == "2.00");
    CHECK(out.at("benefits").at(1).at("share") == "1");
    CHECK(out.at("members").at(0).at("categories").at(0) == "minimum_living_guarantee");
    CHECK(out.at("replay").at("pack_hash") == "hash");
    CHECK(out.at("transfers").at(0).at("consent") == "needed");
}

TEST_CASE("decimals that do not end are said to be about, with the fraction beside them") {
    CHECK(decimal_of({1894, 3}, 4).text == "631.3333");
    CHECK_FALSE(decimal_of({1894, 3}, 4).is_exact);
    CHECK(decimal_of({-5, 2}, 4).text == "-2.5");
    CHECK(decimal_of({7, 1}, 2).text == "7");
    CHECK(value_in_words(expr::Value::amount({189'400, 3}), nullptr).zh == "约 631.3333 元");
    CHECK(value_in_words(expr::Value::amount({948'00, 1}), nullptr).zh == "948.00 元");
}

}  // namespace
}  // namespace doudi::determine
