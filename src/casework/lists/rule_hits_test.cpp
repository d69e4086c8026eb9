// SPDX-License-Identifier: Apache-2.0
// What rules find for those who audit: at the line and on either side of it; and that a look at it is kept
// once.
#include "casework/lists/rule_hits.h"

#include <algorithm>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using repository::ListedCase;

const HouseholdId home{5};
const PersonId someone{7};
const PersonId another{8};
const policy::CategoryOrder exclusive{{"minimum_living_guarantee", "special_hardship"}, {}};

ListedCase row(std::uint64_t id, std::optional<PersonId> person = std::nullopt,
               HouseholdId household = home) {
    ListedCase one;
    one.row.head.id = CaseId(id);
    one.row.head.machine = "m";
    one.row.head.household = household;
    one.row.head.person = person;
    one.household = "LC" + std::to_string(household.value());
    return one;
}

PaidNow paid(std::uint64_t id, std::string_view set_on, std::string category = "minimum_living_guarantee",
             std::optional<PersonId> person = std::nullopt, HouseholdId household = home) {
    return {
        row(id, person, household), {day(set_on), Money::fen(50000), std::move(category), 2}, day(set_on)};
}

DeathTold death(std::string_view on) {
    return {row(90, someone), day(on), "卫健", 1};
}

CaseEvent event(int number, std::string_view on, Fields fields, std::vector<std::string> marks) {
    CaseEvent one;
    one.number = number;
    one.move = "x";
    one.on = day(on);
    one.fields = std::move(fields);
    one.marks = std::move(marks);
    return one;
}

std::vector<std::string> keys(const std::vector<RuleHit>& hits) {
    std::vector<std::string> all;
    for (const RuleHit& hit : hits) all.push_back(hit.key);
    return all;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "a payment that was set before a death and goes on is found; one set on its day or after it is not") {
    const std::vector deaths{death("2025-06-20")};
    CHECK(keys(paid_after_death(std::vector{paid(1, "2025-06-19")}, deaths)) == Keys{"dead_paid/90/1/2"});
    CHECK(paid_after_death(std::vector{paid(1, "2025-06-20")}, deaths).empty());
    CHECK(paid_after_death(std::vector{paid(1, "2025-06-21")}, deaths).empty());
    CHECK(paid_after_death(std::vector{paid(1, "2025-01-01")}, {}).empty());
    const auto hit =
        paid_after_death(std::vector{paid(1, "2025-06-19", "minimum_living_guarantee", someone)}, deaths);
    REQUIRE(hit.size() == 1);
    CHECK(hit.front().person == someone);
    REQUIRE(hit.front().sources.size() == 2);
    CHECK(hit.front().sources[0].on == day("2025-06-20"));
    CHECK(hit.front().sources[0].told == "卫健");
    CHECK(hit.front().sources[1].amount == Money::fen(50000));
    SUBCASE("what is paid to another of the household, or to another household, is not found") {
        CHECK(
            paid_after_death(std::vector{paid(1, "2025-06-19", "minimum_living_guarantee", another)}, deaths)
                .empty());
        CHECK(paid_after_death(std::vector{paid(1, "2025-06-19", "minimum_living_guarantee", std::nullopt,
                                                HouseholdId(6))},
                               deaths)
                  .empty());
    }
}

TEST_CASE("two payments of one kind, or of two that exclude each other, are found in one household") {
    const auto found = [](std::vector<PaidNow> all, std::map<PersonId, HouseholdId> homes = {}) {
        return keys(paid_twice(exclusive, all, homes));
    };
    const std::string one = "minimum_living_guarantee";
    const std::string other = "special_hardship";
    CHECK(found({paid(1, "2025-01-01", one)}).empty());
    CHECK(found({paid(2, "2025-01-01", one), paid(1, "2025-01-01", one)}) == Keys{"paid_twice/1/2"});
    CHECK(found({paid(1, "2025-01-01", one), paid(2, "2025-01-01", other)}) == Keys{"paid_twice/1/2"});
    CHECK(found({paid(1, "2025-01-01", one), paid(2, "2025-01-01", "orphan_allowance")}).empty());
    CHECK(found({paid(1, "2025-01-01", one), paid(2, "2025-01-01", one, std::nullopt, HouseholdId(6))})
              .empty());
    CHECK(found({paid(1, "2025-01-01", one, someone), paid(2, "2025-01-01", one, another)}).empty());
    CHECK(found({paid(1, "2025-01-01", one, someone), paid(2, "2025-01-01", one)}) == Keys{"paid_twice/1/2"});
    SUBCASE("whoever moved takes their payment along to the household where they live now") {
        const std::vector both{paid(1, "2025-01-01", one, someone),
                               paid(2, "2025-01-01", one, std::nullopt, HouseholdId(6))};
        CHECK(found(both).empty());
        CHECK(found(both, {{someone, HouseholdId(6)}}) == Keys{"paid_twice/1/2"});
        CHECK(found(both, {{someone, HouseholdId()}}).empty());  // they left the register
    }
}

