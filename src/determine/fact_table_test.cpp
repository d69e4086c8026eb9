// SPDX-License-Identifier: Apache-2.0
// Facts are said once and referred to, so that an answer grows with the household and not with its square.
#include "determine/fact_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "determine/determine_test_support.h"
#include "determine/explain.h"

namespace doudi::determine {
namespace {

namespace json = boost::json;
using test::Answered;
using test::trial;

FactKey of_person(std::string id, int member) {
    return {FactKey::Kind::fact, policy::Subject::person, member, std::move(id)};
}

TEST_CASE("a fact of several people has one row, and is referred to by their places in runs") {
    FactTable table;
    const FactKey income{FactKey::Kind::fact, policy::Subject::household, -1, "income_month"};
    const auto first = table.refer({income, of_person("age", 0), of_person("age", 1), of_person("age", 3)});
    REQUIRE(first.size() == 2);
    CHECK(first[0].row == 0);
    CHECK(first[0].people.empty());
    CHECK(first[1].row == 1);
    CHECK(first[1].people == People{{0, 1}, {3, 3}});
    const auto second = table.refer({of_person("age", 2), of_person("ill", 2), of_person("age", 5)});
    REQUIRE(second.size() == 2);
    CHECK(second[0].row == 1);
    CHECK(second[0].people == People{{2, 2}, {5, 5}});
    CHECK(second[1].row == 2);
    REQUIRE(table.rows().size() == 3);
    CHECK(table.rows()[1].people() == People{{0, 3}, {5, 5}});
    CHECK(table.rows()[0].people().empty());
    CHECK(table.refer(std::vector<FactKey>{}).empty());
}

TEST_CASE("a fact and a parameter of one name have rows of their own") {
    FactTable table;
    const std::vector<FactKey> keys{{FactKey::Kind::fact, policy::Subject::household, -1, "x"},
                                    {FactKey::Kind::parameter, policy::Subject::household, -1, "x"},
                                    {FactKey::Kind::fact, policy::Subject::application, -1, "x"}};
    const auto both = table.refer(keys);
    CHECK(both.size() == 3);
}

TEST_CASE("used facts share a row where value, source, day and reason are one") {
    const auto used = [](int member, bool value, std::string source) {
        UsedFact fact;
        fact.key = of_person("ill", member);
        fact.value = expr::Value::boolean(value);
        fact.source = std::move(source);
        return fact;
    };
    const std::vector<UsedFact> facts{used(0, true, "a"), used(1, true, "a"), used(2, false, "a"),
                                      used(3, true, "b")};
    FactTable table;
    const auto told = table.refer(facts);
    REQUIRE(told.size() == 3);
    CHECK(told[0].people == People{{0, 1}});
    CHECK(told[1].people == People{{2, 2}});
    CHECK(told[2].people == People{{3, 3}});
}

std::string household_of(int members) {
    std::string text = "case: N\nregion: \"441699001001\"\nas_of: 2025-06-30\nhousehold: {}\nmembers:\n";
    for (int i = 0; i < members; ++i) text += "  - {name: 人" + std::to_string(i) + "}\n";
    return text;
}

json::object answer_of(int members) {
    const Answered a(trial(), household_of(members));
    return json::parse(explanation_json({a.law(), a.told, a.answer, a.pack.pack().title})).as_object();
}

std::size_t size_of(int members) {
    const Answered a(trial(), household_of(members));
    return explanation_json({a.law(), a.told, a.answer, a.pack.pack().title}).size();
}

TEST_CASE(
    "of a household of whom nothing is known every missing fact is said once, with the people and the way") {
    const json::object out = answer_of(12);
    const json::array& rows = out.at("missing_facts").as_array();
    std::vector<std::string> names;
    std::int64_t number = 0;
    for (const json::value& row : rows) {
        CHECK(row.at("number") == ++number);
        names.emplace_back(row.at("fact").as_string());
        CHECK_FALSE(row.at("title").at("zh").as_string().empty());
        CHECK_FALSE(row.at("how").at("zh").as_string().empty());
        const json::value& people = row.at("people");
        if (names.back() == "birth_date") CHECK(people == json::parse("[[0,11]]"));
        if (names.back() == "income_month") CHECK(people.is_null());
    }
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
    CHECK(std::ranges::find(names, "birth_date") != names.end());
    CHECK(std::ranges::find(names, "income_month") != names.end());
}

// The numbers of every reference below, with the runs of people.
void check_references(const json::value& value, std::int64_t rows, std::int64_t members, int& count) {
    if (value.is_array()) {
        for (const json::value& one : value.get_array()) check_references(one, rows, members, count);
        return;
    }
    if (!value.is_object()) return;
    const json::object& object = value.get_object();
    if (object.size() == 2 && object.contains("number") && object.contains("people")) {
        ++count;
        CHECK(object.at("number").as_int64() >= 1);
        CHECK(object.at("number").as_int64() <= rows);
        if (object.at("people").is_null()) return;
        for (const json::value& run : object.at("people").as_array()) {
            CHECK(run.at(0).as_int64() <= run.at(1).as_int64());
            CHECK(run.at(1).as_int64() < members);
        }
        return;
    }
    for (const auto& field : object) check_references(field.value(), rows, members, count);
}

TEST_CASE("every reference leads to a row, and to members that there are") {
    const json::object out = answer_of(4);
    const auto rows = static_cast<std::int64_t>(
        std::max(out.at("missing_facts").as_array().size(), out.at("used_facts").as_array().size()));
    int count = 0;
    for (const char* part : {"missing", "questions", "categories", "benefits"})
        check_references(out.at(part), rows, 4, count);
    CHECK(count > 20);
}

TEST_CASE("an answer grows with the household, not with its square") {
    const std::size_t ten = size_of(10);
    const std::size_t forty = size_of(40);
    CHECK(forty < 5 * ten);
}

}  // namespace
}  // namespace doudi::determine
