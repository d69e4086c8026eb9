// SPDX-License-Identifier: Apache-2.0
#include "upkeep/verbs.h"

#include "upkeep/near.h"
#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

TEST_CASE("a birth brings a member without a number, who keeps the id when a number comes") {
    TestOffice office;
    office.first_register();
    const CaseId id = office.changed(birth("A", "丁", "2025-07-01"));
    CHECK(office.names_of("A") == "甲乙丁");
    const registry::Member child = office.member(4);
    CHECK(child.name == "丁");
    CHECK_FALSE(child.id_number);
    const Case change = office.found(id);
    CHECK(change.in_force);
    CHECK(change.persons == std::vector{PersonId(4)});
    CHECK(change.households == std::vector{office.household("A").id});
    office.changed(correction(4, "id_number", "441699202507010017", "2025-07-05"));
    CHECK(office.member(4).id_number.has_value());
    CHECK(office.member(4).id == PersonId(4));
    SUBCASE("the day before they are not there, on the day they are") {
        CHECK(office.names_on("A", day("2025-06-30")) == "甲乙");
        CHECK(office.names_on("A", day("2025-07-01")) == "甲乙丁");
    }
}

TEST_CASE("what must be known of a child is asked for") {
    TestOffice office;
    office.first_register();
    Wish nameless = birth("A", "丁", "2025-07-01");
    nameless.persons[0].fields.erase("name");
    CHECK(code_of(office.proposed(nameless)) == "field_missing");
    Wish homeless = birth("A", "丁", "2025-07-01");
    homeless.persons[0].household.reset();
    CHECK(code_of(office.proposed(homeless)) == "household_missing");
    CHECK(code_of(office.proposed(birth("Z", "丁", "2025-07-01"))) == "household_unknown");
    Wish numbered = birth("A", "丁", "2025-07-01");
    numbered.persons[0].fields["id_number"] = "44169919740612979X";
    CHECK(code_of(office.proposed(numbered)) == "field_value");
    numbered.persons[0].fields["id_number"] = number_b;
    CHECK(code_of(office.proposed(numbered)) == "number_taken");
}

TEST_CASE("a death takes one member; of the last one it is said that nobody is left") {
    TestOffice office;
    office.first_register();
    office.changed(death(1, "2025-07-02"));
    CHECK(office.names_of("A") == "乙");
    CHECK(office.member(1).household == HouseholdId());
    CHECK(office.names_on("A", day("2025-07-01")) == "甲乙");
    CHECK(office.names_on("A", day("2025-07-02")) == "乙");
    const CaseId last = value(office.proposed(death(2, "2025-07-03")));
    done(office.confirmed(last));
    const auto taken = value(take_due(office.folder, office.warnings, day("2025-07-10")));
    CHECK(taken.emptied == std::vector{office.household("A").id});
    CHECK_FALSE(office.household("A").ended_on);
    // Who left is still known by the number: nobody else gets it.
    Wish again = birth("B", "戊", "2025-07-09");
    again.persons[0].fields["id_number"] = number_a;
    CHECK(code_of(office.proposed(again)) == "number_taken");
}

TEST_CASE("a death by hand needs its paper, one that a feed told does not") {
    TestOffice office;
    office.first_register();
    Wish bare = death(1, "2025-07-02");
    bare.paper = "  ";
    CHECK(code_of(office.proposed(bare)) == "paper_missing");
    bare.source = "feed";
    CHECK(code_of(office.proposed(bare)) == "done");
}

TEST_CASE("nobody confirms their own; whose role does not may neither propose nor confirm") {
    TestOffice office;
    office.first_register();
    Desk of_boss = office.desk(office.boss);
    const CaseId own = value(propose(of_boss, birth("A", "丁", "2025-07-01")));
    CHECK(code_of(confirm(of_boss, office.warnings, own)) == "change_own");
    Desk of_worker = office.desk(office.worker);
    CHECK(code_of(confirm(of_worker, office.warnings, own)) == "change_role");
    access::Session auditor = office.worker;
    auditor.user = access::UserId(9);
    auditor.roles = {"auditor"};
    Desk of_auditor = office.desk(auditor);
    CHECK(code_of(propose(of_auditor, birth("A", "戊", "2025-07-01"))) == "change_role");
    access::Session other = office.boss;
    other.user = access::UserId(10);
    Desk of_other = office.desk(other);
    done(confirm(of_other, office.warnings, own));
    CHECK(code_of(confirm(of_other, office.warnings, own)) == "change_decided");
}

