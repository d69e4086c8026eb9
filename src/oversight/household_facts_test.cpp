// SPDX-License-Identifier: Apache-2.0
// What is known of one household is what the columns of the whole register say of it, on every day; with who
// told it and until when it counts.
#include "oversight/household_facts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "determine/determine.h"
#include "expr/value.h"
#include "oversight/county_test_support.h"
#include "oversight/row_facts.h"

namespace doudi::oversight {

namespace {

struct Known {
    County office;

    Known() { office.policy.pack = pack_of(office.policy.catalogue, "guangdong-2021", half_year.date); }
    [[nodiscard]] HouseholdFacts of(HouseholdId household, Date day) const {
        auto read = read_household_facts(*office.store, office.policy, AsOf{day}, household);
        REQUIRE(read.has_value());
        return std::move(*read);
    }
    [[nodiscard]] const policy::Law& law() const { return office.policy.pack.law; }
};

// The word that counts of one fact of one subject; null: none does.
const HouseholdFact* counting(const HouseholdFacts& known, std::string_view fact,
                              std::optional<PersonId> person) {
    const auto found = std::ranges::find_if(known.facts, [&](const HouseholdFact& one) {
        return one.definition->id == fact && one.person == person && one.standing == FactStanding::counts;
    });
    return found == known.facts.end() ? nullptr : &*found;
}

// How many facts of the register the columns know, each of which one household's answer has too and no other.
std::size_t agrees(const Known& known_county, const RegisterCases& all, std::uint32_t household,
                   const HouseholdFacts& known) {
    std::size_t compared = 0;
    const auto compare = [&](std::size_t fact, std::size_t row, std::optional<PersonId> person) {
        const auto* column = all.cases.facts[fact];
        const auto& definition = known_county.law().facts[fact];
        const auto* one = counting(known, definition.id, person);
        const auto value = column == nullptr ? expr::Value::unknown(std::vector<expr::FactId>{})
                                             : determine::value_at(*column, row);
        CHECK_MESSAGE(value.is_unknown() == (one == nullptr), definition.id);
        if (one != nullptr) CHECK_MESSAGE(expr::same_answer(value, one->value), definition.id);
        compared += one != nullptr ? 1 : 0;
    };
    const std::size_t begin = household == 0 ? 0 : all.cases.member_ends[household - 1];
    for (std::size_t fact = 0; fact < known_county.law().facts.size(); ++fact) {
        const auto& definition = known_county.law().facts[fact];
        if (definition.is || definition.of == policy::Subject::application) continue;
        if (definition.of == policy::Subject::household) {
            compare(fact, household, std::nullopt);
            continue;
        }
        for (std::size_t row = begin; row < all.cases.member_ends[household]; ++row)
            compare(fact, row, all.people.members[row].id);
    }
    return compared;
}

using Visit = policy::FactSource::Visit;

// A member of whom the roll of illnesses says that there is none, and somebody who goes there.
struct Door {
    Known county;
    HouseholdId household;
    PersonId person;

