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

}  // namespace

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

TEST_CASE("what feeds tell settles no application: determination says what is missing") {
    const Known known_county;
    const RegisterCases all = known_county.office.cases(known_county.law(), half_year);
    const HouseholdFacts known = known_county.of(all.people.households[0].id, half_year.date);
    const auto answer = determine::determine(known_county.law(), known.told, {});
    CHECK(answer.sets.size() == known.people.members.size());
    CHECK_FALSE(answer.missing.empty());
}

}  // namespace doudi::oversight
