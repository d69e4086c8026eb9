// SPDX-License-Identifier: Apache-2.0
#include "upkeep/warnings.h"

#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

namespace {

const WarningsWord carry{WarningsGo::carry, ""};
const WarningsWord close{WarningsGo::close, "已入户核实"};

struct AtStake {
    AtStake() {
        office.first_register();
        office.warnings.open.insert(office.household("B").id);
    }
    Result<void> confirmed(CaseId id, const WarningsWord& word = {}) {
        Desk at = office.desk(office.boss);
        return confirm(at, office.warnings, id, word);
    }
    TakenEffect take() {
        return value(take_due(office.folder, office.warnings, civil_day(office.clock.now())));
    }
    std::uint32_t id(const std::string& code) { return office.household(code).id.value(); }

    TestOffice office;
};

}  // namespace

TEST_CASE("a household with an open warning does not end before a person has said what becomes of that") {
    AtStake ending;
    const CaseId merged = value(ending.office.proposed(merge("B", "A", {3}, "2025-07-01")));
    CHECK(code_of(ending.confirmed(merged)) == "warning_open");
    CHECK(ending.office.found(merged).state() == State::proposed);
    CHECK(code_of(ending.confirmed(merged, {WarningsGo::close, "  "})) == "reason_missing");
    SUBCASE("it goes on with the household to which the number refers") {
        done(ending.confirmed(merged, carry));
        CHECK(ending.take().cases == std::vector{merged});
        CHECK(ending.office.warnings.said == fmt::format("@{} case {}: {} -> {} 2025-07-01 \n",
                                                         ending.office.folder.current().value(),
                                                         merged.value(), ending.id("B"), ending.id("A")));
        CHECK(ending.office.found(merged).warnings_said()->warnings == WarningsGo::carry);
    }
    SUBCASE("or it is closed, with the reason") {
        done(ending.confirmed(merged, close));
        (void)ending.take();
        CHECK(ending.office.warnings.said.ends_with(
            fmt::format("{} -> 0 2025-07-01 已入户核实\n", ending.id("B"))));
    }
    SUBCASE("taken back, so is what became of the warning") {
        done(ending.confirmed(merged, carry));
        (void)ending.take();
        ending.office.taken_back(merged);
        CHECK(ending.office.warnings.said.ends_with(fmt::format("back {}\n", merged.value())));
    }
}

TEST_CASE("without a successor it goes on with the household to which all go, if that is one") {
    AtStake ending;
    Wish wedding = moving("marriage", 3, "A", "2025-07-01");
    wedding.households = {
        {.code = "B", .opens = false, .ends = true, .successor = {}, .unit = {}, .fields = {}}};
    SUBCASE("all to A") {
        const CaseId id = value(ending.office.proposed(wedding));
        done(ending.confirmed(id, carry));
        (void)ending.take();
        CHECK(ending.office.warnings.said.contains(fmt::format("{} -> {} ", ending.id("B"), ending.id("A"))));
    }
    SUBCASE("nobody to another household: it can only be closed") {
        wedding.persons[0].household = "";
        const CaseId id = value(ending.office.proposed(wedding));
        CHECK(code_of(ending.confirmed(id, carry)) == "warning_no_heir");
        done(ending.confirmed(id, close));
        CHECK(ending.take().hindered.empty());
    }
}

TEST_CASE(
    "a warning that opens before the case's day hinders it until somebody has said what becomes of it") {
    AtStake ending;
    ending.office.warnings.open.clear();
    const CaseId merged = value(ending.office.proposed(merge("B", "A", {3}, "2025-07-20")));
    done(ending.confirmed(merged));
    ending.office.warnings.open.insert(ending.office.household("B").id);
    ending.office.clock.set(noon(day("2025-07-20")));
    const TakenEffect hindered = ending.take();
    REQUIRE(hindered.hindered.size() == 1);
    CHECK(hindered.hindered[0].why.code == "warning_open");
    CHECK_FALSE(ending.office.found(merged).in_force);
    CHECK(code_of(ending.confirmed(merged)) == "change_decided");
    done(ending.confirmed(merged, carry));
    done(ending.confirmed(merged, carry));  // again: it is said already
    CHECK(ending.office.found(merged).steps.size() == 3);
    done(ending.confirmed(merged, close));  // otherwise
    done(ending.confirmed(merged, carry));
    CHECK(ending.office.found(merged).steps.size() == 5);
    CHECK(ending.take().cases == std::vector{merged});
    CHECK(code_of(ending.confirmed(merged, close)) == "change_decided");
}

TEST_CASE("of a case that ends no household nothing is said about warnings") {
    AtStake ending;
    const CaseId born = value(ending.office.proposed(birth("B", "丁", "2025-07-01")));
    CHECK(code_of(ending.confirmed(born, carry)) == "no_household_ends");
    done(ending.confirmed(born));
    (void)ending.take();
    CHECK(ending.office.warnings.said.empty());
}

TEST_CASE("an undo that ends the household which a split opened asks the same") {
    AtStake ending;
    const CaseId opened = ending.office.changed(split(2, "A1", "2025-07-01"));
    ending.office.warnings.open.insert(ending.office.household("A1").id);
    Desk of_worker = ending.office.desk(ending.office.worker);
    const CaseId undo = value(propose_counter(of_worker, opened, "误"));
    CHECK(code_of(ending.confirmed(undo)) == "warning_open");
    done(ending.confirmed(undo, carry));
    (void)ending.take();
    CHECK(ending.office.warnings.said.contains(fmt::format("{} -> {} ", ending.id("A1"), ending.id("A"))));
}

}  // namespace doudi::upkeep