TEST_CASE("one account for two households is found, unless their words say that it is in order") {
    const policy::RouteElement& rule =
        *shipped("guangdong-2021").pack.law.route_of("findings", "same_account");
    const auto into = [](std::uint64_t id, unsigned household, std::string number, std::string whose = "own",
                         std::optional<PersonId> person = std::nullopt) {
        PaidNow one = paid(id, "2025-01-01", "minimum_living_guarantee", person, HouseholdId(household));
        one.account = AccountTold{3, "****" + number.substr(number.size() - 4), std::move(whose)};
        one.number = std::move(number);
        return one;
    };
    using Homes = std::map<PersonId, HouseholdId>;
    const auto found = [&](const std::vector<PaidNow>& all, const Homes& homes = {}) {
        std::vector<std::uint64_t> cases;
        for (const RuleHit& hit : same_account(rule, all, homes))
            for (const HitSource& source : hit.sources) cases.push_back(source.of.value());
        return cases;
    };
    using Cases = std::vector<std::uint64_t>;
    const std::string one = "6228480000000000018";
    const std::string other = "6217990000000000018";  // it ends alike
    CHECK(found({into(1, 5, one)}).empty());
    CHECK(found({into(2, 6, one), into(1, 5, one)}) == Cases{1, 2});
    CHECK(found({into(1, 5, one), into(2, 5, one)}).empty());  // one household twice
    CHECK(found({into(1, 5, one), into(2, 6, other)}).empty());
    CHECK(found({into(1, 5, one), into(2, 6, one), into(3, 7, one)}) == Cases{1, 2, 3});
    CHECK(found({into(1, 5, one), into(2, 6, one), into(3, 7, other), into(4, 8, other)}).size() == 4);
    for (const char* word : {"joint", "guardian", "institution"}) {
        CHECK_MESSAGE(found({into(1, 5, one), into(2, 6, one, word)}).empty(), word);
        CHECK(found({into(1, 5, one), into(2, 6, one), into(3, 7, one, word)}) == Cases{1, 2});
    }
    SUBCASE("of which none is known is compared with nothing") {
        PaidNow unknown = into(2, 6, one);
        unknown.account.reset();
        CHECK(found({into(1, 5, one), unknown}).empty());
        PaidNow gone = into(2, 6, one);
        gone.number.clear();  // with the key of whom it is about
        PaidNow too = gone;
        too.row.row.head.household = HouseholdId(7);
        CHECK(found({gone, too}).empty());
    }
    SUBCASE("whose household is not known is not known to be of another") {
        PaidNow alone = into(2, 6, one);
        alone.row.row.head.household.reset();
        CHECK(found({into(1, 5, one), alone}).empty());
        CHECK(found({into(1, 5, one), alone, into(3, 7, one)}) == Cases{1, 2, 3});
    }
    SUBCASE("whoever moved takes their payment along: with their household it is one, away from it two") {
        CHECK(found({into(1, 5, one, "own", someone), into(2, 6, one)}, {{someone, HouseholdId(6)}}).empty());
        CHECK(found({into(1, 5, one, "own", someone), into(2, 5, one)}, {{someone, HouseholdId(6)}}) ==
              Cases{1, 2});
    }
    SUBCASE("it names the cases, the steps that told it and four digits; its key holds no digit of it") {
        const auto hits = same_account(rule, std::vector{into(2, 6, one), into(1, 5, one)}, {});
        REQUIRE(hits.size() == 1);
        CHECK(hits.front().about.row.head.id == CaseId(1));
        CHECK(hits.front().key.starts_with("same_account/1/"));
        CHECK(hits.front().key.find("0018") == std::string::npos);
        CHECK(hits.front().key.size() <= 100);
        for (const HitSource& source : hits.front().sources) {
            CHECK(source.event == 3);
            CHECK(source.account == "****0018");
            CHECK(source.amount == Money::fen(50000));
        }
        auto anew = std::vector{into(1, 5, one), into(2, 6, one)};
        CHECK(same_account(rule, anew, {}).front().key == hits.front().key);
        anew.back().account->event = 4;  // told anew: it is another finding
        CHECK(same_account(rule, anew, {}).front().key != hits.front().key);
    }
}