TEST_CASE("on the command line people are told apart by their names") {
    TestOffice office;
    office.first_register();
    access::Session first;
    first.kind = access::SessionKind::machine;
    first.user_name = "li";
    Desk of_first = office.desk(first);
    const CaseId id = value(propose(of_first, birth("A", "丁", "2025-07-01")));
    CHECK(code_of(confirm(of_first, office.warnings, id)) == "change_own");
    access::Session second = first;
    second.user_name = "wang";
    Desk of_second = office.desk(second);
    CHECK(code_of(confirm(of_second, office.warnings, id)) == "done");
}

TEST_CASE("a case is refused with a reason, withdrawn by the proposer alone, and then changes nothing") {
    TestOffice office;
    office.first_register();
    Desk of_boss = office.desk(office.boss);
    Desk of_worker = office.desk(office.worker);
    const CaseId refused = value(office.proposed(birth("A", "丁", "2025-07-01")));
    CHECK(code_of(refuse(of_boss, refused, " ")) == "reason_missing");
    CHECK(code_of(refuse(of_boss, refused, "……")) == "reason_missing");
    done(refuse(of_boss, refused, "材料不全"));
    CHECK(office.found(refused).steps.back().reason == "材料不全");
    CHECK(code_of(confirm(of_boss, office.warnings, refused)) == "change_decided");
    const CaseId withdrawn = value(office.proposed(birth("A", "丁", "2025-07-01")));
    CHECK(code_of(withdraw(of_boss, withdrawn)) == "change_not_own");
    done(withdraw(of_worker, withdrawn));
    CHECK(value(take_due(office.folder, office.warnings, day("2025-12-31"))).cases.empty());
    CHECK(office.names_of("A") == "甲乙");
}

TEST_CASE("a change of the future holds from its day on, not the day before") {
    TestOffice office;
    office.first_register();
    const CaseId id = value(office.proposed(moving("departure", 2, "", "2025-08-01")));
    done(office.confirmed(id));
    CHECK(value(take_due(office.folder, office.warnings, day("2025-07-31"))).cases.empty());
    CHECK(office.names_of("A") == "甲乙");
    CHECK(office.found(id).waits());
    CHECK(value(take_due(office.folder, office.warnings, day("2025-08-01"))).cases == std::vector{id});
    CHECK(office.names_of("A") == "甲");
    CHECK(office.names_on("A", day("2025-07-31")) == "甲乙");
    CHECK(office.names_on("A", day("2025-08-01")) == "甲");
    CHECK(value(take_due(office.folder, office.warnings, day("2025-08-01"))).cases.empty());
}

TEST_CASE("one that waits can be withdrawn, and nobody else changes the same field meanwhile") {
    TestOffice office;
    office.first_register();
    const CaseId id = value(office.proposed(moving("departure", 2, "", "2025-08-01")));
    done(office.confirmed(id));
    CHECK(code_of(office.proposed(moving("marriage", 2, "B", "2025-07-05"))) == "change_waits");
    CHECK(code_of(office.proposed(correction(2, "phone", "13900000000", "2025-07-05"))) == "done");
    Desk of_worker = office.desk(office.worker);
    done(withdraw(of_worker, id));
    CHECK(value(take_due(office.folder, office.warnings, day("2025-08-01"))).cases.empty());
    CHECK(code_of(office.proposed(moving("marriage", 2, "B", "2025-07-05"))) == "done");
}