    Door() {
        const RegisterCases all = county.office.cases(county.law(), half_year);
        for (const registry::Household& one : all.people.households) {
            const HouseholdFacts known = county.of(one.id, half_year.date);
            for (const registry::Member& member : known.people.members) {
                const HouseholdFact* told = counting(known, "chronic_illness", member.id);
                if (told == nullptr || told->source == nullptr || told->value.as_boolean()) continue;
                household = one.id;
                person = member.id;
                return;
            }
        }
        FAIL("nobody of whom the roll says that there is no illness");
    }
    void rule(std::string_view fact, Visit visit) {
        for (policy::FactDefinition& one : county.office.policy.pack.law.facts)
            if (one.id == fact) one.get.visit = visit;
    }
    [[nodiscard]] VisitFinding found(std::string fact, std::string value, int later) const {
        return {std::move(fact), person, std::move(value), half_year.date + later, {12, "第一镇"}};
    }
    [[nodiscard]] HouseholdFacts read(const std::vector<VisitFinding>& findings, int later = 0) const {
        auto read = read_household_facts(*county.office.store, county.office.policy,
                                         AsOf{half_year.date + later}, household, findings);
        REQUIRE(read.has_value());
        return std::move(*read);
    }
    // How a fact of the person stands: as the department told it, and as it was found.
    struct Stand {
        std::vector<FactStanding> told, found;
    };
    [[nodiscard]] Stand standings(const HouseholdFacts& known, std::string_view fact) const {
        Stand stand;
        for (const HouseholdFact& one : known.facts) {
            if (one.definition->id != fact || (one.person && one.person != person)) continue;
            CHECK((one.source == nullptr) == one.found.has_value());
            (one.found ? stand.found : stand.told).push_back(one.standing);
        }
        return stand;
    }
    [[nodiscard]] const determine::ToldFact* in_case(const HouseholdFacts& known,
                                                     std::string_view fact) const {
        for (const determine::CaseMember& member : known.told.members) {
            if (member.name != std::to_string(person.value())) continue;
            const auto told = member.facts.find(fact);
            return told == member.facts.end() ? nullptr : &told->second;
        }
        return nullptr;
    }
};

using Standings = std::vector<FactStanding>;

}  // namespace

TEST_CASE("of a whole roll the newest delivery counts, also where an older one was read again since") {
    policy::Dataset dataset;
    dataset.id = "roll";
    dataset.delivery = policy::Delivery::whole_roll;
    const auto arrived = [](std::uint32_t id, int month) {
        match::StoredArrival one;
        one.id = FileId(id);
        one.arrival.dataset = "roll";
        one.arrival.as_of = AsOf{*Date::from_ymd(2025, month, 30)};
        one.arrival.segment = "landed";
        return one;
    };
    const auto counting = [&dataset](std::vector<match::StoredArrival> all) {
        std::vector<std::uint32_t> ids;
        for (const match::StoredArrival* one : counting_arrivals(dataset, all))
            ids.push_back(one->id.value());
        return ids;
    };
    using Ids = std::vector<std::uint32_t>;
    CHECK(counting({arrived(1, 6), arrived(2, 9), arrived(3, 9)}) == Ids{2, 3});
    CHECK(counting({arrived(1, 9), arrived(2, 6)}) == Ids{1});
    dataset.delivery = policy::Delivery::increment;
    CHECK(counting({arrived(1, 9), arrived(2, 6)}) == Ids{1, 2});
}

TEST_CASE("one household's facts are those that the whole register's columns have of it") {
    const Known known_county;
    for (const int later : {0, 60, 121, 200, 400}) {
        const Date day = half_year.date + later;
        const RegisterCases all = known_county.office.cases(known_county.law(), {day});
        std::size_t compared = 0;
        for (std::uint32_t household = 0; household < std::min<std::size_t>(30, all.people.households.size());
             ++household)
            compared += agrees(known_county, all, household,
                               known_county.of(all.people.households[household].id, day));
        CHECK(compared > 100);
    }
}

TEST_CASE("each fact says who told it, by which row, and until when it counts") {
    const Known known_county;
    const RegisterCases all = known_county.office.cases(known_county.law(), half_year);
    std::set<FactStanding> seen;
    for (std::size_t n = 0; n < 60; ++n) {
        const HouseholdFacts known = known_county.of(all.people.households[n].id, half_year.date);
        for (const HouseholdFact& fact : known.facts) {
            seen.insert(fact.standing);
            REQUIRE(fact.source != nullptr);
            CHECK(fact.as_of <= half_year.date);
            CHECK(fact.file_name.empty() == (fact.row == 0));
            if (fact.standing == FactStanding::counts && fact.good_until)
                CHECK(*fact.good_until >= half_year.date);
            if (fact.standing == FactStanding::not_authorised) {
                CHECK(fact.value.is_unknown());
                CHECK(fact.unsigned_by.has_value());
            } else {
                CHECK_FALSE(fact.value.is_unknown());
            }
        }
    }
    CHECK(seen.contains(FactStanding::counts));
}

TEST_CASE("a fact is stale on the day after its last, and then determination lacks it") {
    const Known known_county;
    const RegisterCases all = known_county.office.cases(known_county.law(), half_year);
    const HouseholdId household = all.people.households[0].id;
    const HouseholdFacts now = known_county.of(household, half_year.date);
    const auto with_term = std::ranges::find_if(now.facts, [](const HouseholdFact& one) {
        return one.good_until && one.standing == FactStanding::counts && one.person;
    });
    REQUIRE(with_term != now.facts.end());
    const std::string id = with_term->definition->id;
    const auto person = with_term->person;
    const Date last = *with_term->good_until;
    CHECK(counting(known_county.of(household, last), id, person) != nullptr);
    const HouseholdFacts after = known_county.of(household, last + 1);
    CHECK(counting(after, id, person) == nullptr);
    CHECK(std::ranges::any_of(after.facts, [&](const HouseholdFact& one) {
        return one.definition->id == id && one.person == person && one.standing == FactStanding::stale;
    }));
    const auto told_in_case = [&](const HouseholdFacts& known) {
        return std::ranges::any_of(known.told.members, [&](const determine::CaseMember& member) {
            return member.name == std::to_string(person->value()) && member.facts.contains(id);
        });
    };
    CHECK(told_in_case(now));
    CHECK_FALSE(told_in_case(after));
}

TEST_CASE("what a visit found never takes the place of what a department told: the fact's rule says") {
    using enum FactStanding;
    Door door;
    const std::vector<VisitFinding> findings{door.found("chronic_illness", "true", 5)};

    door.rule("chronic_illness", Visit::doubts);
    HouseholdFacts known = door.read(findings, 10);
    CHECK(door.standings(known, "chronic_illness").told == Standings{conflict});
    CHECK(door.standings(known, "chronic_illness").found == Standings{conflict});
    REQUIRE(door.in_case(known, "chronic_illness") != nullptr);
    CHECK(door.in_case(known, "chronic_illness")->value.is_unknown());
    CHECK(door.in_case(known, "chronic_illness")->conflicting.size() == 2);

    door.rule("chronic_illness", Visit::yields);
    known = door.read(findings, 10);
    CHECK(door.standings(known, "chronic_illness").told == Standings{counts});
    CHECK(door.standings(known, "chronic_illness").found == Standings{beside});
    CHECK_FALSE(door.in_case(known, "chronic_illness")->value.as_boolean());

    door.rule("chronic_illness", Visit::newest);
    known = door.read(findings, 10);
    CHECK(door.standings(known, "chronic_illness").told == Standings{superseded});
    CHECK(door.standings(known, "chronic_illness").found == Standings{counts});
    CHECK(door.in_case(known, "chronic_illness")->value.as_boolean());
    known = door.read({door.found("chronic_illness", "true", -1)}, 10);  // before the roll was delivered
    CHECK(door.standings(known, "chronic_illness").told == Standings{counts});
    CHECK(door.standings(known, "chronic_illness").found == Standings{superseded});
    known = door.read({door.found("chronic_illness", "true", 0)}, 10);  // on its very day
    CHECK(door.standings(known, "chronic_illness").told == Standings{conflict});
}

TEST_CASE("what a visit and a department say alike counts twice and conflicts with nothing") {
    using enum FactStanding;
    const Door door;
    const HouseholdFacts known = door.read({door.found("chronic_illness", "false", 5)}, 10);
    CHECK(door.standings(known, "chronic_illness").told == Standings{counts});
    CHECK(door.standings(known, "chronic_illness").found == Standings{counts});
}

TEST_CASE("of several visits the last counts, until its term; two of one day that differ are no word") {
    using enum FactStanding;
    const Door door;
    const VisitFinding lost = door.found("employed", "false", 0);
    const VisitFinding back = door.found("employed", "true", 3);
    HouseholdFacts known = door.read({lost, back}, 10);
    CHECK(door.standings(known, "employed").found == Standings{counts, superseded});
    CHECK(door.in_case(known, "employed")->value.as_boolean());
    CHECK(door.in_case(known, "employed")->source == "入户走访（第 12 号办件）");
    CHECK(door.standings(door.read({lost}, 183), "employed").found == Standings{counts});
    known = door.read({lost}, 184);
    CHECK(door.standings(known, "employed").found == Standings{stale});
    CHECK(door.in_case(known, "employed") == nullptr);
    VisitFinding other = back;
    other.on = lost.on;
    known = door.read({lost, other}, 10);
    CHECK(door.standings(known, "employed").found == Standings{conflict, conflict});
    CHECK(door.in_case(known, "employed")->value.is_unknown());
}

TEST_CASE("the register's silence is no word against what was found") {
    using enum FactStanding;
    const Door door;
    const HouseholdFacts known = door.read({door.found("absence", "prison", 0)});
    CHECK(door.standings(known, "absence").told.empty());
    CHECK(door.standings(known, "absence").found == Standings{counts});
    CHECK(door.in_case(known, "absence")->value.as_text() == "prison");
}

TEST_CASE("an income heard at the door enters under a signed paper alone, and is not shown before") {
    const Door door;
    VisitFinding heard = door.found("income_month", "120000", 0);
    heard.person.reset();
    const HouseholdFacts known = door.read({heard});
    const auto fact =
        std::ranges::find_if(known.facts, [](const HouseholdFact& one) { return one.found.has_value(); });
    REQUIRE(fact != known.facts.end());
    CHECK(fact->standing == FactStanding::not_authorised);
    CHECK(fact->value.is_unknown());
    CHECK(fact->unsigned_by.has_value());
}

TEST_CASE("a finding of a day to come, of nobody of the house or without a value is none") {
    const Door door;
    VisitFinding stranger = door.found("employed", "false", 0);
    stranger.person = PersonId(4'000'000'000);
    const HouseholdFacts known =
        door.read({stranger, door.found("employed", "false", 1), door.found("employed", "perhaps", 0),
                   door.found("income_per_head_month", "1", 0)});
    CHECK(std::ranges::none_of(known.facts, [](const HouseholdFact& one) { return one.found.has_value(); }));
}

TEST_CASE("what feeds tell settles no application: determination says what is missing") {
    const Known known_county;
    const RegisterCases all = known_county.office.cases(known_county.law(), half_year);
    const HouseholdFacts known = known_county.of(all.people.households[0].id, half_year.date);
    const auto answer = determine::determine(known_county.law(), known.told, {});
    CHECK(answer.sets.size() == known.people.members.size());
    CHECK_FALSE(answer.missing.empty());
}

}  // namespace doudi::oversight
