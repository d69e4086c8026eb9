// SPDX-License-Identifier: Apache-2.0
// The sample county under another law: what the columns say of its register equals what the one-by-one engine
// says of each household, and every total equals the list behind it.
#include "oversight/whatif.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "access/authorisations.h"
#include "determine/determine.h"
#include "oversight/county_test_support.h"

namespace doudi::oversight {

namespace {

const County& the_county() {
    static const County made;
    return made;
}

determine::ToldFacts facts_of(const policy::Law& law, const determine::ManyCases& many, policy::Subject of,
                              std::size_t row) {
    determine::ToldFacts facts;
    for (std::size_t fact = 0; fact < law.facts.size(); ++fact) {
        if (law.facts[fact].of != of || many.facts[fact] == nullptr) continue;
        expr::Value value = determine::value_at(*many.facts[fact], row);
        if (!value.is_unknown())
            facts[law.facts[fact].id] = {.value = std::move(value),
                                         .source = "feed",
                                         .as_of = many.as_of,
                                         .why_unknown = {},
                                         .conflicting = {}};
    }
    return facts;
}

determine::Case case_of(const policy::Law& law, const RegisterCases& register_, std::size_t household) {
    const determine::ManyCases& many = register_.cases;
    determine::Case one;
    one.region = many.places[many.place[household]];
    one.as_of = many.as_of;
    one.application.authorised_on = many.as_of;
    one.household = facts_of(law, many, policy::Subject::household, household);
    for (std::size_t member = household == 0 ? 0 : many.member_ends[household - 1];
         member < many.member_ends[household]; ++member)
        one.members.push_back({std::to_string(member), facts_of(law, many, policy::Subject::person, member)});
    return one;
}

}  // namespace

TEST_CASE("what feeds tell of the sample county gives every household the sets that one application would") {
    const County& office = the_county();
    const policy::Pack pack = pack_of(office.policy.catalogue, "guangdong-2021", half_year.date);
    const RegisterCases read = office.cases(pack.law, half_year);
    CHECK(read.cases.households() == 800);
    CHECK(read.counts.told > 10'000);
    CHECK(read.counts.not_authorised > 0);  // some rows of the sample carry no day of authorisation
    const determine::ManyAnswer many = determine::determine_many(pack.law, read.cases, 2);
    std::size_t decided = 0, row = 0;
    for (std::size_t household = 0; household < 200; ++household) {
        const determine::Case one = case_of(pack.law, read, household);
        const auto answer = determine::determine(pack.law, one, {});
        for (const determine::MemberSet& set : answer.sets) {
            determine::CategoryBits bits = 0;
            for (const int category : set.categories)
                bits |= determine::CategoryBits{1} << static_cast<unsigned>(category);
            CHECK(bits == many.sets[row++]);
            decided += bits != 0 ? 1 : 0;
        }
    }
    CHECK(decided > 100);
}

TEST_CASE("a higher standard takes people in, and every total is the list behind it") {
    const County& office = the_county();
    const policy::Pack before = pack_of(office.policy.catalogue, "guangdong-2021", half_year.date);
    policy::Pack after = before;
    REQUIRE(set_parameter(after.law, "mlg_standard_month=+5%", half_year));
    const RegisterCases read = office.cases(before.law, half_year);
    const WhatIf answer = what_if({&before, &read.cases}, {&after, &read.cases}, 2);
    CHECK(answer.sample);
    CHECK(answer.members == read.people.members.size());
    for (std::size_t category = 0; category < answer.categories.size(); ++category) {
        const CategoryTotals& totals = answer.categories[category];
        const auto steps = [&](Step step) {
            return static_cast<std::uint64_t>(std::ranges::count_if(answer.moves, [&](const Move& move) {
                return move.category == static_cast<int>(category) && move.step == step;
            }));
        };
        INFO(totals.id);
        CHECK(steps(Step::entered) == totals.entered);
        CHECK(steps(Step::left) == totals.left);
    }
    const auto guarantee =
        std::ranges::find(answer.categories, "minimum_living_guarantee", &CategoryTotals::id);
    CHECK(guarantee->entered > 0);
    CHECK(guarantee->left == 0);
    CHECK(guarantee->after == guarantee->before + guarantee->entered);
    const determine::ManyAnswer now = determine::determine_many(before.law, read.cases, 2);
    const determine::ManyAnswer then = determine::determine_many(after.law, read.cases, 2);
    std::uint64_t households = 0, first = 0;
    for (const std::uint64_t end : read.cases.member_ends) {
        const auto same = std::equal(now.sets.begin() + static_cast<std::ptrdiff_t>(first),
                                     now.sets.begin() + static_cast<std::ptrdiff_t>(end),
                                     then.sets.begin() + static_cast<std::ptrdiff_t>(first));
        households += same ? 0 : 1;
        first = end;
    }
    CHECK(households > 0);
    CHECK(answer.households_changed == households);
    for (const Move& move : answer.moves) {
        if (move.category != guarantee - answer.categories.begin() || move.step != Step::entered) continue;
        REQUIRE(move.cause >= 0);
        CHECK(answer.causes[static_cast<std::size_t>(move.cause)].clause.starts_with("guangdong-2021@"));
    }
    const auto allowance =
        std::ranges::find(answer.benefits, "minimum_living_guarantee_allowance", &BenefitTotals::id);
    REQUIRE(allowance != answer.benefits.end());
    CHECK(allowance->fen_after > allowance->fen_before);
}

TEST_CASE("the same law changes nobody; another city's differs by clause") {
    const County& office = the_county();
    const policy::Pack own = pack_of(office.policy.catalogue, "guangdong-2021", half_year.date);
    const RegisterCases read = office.cases(own.law, half_year);
    const WhatIf same = what_if({&own, &read.cases}, {&own, &read.cases}, 1);
    CHECK(same.moves.empty());
    CHECK(same.shifts.empty());
    CHECK(same.households_changed == 0);

    const policy::Pack other = pack_of(office.policy.catalogue, "shanxi-county", half_year.date);
    const RegisterCases for_other = office.cases(other.law, half_year);
    const WhatIf differs = what_if({&own, &read.cases}, {&other, &for_other.cases}, 2);
    CHECK_FALSE(differs.moves.empty());
}

TEST_CASE("means that were checked too long ago are unknown, and nobody is out for that") {
    const County& office = the_county();
    const AsOf day{half_year.date + 185};  // the check's term is 183 days from 2025-06-16
    const policy::Pack pack = pack_of(office.policy.catalogue, "guangdong-2021", day.date);
    const RegisterCases fresh = office.cases(pack.law, {*Date::from_ymd(2025, 12, 16)});
    const int income = pack.law.fact_of(policy::Subject::household, "income_month");
    const auto known = [&](const RegisterCases& read) {
        std::size_t count = 0;
        const expr::FactColumn& column = *read.cases.facts[static_cast<std::size_t>(income)];
        for (std::size_t row = 0; row < read.cases.households(); ++row)
            count += determine::value_at(column, row).is_value() ? 1 : 0;
        return count;
    };
    CHECK(known(fresh) > 700);                                                   // the last day of the term
    CHECK(known(office.cases(pack.law, {*Date::from_ymd(2025, 12, 17)})) == 0);  // the day after
    const determine::ManyAnswer many =
        determine::determine_many(pack.law, office.cases(pack.law, {*Date::from_ymd(2025, 12, 17)}).cases, 1);
    const int guarantee = pack.law.category_of("minimum_living_guarantee");
    for (const expr::Truth verdict : many.categories[static_cast<std::size_t>(guarantee)].verdict)
        CHECK(verdict == expr::Truth::unknown);
}

TEST_CASE("an asset fact whose authorisation its person has revoked is not read, from that day on") {
    const County office;
    const Date revoked_on = half_year.date + 10;
    const policy::Pack pack = pack_of(office.policy.catalogue, "guangdong-2021", revoked_on);
    const int income = pack.law.fact_of(policy::Subject::household, "income_month");
    const auto known = [&](Date day, std::size_t household) {
        const RegisterCases read = office.cases(pack.law, {day});
        return determine::value_at(*read.cases.facts[static_cast<std::size_t>(income)], household).is_value();
    };
    REQUIRE(known(revoked_on, 0));
    const RegisterCases before = office.cases(pack.law, {revoked_on});
    // Each adult of the first household signs; that the paper is of the day which the rows name is enough.
    auto& database = office.store->database();
    access::SecurityRules rules;
    rules.adult_years = 18;
    rules.authorisation_longest_months = 36;
    const SystemClock clock;
    std::vector<std::uint64_t> papers;
    for (std::size_t member = 0; member < before.cases.member_ends[0]; ++member) {
        access::Authorisation paper;
        paper.person = before.people.members[member].id;
        paper.signer = paper.person;
        paper.scope = access::whole_check;
        paper.signed_on = paper.from = half_year.date - 60;
        paper.until = half_year.date + 300;
        const auto id = access::record_authorisation(database, nullptr, rules, {}, clock, paper,
                                                     {.on = half_year.date - 10000});
        REQUIRE(id.has_value());
        papers.push_back(*id);
    }
    REQUIRE(known(revoked_on, 0));
    for (const std::uint64_t id : papers)
        REQUIRE(access::revoke_authorisation(database, id, revoked_on).has_value());
    CHECK(known(revoked_on + -1, 0));
    CHECK_FALSE(known(revoked_on, 0));
    CHECK(known(revoked_on, 1));
    const RegisterCases after = office.cases(pack.law, {revoked_on});
    CHECK(after.counts.not_authorised > before.counts.not_authorised);
    CHECK(after.counts.told < before.counts.told);
}

namespace {

// The county where the verification centre's claim to hold the papers is not accepted: only recorded ones
// count.
struct StrictCounty {
    County office;
    policy::DatasetCatalogue catalogue = office.policy.catalogue;
    policy::Pack pack = pack_of(catalogue, "guangdong-2021", half_year.date);
    int income = pack.law.fact_of(policy::Subject::household, "income_month");

    StrictCounty() {
        for (policy::Dataset& dataset : catalogue.datasets) dataset.sender_holds_papers = false;
    }
    [[nodiscard]] RegisterCases read(Date day) const {
        auto cases = read_register_cases(*office.store, catalogue, pack.law, {day});
        REQUIRE(cases.has_value());
        return std::move(*cases);
    }
    [[nodiscard]] bool known(Date day) const {
        const RegisterCases cases = read(day);
        return determine::value_at(*cases.cases.facts[static_cast<std::size_t>(income)], 0).is_value();
    }
    [[nodiscard]] std::vector<KeptApart> kept(Date day) const {
        auto rows = read_kept_apart(*office.store, catalogue, pack.law, {day});
        REQUIRE(rows.has_value());
        return std::move(*rows);
    }
    // A paper of one member of the first household.
    std::uint64_t sign(const registry::Member& member, Date from, Date until) {
        access::SecurityRules rules;
        rules.adult_years = 18;
        rules.authorisation_longest_months = 36;
        access::Authorisation paper;
        paper.person = paper.signer.emplace(member.id);
        paper.scope = access::whole_check;
        paper.signed_on = paper.from = from;
        paper.until = until;
        const auto id = access::record_authorisation(office.store->database(), nullptr, rules, {},
                                                     SystemClock(), paper, {.on = from - 10000});
        REQUIRE(id.has_value());
        return *id;
    }
};

}  // namespace

TEST_CASE("no asset fact enters without a recorded paper, and the rows are kept apart until it comes") {
    StrictCounty strict;
    const Date checked_on = *Date::from_ymd(2025, 6, 16);
    const Date day = half_year.date;
    const RegisterCases before = strict.read(day);
    const std::size_t members = before.cases.member_ends[0];
    REQUIRE(members > 1);
    CHECK_FALSE(strict.known(day));
    const auto all_apart = strict.kept(day);
    CHECK(all_apart.size() == before.counts.not_authorised);
    const auto of_first = [&](const std::vector<KeptApart>& rows) {
        return std::ranges::count_if(rows, [&](const KeptApart& one) {
            return one.household == before.people.households[0].id && one.fact == "income_month";
        });
    };
    CHECK(of_first(all_apart) > 0);
    CHECK(all_apart.front().row > 0);
    CHECK_FALSE(all_apart.front().file_name.empty());
    CHECK(all_apart.front().why == access::AuthorisationAnswer::none);

    // All but one sign: what is told of the household says something of that one too.
    std::vector<std::uint64_t> papers;
    for (std::size_t at = 0; at + 1 < members; ++at)
        papers.push_back(strict.sign(before.people.members[at], checked_on, day + 60));
    CHECK_FALSE(strict.known(day));
    // The last paper is of the day after the check: that was made without it.
    (void)strict.sign(before.people.members[members - 1], checked_on + 1, day + 60);
    CHECK_FALSE(strict.known(day));
    // And now of the day itself.
    papers.push_back(strict.sign(before.people.members[members - 1], checked_on, day + 60));
    CHECK(strict.known(day));
    CHECK(of_first(strict.kept(day)) == 0);
    CHECK(strict.kept(day).size() < all_apart.size());
    // Its last day, and the day on which it has ended.
    CHECK(strict.known(day + 59));
    CHECK_FALSE(strict.known(day + 60));
    // One of them revokes.
    REQUIRE(
        access::revoke_authorisation(strict.office.store->database(), papers.front(), day + 5).has_value());
    CHECK(strict.known(day + 4));
    CHECK_FALSE(strict.known(day + 5));
    const auto revoked = strict.kept(day + 5);
    CHECK(std::ranges::any_of(
        revoked, [](const KeptApart& one) { return one.why == access::AuthorisationAnswer::revoked; }));
}

}  // namespace doudi::oversight