TEST_CASE("how far ahead a change may be stands in the data") {
    TestOffice office;
    office.first_register();
    const int ahead = office.rules.find("departure")->ahead_days;
    const Date today = day("2025-07-10");
    CHECK(code_of(office.proposed(moving("departure", 2, "", (today + ahead).iso().c_str()))) == "done");
    CHECK(code_of(office.proposed(moving("departure", 1, "", (today + ahead + 1).iso().c_str()))) ==
          "too_far_ahead");
    CHECK(code_of(office.proposed(death(1, "2025-07-10"))) == "done");
    CHECK(code_of(office.proposed(death(1, "2025-07-11"))) == "too_far_ahead");
}

TEST_CASE("marriage brings two persons of two households into one") {
    TestOffice office;
    office.first_register();
    office.changed(moving("marriage", 2, "B", "2025-07-01"));
    CHECK(office.names_of("A") == "甲");
    CHECK(office.names_of("B") == "乙丙");
    CHECK(office.member(2).id == PersonId(2));
}

TEST_CASE("an office is responsible to the end of a month, the next from the first day after it") {
    TestOffice office;
    office.first_register();
    CHECK(code_of(office.proposed(office_move("A", "town-2", "2025-08-02"))) == "not_month_start");
    CHECK(code_of(office.proposed(office_move("A", "nowhere", "2025-08-01"))) == "unit_unknown");
    const CaseId id = office.changed(office_move("A", "town-2", "2025-08-01"));
    CHECK(office.found(id).in_force);  // in the calendar of offices, at once
    CHECK(office.found(id).to_unit == office.unit("town-2"));
    CHECK(office.unit_on("A", day("2025-07-31")) == "town-1");
    CHECK(office.unit_on("A", day("2025-08-01")) == "town-2");
    CHECK(office.unit_on("B", day("2025-08-01")) == "town-1");
    SUBCASE("taken back, the first one goes on without a gap") {
        office.taken_back(id);
        CHECK(office.unit_on("A", day("2025-07-31")) == "town-1");
        CHECK(office.unit_on("A", day("2025-08-01")) == "town-1");
        CHECK(office.found(id).taken_back_by != CaseId());
    }
    SUBCASE("an earlier move after a later one is refused") {
        CHECK(code_of(office.proposed(office_move("A", "county", "2025-07-01"))) == "later_change");
    }
}

TEST_CASE("a move is seen by the office that gives and by the one that takes") {
    TestOffice office;
    office.first_register();
    const CaseId id = office.changed(office_move("A", "town-2", "2025-08-01"));
    const auto seen_by = [&](const std::string& unit, const char* on_day) {
        access::Session session = office.worker;
        session.unit = office.unit(unit);
        const auto scope = access::Scope::of(office.roles, office.units, session, access::Verb::change,
                                             access::Thing::household, day(on_day));
        return value(repository::list_cases(office.folder.database(), office.folder, &scope, {}, {}, 10)) ==
               std::vector{id};
    };
    CHECK(seen_by("town-1", "2025-07-10"));
    CHECK(seen_by("town-2", "2025-07-10"));
    CHECK(seen_by("county", "2025-07-10"));
    CHECK(seen_by("town-2", "2025-08-01"));
}

TEST_CASE(
    "a split opens a household at the office of the old one; a merge ends one, whose number refers on") {
    TestOffice office;
    office.first_register();
    office.changed(split(2, "A1", "2025-07-01"));
    CHECK(office.names_of("A") == "甲");
    CHECK(office.names_of("A1") == "乙");
    CHECK(office.unit_on("A1", day("2025-07-01")) == "town-1");
    CHECK(office.names_on("A1", day("2025-06-30")).empty());
    CHECK(code_of(office.proposed(split(1, "A1", "2025-07-02"))) == "household_code_taken");
    CHECK(code_of(office.proposed(moving("marriage", 3, "A1", "2025-06-30"))) == "household_not_there");

    CHECK(code_of(office.proposed(merge("A1", "B", {}, "2025-07-05"))) == "household_not_empty");
    office.changed(merge("A1", "B", {2}, "2025-07-05"));
    CHECK(office.names_of("B") == "乙丙");
    CHECK(office.household("A1").ended_on == day("2025-07-05"));
    CHECK(office.household("A1").successor == office.household("B").id);
    CHECK(office.names_on("A1", day("2025-07-04")) == "乙");
    CHECK(office.names_on("A1", day("2025-07-05")).empty());
    CHECK(code_of(office.proposed(birth("A1", "丁", "2025-07-06"))) == "household_not_there");
    const auto all = value(registry::read_register(office.folder, office.folder.current()));
    CHECK(all.households.size() == 2);  // what has ended is not in it
    CHECK(all.members.size() == 3);
}