TEST_CASE("nothing is paid before it begins, while it is held, and once it has ended") {
    std::vector events{event(1, "2025-01-02", {{"category", {"minimum_living_guarantee"}}}, {"granted"})};
    const auto now = [&] { return paid_now(row(1), events, day("2025-06-30")); };
    CHECK_FALSE(now());
    events.push_back(event(2, "2025-02-01", {{"amount", {"50000"}}}, {"payment_begun", "amount_set"}));
    REQUIRE(now());
    CHECK(now()->set_on == day("2025-02-01"));
    CHECK(now()->paid.category == "minimum_living_guarantee");
    CHECK_FALSE(paid_now(row(1), events, day("2025-01-31")));
    CHECK(paid_now(row(1), events, day("2025-02-01")));
    events.push_back(event(8, "2025-02-02", {{"amount", {"五百"}}}, {"amount_set"}));
    REQUIRE(now());  // paid, and what is not known
    CHECK_FALSE(now()->paid.amount);
    events.pop_back();
    events.push_back(event(3, "2025-03-01", {}, {"payment_held"}));
    CHECK_FALSE(now());
    events.push_back(event(4, "2025-04-01", {}, {"payment_resumed"}));
    CHECK(now());
    events.push_back(event(5, "2025-05-01", {}, {"payment_ended"}));
    CHECK_FALSE(now());
}

TEST_CASE("a death counts as long as nobody denied it") {
    std::vector events{
        event(1, "2025-06-21", {{"died_on", {"2025-06-20"}}, {"death_source", {"卫健"}}}, {"told"})};
    ListedCase asked = row(90, someone);
    REQUIRE(death_told(asked, events));
    CHECK(death_told(asked, events)->on == day("2025-06-20"));
    asked.row.now.is_closed = true;
    CHECK_FALSE(death_told(asked, events));
    events.push_back(event(2, "2025-06-22", {}, {"confirmed"}));
    CHECK(death_told(asked, events));
}

TEST_CASE_TEMPLATE("a relative of staff is found until somebody lists them; a look at it is kept once",
                   Engine, ENGINES) {
    Office<Engine> office;
    const CaseId of = office
                          .open(township, "application", "register",
                                {{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}})
                          .of;
    const policy::Machine& machine = *office.law().procedures.machine("application");
    const auto found = [&] {
        const CaseView view = office.view(of);
        ListedCase listed;
        listed.row = {view.head, projected(machine, view.state, view.clocks)};
        return relative_unlisted(machine, listed, view.events);
    };
    CHECK_FALSE(found());  // nobody was asked yet
    REQUIRE(office.move(township, of, "accept", {{"relatives_of_staff", {"true"}}}).faults.empty());
    const auto hit = found();
    REQUIRE(hit);
    CHECK(hit->key == "relative_unlisted/" + std::to_string(of.value()));
    CHECK(hit->sources.front().event == 2);

    const auto look = [&] {
        Result<HitLook> made = fail(ErrorKind::invalid, "x", {"", ""});
        const auto written = office.database.write([&]() -> Result<void> {
            made = look_at_hit_within(office.desk, *hit, county, "已核实，系同名");
            return made ? Result<void>() : std::unexpected(made.error());
        });
        return written ? std::string() : written.error().code;
    };
    CHECK(value(looks_at_hits(office.desk, std::vector{*hit})).empty());
    CHECK(look().empty());
    const auto looks = value(looks_at_hits(office.desk, std::vector{*hit}));
    REQUIRE(looks.size() == 1);
    CHECK(looks.begin()->second.reason == "已核实，系同名");
    CHECK(looks.begin()->second.by == county.user);
    CHECK(look() == "hit_looked_at");

    REQUIRE(office
                .move(township, of, "list_relatives",
                      {{"staff_relation", {"village"}}, {"relative_of", {"村主任"}}})
                .faults.empty());
    CHECK_FALSE(found());
}

}  // namespace doudi::casework
