// SPDX-License-Identifier: Apache-2.0
#include "monitor/events.h"

#include <doctest/doctest.h>

#include "expr/check.h"
#include "monitor/monitor_test_support.h"
#include "policy/row_schema.h"

namespace doudi::monitor {
namespace {

using namespace testing;

// One dataset with two roles, a status and a kind; one indicator on it.
policy::Policy law_of(std::string when, policy::TakePersons take = policy::TakePersons::each) {
    policy::Policy law;
    policy::Dataset feed = match::testing::dataset({"left", "right"}, {"status", "kind"});
    feed.columns.push_back({"amount", policy::ColumnType::money, {}, false});
    feed.status = {feed.column_of("status"), {"有效"}, {"注销"}};
    law.catalogue.datasets.push_back(feed);
    policy::Indicator one;
    one.id = "one";
    one.take = take;
    policy::IndicatorSource source;
    source.dataset = 0;
    source.roles = {0, 1};
    if (!when.empty()) {
        auto program = expr::compile(when, policy::row_schema(feed), expr::CheckMode::pack_condition);
        REQUIRE_MESSAGE(program, program.error().text.en);
        source.when = std::move(*program);
    }
    one.sources.push_back(std::move(source));
    law.pack.indicators.push_back(std::move(one));
    return law;
}

match::Hit hit(std::uint32_t row, std::uint32_t person, std::uint8_t role = 0, std::uint32_t conditions = 0) {
    match::Hit made;
    made.row = row;
    made.person = person;
    made.role = role;
    made.conditions = conditions;
    made.event_date = on(2025, 5, 1).days();
    return made;
}

struct Told {
    std::vector<Occurrence> occurrences;
    std::vector<DoubtfulEvent> doubtful;
};

Told read(const policy::Policy& law, match::MatchedFile file) {
    Told told;
    EventReader(law, 0).read(file, 9, told.occurrences, told.doubtful);
    return told;
}

match::MatchedFile one_row(match::ConditionInput input) {
    match::MatchedFile file;
    file.conditions.push_back(std::move(input));
    file.hits = {hit(2, 1)};
    return file;
}

TEST_CASE("a status that counts counts, one that takes back takes back, any other or none says nothing") {
    const policy::Policy law = law_of("");
    CHECK(EventReader(law, 0).condition_columns() ==
          std::vector<int>{law.catalogue.datasets[0].column_of("status")});
    const Told counts = read(law, one_row({"有效"}));
    REQUIRE(counts.occurrences.size() == 1);
    CHECK(counts.occurrences[0].effect == Effect::counts);
    CHECK(counts.occurrences[0].person == 1);
    CHECK(counts.occurrences[0].arrival == 9);
    CHECK(counts.occurrences[0].row == 2);
    const Told back = read(law, one_row({"注销"}));
    REQUIRE(back.occurrences.size() == 1);
    CHECK(back.occurrences[0].effect == Effect::takes_back);
    CHECK(read(law, one_row({"停用"})).occurrences.empty());
    CHECK(read(law, one_row({std::nullopt})).occurrences.empty());
}

TEST_CASE("a condition that is true scores, one that is false does not; taking back asks for no condition") {
    const policy::Policy law = law_of("row.kind == \"甲\"");
    CHECK(read(law, one_row({"有效", "甲"})).occurrences.size() == 1);
    CHECK(read(law, one_row({"有效", "乙"})).occurrences.empty());
    CHECK(read(law, one_row({"有效", "乙"})).doubtful.empty());
    CHECK(read(law, one_row({"注销", "乙"})).occurrences.size() == 1);
}

TEST_CASE(
    "a condition on what is not landed is unknown: the event is listed as possible and scores nothing") {
    const policy::Policy law = law_of("has(row.amount) && row.amount > yuan(\"100\")");
    const Told told = read(law, one_row({"有效"}));
    CHECK(told.occurrences.empty());
    REQUIRE(told.doubtful.size() == 1);
    CHECK(told.doubtful[0].fault.empty());
    CHECK(told.doubtful[0].missing == "amount");
    CHECK(told.doubtful[0].person == 1);
    CHECK(read(law, one_row({"停用"})).doubtful.empty());
}

TEST_CASE("a condition that fails scores nothing and goes to a person with its reason") {
    const policy::Policy law = law_of("has(row.kind) && 10 / (size(row.kind) - 1) > 3");
    const Told told = read(law, one_row({"有效", "甲"}));
    CHECK(told.occurrences.empty());
    REQUIRE(told.doubtful.size() == 1);
    CHECK(told.doubtful[0].fault == "zero");
    CHECK(told.doubtful[0].missing.empty());
    CHECK(read(law, one_row({"有效", "甲乙"})).occurrences.size() == 1);
    CHECK(read(law, one_row({"有效", "甲乙丙丁戊"})).doubtful.empty());
}

TEST_CASE("of several persons on a row each is taken, or the first role that matched") {
    match::MatchedFile file;
    file.conditions.push_back({"有效"});
    file.hits = {hit(2, 1, 0), hit(2, 5, 1), hit(3, 6, 1)};
    const auto persons = [&](policy::TakePersons take) {
        std::vector<std::uint32_t> found;
        for (const Occurrence& one : read(law_of("", take), file).occurrences) found.push_back(one.person);
        return found;
    };
    CHECK(persons(policy::TakePersons::each) == std::vector<std::uint32_t>{1, 5, 6});
    CHECK(persons(policy::TakePersons::first_matched) == std::vector<std::uint32_t>{1, 6});
}

TEST_CASE("a dataset on which no indicator hangs tells nothing") {
    policy::Policy law = law_of("");
    law.catalogue.datasets.push_back(law.catalogue.datasets[0]);
    CHECK(EventReader(law, 0).tells_anything());
    CHECK_FALSE(EventReader(law, 1).tells_anything());
}

}  // namespace
}  // namespace doudi::monitor