TEST_CASE("what a kind does not do is refused, and what it must do is asked for") {
    TestOffice office;
    office.first_register();
    Wish out_of_kind = birth("A", "丁", "2025-07-01");
    out_of_kind.persons.push_back({.person = PersonId(3), .household = "A", .fields = {}});
    CHECK(code_of(office.proposed(out_of_kind)) == "change_may_not");
    Wish idle = moving("split", 2, "B", "2025-07-01");
    CHECK(code_of(office.proposed(idle)) == "change_must");
    CHECK(code_of(office.proposed(correction(2, "sex", "男", "2025-07-01"))) == "change_nothing");
    CHECK(code_of(office.proposed(wish("counter", "2025-07-01"))) == "change_kind_other_way");
    CHECK(code_of(office.proposed(wish("absent", "2025-07-01"))) == "change_kind_other_way");
    CHECK(code_of(office.proposed(wish("no_such", "2025-07-01"))) == "change_kind_unknown");
    CHECK(code_of(office.proposed(death(99, "2025-07-01"))) == "person_unknown");
    Wish twice = death(1, "2025-07-01");
    twice.persons.push_back(twice.persons.front());
    CHECK(code_of(office.proposed(twice)) == "change_subject_twice");
}

TEST_CASE("a correction keeps what stood before, and what was corrected on a later day is taken back first") {
    TestOffice office;
    office.first_register();
    const CaseId later = office.changed(correction(1, "phone", "13900000000", "2025-07-05"));
    CHECK(office.found(later).changes ==
          std::vector<Change>{{Subject::person, 1, "phone", "13800000000", "13900000000"}});
    CHECK(code_of(office.proposed(correction(1, "phone", "13700000000", "2025-07-04"))) == "later_change");
    CHECK(code_of(office.proposed(correction(1, "phone", "13700000000", "2025-07-05"))) == "done");
    CHECK(code_of(office.proposed(correction(1, "name", "甲甲", "2025-07-04"))) == "done");
    office.taken_back(later);
    CHECK(office.member(1).phone == "13800000000");
    const auto on_the_day =
        value(member_on(office.folder, office.folder.current(), PersonId(1), day("2025-07-05")));
    CHECK(on_the_day->phone == "13800000000");
}

TEST_CASE("of two that were proposed for one field, the later to be confirmed is out of date") {
    TestOffice office;
    office.first_register();
    const CaseId one = value(office.proposed(correction(1, "phone", "13900000000", "2025-07-05")));
    const CaseId other = value(office.proposed(correction(1, "phone", "13700000000", "2025-07-05")));
    done(office.confirmed(one));
    CHECK(code_of(office.confirmed(other)) == "change_waits");
    (void)value(take_due(office.folder, office.warnings, day("2025-07-10")));
    CHECK(code_of(office.confirmed(other)) == "changed_since");
    CHECK(office.member(1).phone == "13900000000");
}

