// SPDX-License-Identifier: Apache-2.0
// The law that ships: that it loads, and that it says what the notices and the sample's rules say.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "policy/load.h"

namespace doudi::policy {
namespace {

const Policy& shipped() {
    static const Policy policy = [] {
        Loaded<Policy> loaded = load_policy(DOUDI_SOURCE_DIR, "guangdong-2021");
        if (!loaded) {
            for (const Error& error : loaded.error()) MESSAGE(error.message(Lang::en));
        }
        REQUIRE(loaded.has_value());
        return std::move(*loaded);
    }();
    return policy;
}

const Indicator& indicator(std::string_view id) {
    const int index = shipped().pack.indicator_of(id);
    REQUIRE(index >= 0);
    return shipped().pack.indicators[static_cast<std::size_t>(index)];
}

const Dataset& dataset(std::string_view id) {
    const int index = shipped().catalogue.index_of(id);
    REQUIRE(index >= 0);
    return shipped().catalogue.datasets[static_cast<std::size_t>(index)];
}

TEST_CASE(
    "the catalogue holds the two files of the register and what departments send, in the order of ids") {
    const auto& datasets = shipped().catalogue.datasets;
    const auto feeds = std::ranges::count(datasets, DatasetKind::feed, &Dataset::kind);
    CHECK(feeds == 55);
    CHECK(datasets.size() == 57);
    CHECK(std::ranges::is_sorted(datasets, {}, &Dataset::id));
}

TEST_CASE("the twelve indicators of the annex carry their points, 44 in all") {
    const auto& indicators = shipped().pack.indicators;
    CHECK(indicators.size() == 12);
    CHECK(std::accumulate(indicators.begin(), indicators.end(), 0,
                          [](int sum, const Indicator& one) { return sum + one.points; }) == 44);
    CHECK(indicator("disability_change").points == 4);
    CHECK(indicator("chronic_or_major_illness").points == 4);
    CHECK(indicator("school_entry").points == 2);
    CHECK(indicator("college_admission").points == 4);
    CHECK(indicator("accident").points == 4);
    CHECK(indicator("disaster").points == 4);
    CHECK(indicator("unemployment_registration").points == 4);
    CHECK(indicator("social_insurance_stopped").points == 3);
    CHECK(indicator("death").points == 6);
    CHECK(indicator("birth").points == 2);
    CHECK(indicator("marriage_change").points == 1);
    CHECK(indicator("petition_lead").points == 6);
}

TEST_CASE("every element of the pack cites a clause of a pack and its version") {
    const Pack& pack = shipped().pack;
    const auto cited = [](const Citation& cite) {
        return !cite.clause.empty() && !cite.pack.empty() && !cite.version.empty();
    };
    for (const Category& category : pack.law.categories) CHECK_MESSAGE(cited(category.cite), category.id);
    for (const Indicator& one : pack.indicators) CHECK_MESSAGE(cited(one.cite), one.id);
    for (const Level& level : pack.levels) CHECK_MESSAGE(cited(level.cite), level.id);
    for (const MonitoringSwitch& one : pack.monitoring.switches) CHECK_MESSAGE(cited(one.cite), one.id);
    CHECK(cited(pack.monitoring.cite));
    CHECK(indicator("death").cite.text() == "guangdong-2021@1 附件3·一·维度三");
}

TEST_CASE("each level begins at its score: below, at and above") {
    const Pack& pack = shipped().pack;
    struct Row {
        int points;
        std::string_view level;
        int days;
    };
    for (const Row& row : {Row{44, "red", 3}, Row{10, "red", 3}, Row{9, "red", 3}, Row{8, "orange", 5},
                           Row{7, "yellow", 7}, Row{6, "blue", 10}, Row{5, "green", 0}, Row{1, "green", 0}}) {
        const Level* level = pack.level_of(row.points);
        REQUIRE(level != nullptr);
        CHECK(level->id == row.level);
        CHECK(level->working_days.value_or(0) == row.days);
        CHECK((level->channel == Channel::telephone) == (row.level == "green"));
    }
    CHECK(pack.level_of(0) == nullptr);
}

TEST_CASE("events are counted as the sample's table says") {
    for (const std::string_view id :
         {"disability_change", "chronic_or_major_illness", "school_entry", "college_admission", "accident",
          "unemployment_registration", "social_insurance_stopped", "death"}) {
        CHECK_MESSAGE(indicator(id).count == CountPer::person_once, id);
    }
    for (const std::string_view id : {"disaster", "marriage_change", "petition_lead"}) {
        CHECK_MESSAGE(indicator(id).count == CountPer::household_once, id);
    }
    CHECK(indicator("birth").count == CountPer::event);
    CHECK(indicator("birth").take == TakePersons::first_matched);
    CHECK(indicator("marriage_change").take == TakePersons::each);
}

TEST_CASE("reports list the datasets as the annex lists their indicators") {
    std::vector<std::string> ids;
    for (const int index : shipped().pack.datasets_in_order()) {
        ids.push_back(shipped().catalogue.datasets[static_cast<std::size_t>(index)].id);
    }
    CHECK(ids == std::vector<std::string>{
                     "disabled.certificates", "medical.illness_roll", "education.new_pupils",
                     "education.admissions", "police.accidents", "emergency.disasters", "fire.fires",
                     "hr.unemployment_roll", "hr.insurance_stopped", "police.deaths", "health.deaths",
                     "civil.cremations", "health.births", "civil.marriages", "petition.visits"});
}

TEST_CASE("a birth looks for the mother first, then for the father") {
    const IndicatorSource& source = indicator("birth").sources.at(0);
    REQUIRE(source.roles.size() == 2);
    const Dataset& births = dataset("health.births");
    CHECK(births.persons[static_cast<std::size_t>(source.roles[0])].role == "mother");
    CHECK(births.persons[static_cast<std::size_t>(source.roles[1])].role == "father");
}

TEST_CASE(
    "a death has three sources, counts once in a life, cancels the stopped insurance and ends a household") {
    const Indicator& death = indicator("death");
    CHECK(death.sources.size() == 3);
    CHECK(death.sources_needed == 1);
    CHECK(death.once_in_life);
    CHECK(death.ends_household);
    REQUIRE(death.cancels.size() == 1);
    CHECK(shipped().pack.indicators[static_cast<std::size_t>(death.cancels[0])].id ==
          "social_insurance_stopped");
    CHECK_FALSE(indicator("accident").once_in_life);
    CHECK_FALSE(indicator("accident").ends_household);
}

TEST_CASE("conditions stand where the annex or the sample asks for one") {
    std::set<std::string> conditioned;
    for (const Indicator& one : shipped().pack.indicators) {
        for (const IndicatorSource& source : one.sources) {
            CHECK(source.when.has_value() == !source.when_text.empty());
            if (source.when) conditioned.insert(one.id);
        }
    }
    CHECK(conditioned == std::set<std::string>{"college_admission", "social_insurance_stopped",
                                               "unemployment_registration"});
}

TEST_CASE("what tells two events of one person and day apart") {
    const auto keys = [](std::string_view id) {
        std::vector<std::string> fields;
        const Dataset& one = dataset(id);
        for (const int column : one.key_columns)
            fields.push_back(one.columns[static_cast<std::size_t>(column)].field);
        return fields;
    };
    CHECK(keys("health.births") == std::vector<std::string>{"certificate_number"});
    CHECK(keys("hr.insurance_stopped") == std::vector<std::string>{"insurance"});
    CHECK(keys("medical.illness_roll") == std::vector<std::string>{"disease"});
    CHECK(keys("emergency.disasters") == std::vector<std::string>{"disaster_kind"});
    CHECK(keys("police.accidents").empty());
}

TEST_CASE("the unemployment roll is a whole list on which 有效 counts and 注销 takes back") {
    const Dataset& roll = dataset("hr.unemployment_roll");
    CHECK(roll.delivery == Delivery::whole_roll);
    CHECK(roll.complete_scope == "county");
    CHECK(roll.status.column == roll.column_of("status"));
    CHECK(roll.status.counts == std::vector<std::string>{"有效"});
    CHECK(roll.status.takes_back == std::vector<std::string>{"注销"});
    CHECK(dataset("police.accidents").status.column == -1);
    CHECK(dataset("police.accidents").delivery == Delivery::increment);
}

TEST_CASE(
    "only petitions and fee reliefs, whose lists go without numbers, may be matched by name and phone") {
    const std::set<std::string> unnumbered{"broadcasting.television_relief",
                                           "development_reform.electricity_relief", "petition.visits",
                                           "urban_management.waste_relief"};
    for (const Dataset& one : shipped().catalogue.datasets) {
        CHECK((one.without_number == WithoutNumber::name_and_phone) == unnumbered.contains(one.id));
        CHECK(one.future_dated == FutureDated::hold);
    }
}

// Does `other` know a heading of the column?
bool knows(const Dataset& other, const DatasetColumn& column) {
    return std::ranges::any_of(other.columns, [&](const DatasetColumn& known) {
        return std::ranges::any_of(known.headings, [&](const std::string& heading) {
            return std::ranges::find(column.headings, heading) != column.headings.end();
        });
    });
}

bool asks_for_what_the_other_lacks(const Dataset& one, const Dataset& other) {
    return std::ranges::any_of(
        one.columns, [&](const DatasetColumn& column) { return column.required && !knows(other, column); });
}

// A file of A, whatever synonyms it uses and whatever optional columns it has, lacks something that B asks
// for; or it has, always, a heading that B does not know, and all others of B are known to A as well: then it
// has more headings of A than of B, and is read as A.
TEST_CASE("a file of one dataset cannot be read as another") {
    for (const Dataset& a : shipped().catalogue.datasets) {
        for (const Dataset& b : shipped().catalogue.datasets) {
            if (a.id == b.id) continue;
            CHECK_MESSAGE((asks_for_what_the_other_lacks(b, a) || asks_for_what_the_other_lacks(a, b)), a.id,
                          " could be read as ", b.id);
        }
    }
}

TEST_CASE("every identity number's column knows the usual synonyms of its heading") {
    for (const Dataset& one : shipped().catalogue.datasets) {
        for (const DatasetPerson& person : one.persons) {
            const DatasetColumn& column = one.columns[static_cast<std::size_t>(person.id_column)];
            for (const std::string_view usual :
                 {"身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证件号", "社会保障号码"}) {
                const bool known = std::ranges::any_of(
                    column.headings, [&](const std::string& heading) { return heading.ends_with(usual); });
                CHECK_MESSAGE(known, one.id, " ", column.field, " ", usual);
            }
        }
    }
}

TEST_CASE("the six categories of the register's words are known, with the clauses of Guangdong") {
    for (const std::string_view word :
         {"低保对象", "特困人员", "低保边缘家庭", "刚性支出困难家庭", "防止返贫监测对象", "其他困难人员"}) {
        const auto owners =
            std::ranges::count_if(shipped().pack.law.categories, [&](const Category& category) {
                return std::ranges::find(category.register_words, word) != category.register_words.end();
            });
        CHECK_MESSAGE(owners == 1, word);
    }
    for (const Category& category : shipped().pack.law.categories)
        CHECK(category.cite.pack == "guangdong-2021");
}

TEST_CASE("the national pack loads alone and scores nothing") {
    const Loaded<Pack> national =
        load_pack(std::string(DOUDI_SOURCE_DIR) + "/packs", "national", shipped().catalogue);
    REQUIRE(national.has_value());
    CHECK(national->law.categories.size() == 7);
    CHECK(national->indicators.empty());
    CHECK(national->extends.empty());
    CHECK_FALSE(national->can_monitor());
    CHECK(shipped().pack.can_monitor());
    CHECK(packs_that_monitor(DOUDI_SOURCE_DIR, shipped().catalogue) ==
          std::vector<std::string>{"changsha-2025", "chongqing-2024", "guangdong-2021", "jinan-2024",
                                   "shanxi-county"});
    CHECK(shipped().pack.extends == std::vector<std::string>{"national"});
    CHECK(shipped().pack.region_scope == "44");
    CHECK_FALSE(shipped().pack.is_public);
}

}  // namespace
}  // namespace doudi::policy
