// SPDX-License-Identifier: Apache-2.0
#include "upkeep/questions.h"

#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

namespace {

struct Asking {
    Asking() { office.first_register(); }

    Asked ask(std::vector<HouseholdId> households, std::vector<registry::AbsentMember> members) {
        Asked asked;
        done(office.folder.database().write([&]() -> Result<void> {
            asked = TRY(ask_about(office.folder, office.rules, office.boss,
                                  {office.folder.current(), day("2025-06-30"), office.unit("county"),
                                   households, members, office.clock.now()}));
            return {};
        }));
        return asked;
    }
    std::vector<CaseId> open(std::string kind) {
        return value(repository::list_cases(office.folder.database(), office.folder, nullptr,
                                            {.kind = std::move(kind), .state = "proposed"}, {}, 10));
    }
    HouseholdId household(const std::string& code) { return office.household(code).id; }

    TestOffice office;
};

}  // namespace

TEST_CASE("households that a file left out are asked about once, and nobody is taken off by it") {
    Asking asking;
    TestOffice& office = asking.office;
    const std::vector<HouseholdId> missing{asking.household("B")};
    CHECK(asking.ask(missing, {}).households == 1);
    CHECK(asking.ask(missing, {}).households == 0);
    CHECK(office.names_of("B") == "丙");
    const auto open = asking.open("absent");
    REQUIRE(open.size() == 1);
    Desk of_boss = office.desk(office.boss);
    CHECK(code_of(confirm(of_boss, office.warnings, open[0])) == "change_is_question");
    CHECK(code_of(answer(of_boss, open[0], "perhaps", {})) == "answer_unknown");
    CHECK(code_of(answer(of_boss, open[0], "dead", {})) == "answer_needs_change");
    CHECK(code_of(answer(of_boss, open[0], "here", death(3, "2025-06-20"))) == "answer_needs_change");
    CHECK(code_of(answer(of_boss, open[0], "dead", birth("B", "丁", "2025-06-20"))) == "answer_needs_change");
    SUBCASE("still here: that is all") {
        CHECK(value(answer(of_boss, open[0], "here", {})) == CaseId());
        CHECK(office.found(open[0]).state() == State::answered);
        CHECK(code_of(answer(of_boss, open[0], "here", {})) == "change_decided");
        // Left out again by the next file, they are asked about again.
        CHECK(asking.ask(missing, {}).households == 1);
    }
    SUBCASE("dead: a case that another one confirms") {
        const CaseId next = value(answer(of_boss, open[0], "dead", death(3, "2025-06-20")));
        CHECK(office.found(next).follows == open[0]);
        CHECK(office.found(next).state() == State::proposed);
        CHECK(office.names_of("B") == "丙");
    }
    SUBCASE("dead: but not somebody of another household") {
        CHECK(code_of(answer(of_boss, open[0], "dead", death(1, "2025-06-20"))) == "answer_about_another");
        CHECK(office.found(open[0]).state() == State::proposed);
        CHECK(value(repository::waiting_cases(office.folder.database(), office.folder)).empty());
    }
}

TEST_CASE("members whom a file left out are asked about one by one, those without a number too") {
    Asking asking;
    TestOffice& office = asking.office;
    const HouseholdId a = asking.household("A");
    const std::vector<registry::AbsentMember> missing{{PersonId(1), a},
                                                      {PersonId(2), a}};  // 乙 has no number
    CHECK(asking.ask({}, missing).members == 2);
    CHECK(asking.ask({}, missing).members == 0);
    // Open about a member is not open about the household.
    CHECK(asking.ask({a}, {}).households == 1);
    CHECK(office.names_of("A") == "甲乙");
    const auto open = asking.open("absent_member");
    REQUIRE(open.size() == 2);
    CHECK(office.found(open[0]).persons == std::vector{PersonId(2)});
    CHECK(office.found(open[0]).households == std::vector{a});
    Desk of_boss = office.desk(office.boss);
    SUBCASE("dead: the one who was asked about, nobody else") {
        CHECK(code_of(answer(of_boss, open[0], "dead", death(1, "2025-06-20"))) == "answer_about_another");
        const CaseId next = value(answer(of_boss, open[0], "dead", death(2, "2025-06-20")));
        CHECK(office.names_of("A") == "甲乙");
        CHECK(office.found(next).follows == open[0]);
    }
    SUBCASE("moved away, left for another household, or named otherwise by the file: each with its case") {
        const auto leads_to = [&](const char* given, const Wish& then) {
            return code_of(answer(of_boss, open[0], given, then));
        };
        CHECK(leads_to("moved", death(2, "2025-06-20")) == "answer_needs_change");
        CHECK(leads_to("left", moving("departure", 2, "", "2025-06-20")) == "answer_needs_change");
        SUBCASE("moved") {
            CHECK(leads_to("moved", moving("departure", 2, "", "2025-06-20")) == "done");
        }
        SUBCASE("left") {
            CHECK(leads_to("left", moving("marriage", 2, "B", "2025-06-20")) == "done");
        }
        SUBCASE("renamed") {
            CHECK(leads_to("renamed", correction(2, "id_number", "441699201206063567", "2025-06-20")) ==
                  "done");
        }
    }
    SUBCASE("a mistake of the file: the member stays, and the next file asks again") {
        CHECK(value(answer(of_boss, open[0], "error", {})) == CaseId());
        CHECK(office.names_of("A") == "甲乙");
        CHECK(asking.ask({}, missing).members == 1);
    }
}

}  // namespace doudi::upkeep