TEST_CASE("everything that a case did is taken back at once, and its history stays") {
    TestOffice office;
    office.first_register();
    SUBCASE("a birth: the child never was, the id is not given again") {
        office.taken_back(office.changed(birth("A", "丁", "2025-07-01")));
        CHECK(office.names_of("A") == "甲乙");
        CHECK(office.names_on("A", day("2025-07-01")) == "甲乙");
        office.changed(birth("A", "戊", "2025-07-01"));
        CHECK(office.member(5).name == "戊");
    }
    SUBCASE("a death") {
        const CaseId wrong = office.changed(death(1, "2025-07-01"));
        office.taken_back(wrong);
        CHECK(office.names_of("A") == "甲乙");
        CHECK(office.names_on("A", day("2025-07-01")) == "甲乙");
        Desk of_worker = office.desk(office.worker);
        CHECK(code_of(propose_counter(of_worker, wrong, "")) == "change_not_in_force");
    }
    SUBCASE("a split: the new household never was") {
        office.taken_back(office.changed(split(2, "A1", "2025-07-01")));
        CHECK(office.names_of("A") == "甲乙");
        CHECK(office.household("A1").ended_on == day("2025-07-01"));
        CHECK(code_of(office.proposed(split(2, "A1", "2025-07-01"))) == "household_code_taken");
    }
    SUBCASE("a merge: the household stands again") {
        office.taken_back(office.changed(merge("B", "A", {3}, "2025-07-01")));
        CHECK(office.names_of("B") == "丙");
        CHECK_FALSE(office.household("B").ended_on);
        CHECK_FALSE(office.household("B").successor);
    }
    SUBCASE("not while something later stands on it") {
        const CaseId opened = office.changed(split(2, "A1", "2025-07-01"));
        office.changed(birth("A1", "丁", "2025-07-05"));
        Desk of_worker = office.desk(office.worker);
        CHECK(code_of(propose_counter(of_worker, opened, "")) == "household_not_empty");
    }
}

TEST_CASE("who split or merged within so many months before a day is told, and not what was taken back") {
    TestOffice office;
    office.first_register();
    const int months = office.rules.near_application_months();
    const CaseId id = office.changed(split(2, "A1", "2025-07-01"));
    office.changed(moving("marriage", 3, "A", "2025-07-02"));
    const auto near = [&](const std::string& code, Date on_day) {
        return value(changes_near(office.folder.database(), office.folder, office.rules, nullptr,
                                  code.empty() ? std::nullopt : std::optional(office.household(code).id),
                                  on_day, 10))
            .size();
    };
    const Date last = day("2025-07-01").plus_months(months);
    for (const char* code : {"A", "A1", ""}) {
        CHECK(near(code, day("2025-06-30")) == 0);
        CHECK(near(code, day("2025-07-01")) == 1);
        CHECK(near(code, last) == 1);
        CHECK(near(code, last + 1) == 0);
    }
    CHECK(near("B", last) == 0);
    office.taken_back(id);
    CHECK(near("A", day("2025-07-01")) == 0);
}

TEST_CASE("a scope that does not reach a household does not know it") {
    TestOffice office;
    office.first_register();
    access::Session far = office.worker;
    far.unit = office.unit("town-2");
    const auto scope = access::Scope::of(office.roles, office.units, far, access::Verb::change,
                                         access::Thing::household, day("2025-07-10"));
    Desk of_far = office.desk(far);
    of_far.scope = &scope;
    CHECK(code_of(propose(of_far, birth("A", "丁", "2025-07-01"))) == "household_unknown");
    const CaseId id = value(office.proposed(birth("A", "丁", "2025-07-01")));
    CHECK(code_of(withdraw(of_far, id)) == "change_unknown");
    CHECK(code_of(withdraw(of_far, CaseId(999))) == "change_unknown");
}

TEST_CASE("in a sealed folder what a case says of a person is not to be read in the database") {
    TestOffice office(store::sealed_by(vault::Suite::aes_256_gcm));
    office.first_register();
    const CaseId id = office.changed(birth("A", "丁家小宝", "2025-07-01"));
    CHECK(office.found(id).changes.size() == 3);
    CHECK(office.names_of("A") == "甲乙丁家小宝");
    auto query = office.folder.database().prepare("select payload, sealed from change_case");
    REQUIRE(query);
    REQUIRE(*query->step());
    CHECK(query->text_view(0).empty());
    CHECK_FALSE(store::holds(query->blob(1), "丁家小宝"));
}

}  // namespace doudi::upkeep
