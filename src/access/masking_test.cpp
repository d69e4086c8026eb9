// SPDX-License-Identifier: Apache-2.0
#include "access/masking.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"
#include "access/case_reveal.h"
#include "access/proposals.h"

namespace doudi::access {
namespace {

struct Office {
    TestStore store;
    UnitTree tree = load_invented(store.database);
    Roles roles = shipped_roles();
    SecurityRules rules = shipped_rules();
    FakeClock clock{noon(2026, 3, 1)};
    std::unique_ptr<AuditLog> log = value(AuditLog::start(store.another(), clock));
    Session officer = staff("township_officer", unit_named(tree, "town-1"));

    Office() {
        const Date from = day_of(2025, 1, 1);
        done(placed(store.database, HouseholdId(1), unit_named(tree, "village-1"), from, "region"));
        done(placed(store.database, HouseholdId(2), unit_named(tree, "village-2"), from, "region"));
        done(placed(store.database, HouseholdId(4), unit_named(tree, "village-4"), from, "region"));
    }
    Result<Reveal> ask(std::uint32_t household, FieldClass field = FieldClass::identity_number,
                       const std::string& reason = "入户核对证件") {
        return reveal(store.database, *log, roles, tree, rules, clock, officer,
                      {HouseholdId(household), {PersonId(household)}, field, reason});
    }
    Shown shown(std::uint32_t household, FieldClass field, const Session& session) {
        const FieldView view(roles, tree, session, Thing::person, civil_day(clock.now()),
                             value(reveals_of(store.database, session, clock.now())));
        ScopedRow row;
        row.household = HouseholdId(household);
        row.unit = value(unit_of(store.database, *row.household, civil_day(clock.now())));
        return view.shown(field, row);
    }
};

}  // namespace

TEST_CASE("each class is masked in its own way, and none shows enough to find the person") {
    CHECK(mask(FieldClass::identity_number, "441699197406129795") == "441699********9795");
    CHECK(mask(FieldClass::phone, "13800138000") == "138****00");
    CHECK(mask(FieldClass::phone, "0762-888") == "***");
    CHECK(mask(FieldClass::account, "6222021234567890123") == "****0123");
    CHECK(mask(FieldClass::account, "12345") == "***");
    CHECK(mask(FieldClass::name, "欧阳某某") == "欧**");
    CHECK(mask(FieldClass::name, "A") == "A**");
    CHECK(mask(FieldClass::address, "龙川县义都镇1组33号") == "龙川县义都***");
    CHECK(mask(FieldClass::illness, "恶性肿瘤") == "***");
    CHECK(mask(FieldClass::means, "547") == "***");
    CHECK(mask(FieldClass::score, "12") == "***");
    CHECK(mask(FieldClass::plain, "LC000001") == "LC000001");
    for (int i = 0; i < field_class_count; ++i) CHECK(mask(static_cast<FieldClass>(i), "").empty());
    CHECK(as_shown(Shown::hidden, FieldClass::name, "某某").empty());
    CHECK(as_shown(Shown::whole, FieldClass::name, "某某") == "某某");
    // Bytes that are no characters end nowhere but in the mask.
    CHECK(mask(FieldClass::name, "\xff\xfe") == "\xff**");
}

TEST_CASE("a reveal shows one class of one household to one session, for a while") {
    Office office;
    CHECK(office.shown(1, FieldClass::identity_number, office.officer) == Shown::masked);
    const Reveal granted = value(office.ask(1));
    CHECK(granted.expires_at == office.clock.now() + office.rules.reveal_term);
    CHECK(office.shown(1, FieldClass::identity_number, office.officer) == Shown::whole);
    CHECK(office.shown(1, FieldClass::account, office.officer) == Shown::masked);
    CHECK(office.shown(2, FieldClass::identity_number, office.officer) == Shown::masked);
    Session another = office.officer;
    another.id = SessionId(8);
    CHECK(office.shown(1, FieldClass::identity_number, another) == Shown::masked);
    Session of_another_case = office.officer;
    for (const char* about : {"", "another-made-up", "case-11"}) {
        of_another_case.why.case_ref = about;
        CHECK(office.shown(1, FieldClass::identity_number, of_another_case) == Shown::masked);
    }
    office.clock.advance(office.rules.reveal_term - std::chrono::seconds(1));
    CHECK(office.shown(1, FieldClass::identity_number, office.officer) == Shown::whole);
    office.clock.advance(std::chrono::seconds(1));
    CHECK(office.shown(1, FieldClass::identity_number, office.officer) == Shown::masked);
}

TEST_CASE("what a page hangs on: the assignment of its day to its account, and the session's live reveals") {
    Office office;
    const auto standing = [&](const Session& session, std::uint32_t household, Date day) {
        return value(
            standing_of(office.store.database, session, HouseholdId(household), day, office.clock.now()));
    };
    done(assign_household(office.store.database, office.officer.user, HouseholdId(1), "case-1",
                          day_of(2026, 3, 1), day_of(2026, 3, 5)));
    CHECK_FALSE(standing(office.officer, 1, day_of(2026, 2, 28)).assigned);
    CHECK(standing(office.officer, 1, day_of(2026, 3, 1)).assigned);
    CHECK(standing(office.officer, 1, day_of(2026, 3, 4)).assigned);
    CHECK_FALSE(standing(office.officer, 1, day_of(2026, 3, 5)).assigned);
    CHECK_FALSE(standing(office.officer, 2, day_of(2026, 3, 1)).assigned);
    Session another = office.officer;
    another.id = SessionId(8);
    another.user = UserId(office.officer.user.value() + 1);
    CHECK_FALSE(standing(another, 1, day_of(2026, 3, 1)).assigned);
    const Reveal granted = value(office.ask(2));
    const auto revealed = standing(office.officer, 1, day_of(2026, 3, 1)).revealed;
    REQUIRE(revealed.size() == 1);
    CHECK(revealed[0].household == HouseholdId(2));
    CHECK(revealed[0].field == FieldClass::identity_number);
    CHECK(revealed[0].expires_at == granted.expires_at);
    CHECK(standing(another, 1, day_of(2026, 3, 1)).revealed.empty());
    Session of_another_case = office.officer;
    of_another_case.why.case_ref = "another-made-up";
    CHECK(standing(of_another_case, 1, day_of(2026, 3, 1)).revealed.empty());
    office.clock.advance(office.rules.reveal_term);
    CHECK(standing(office.officer, 1, day_of(2026, 3, 1)).revealed.empty());
}

TEST_CASE("a reveal wants a right, the scope, a case and a reason") {
    Office office;
    CHECK(code_of(office.ask(4)) == "out_of_scope");
    CHECK(code_of(office.ask(99)) == "out_of_scope");
    CHECK(code_of(office.ask(1, FieldClass::score)) == "out_of_scope");  // not among what the role may reveal
    CHECK(code_of(office.ask(1, FieldClass::identity_number, "看看")) == "reveal_without_reason");
    CHECK(code_of(office.ask(1, FieldClass::identity_number, "        ")) == "reveal_without_reason");
    CHECK(code_of(office.ask(1, FieldClass::identity_number, "……。。——")) == "reveal_without_reason");
    office.officer.why.case_ref = "  ";
    CHECK(code_of(office.ask(1)) == "reveal_without_case");
    office.officer.why.case_ref = "case-1";
    office.officer.roles = {"village_worker"};
    CHECK(code_of(office.ask(1)) == "not_allowed");
    CHECK(value(read_audit(office.store.database, {})).empty());
}

TEST_CASE("a department reveals by a case that is addressed to it, and for that case alone") {
    Office office;
    Session hr = staff("partner_department", unit_named(office.tree, "county-a"), "hr");
    hr.why.case_ref = "another";
    const RevealRequest asked{
        HouseholdId(1), {PersonId(1)}, FieldClass::phone, "核对社保缴费", std::string()};
    RevealingCase of{Thing::referral, {}, "case-7"};
    of.row.household = HouseholdId(1);
    of.row.unit = unit_named(office.tree, "town-1");
    of.row.department = "hr";
    const auto ask = [&] {
        return reveal_of_case(office.store.database, *office.log, office.roles, office.tree, office.rules,
                              office.clock, hr, asked, of);
    };
    (void)value(ask());
    const auto held = [&] { return value(reveals_of(office.store.database, hr, office.clock.now())).size(); };
    CHECK(held() == 0);  // it names another case
    hr.why.case_ref = "case-7";
    CHECK(held() == 1);
    of.row.department = "housing";
    CHECK(code_of(ask()) == "out_of_scope");
    of.row.department = "hr";
    of.row.unit = unit_named(office.tree, "town-3");  // of the county beside
    CHECK(code_of(ask()) == "out_of_scope");
    of.thing = Thing::person;
    CHECK_FALSE(ask());
}

TEST_CASE("the log has every reveal, with reason and subject, and flags those outside of one's cases") {
    Office office;
    done(assign_household(office.store.database, office.officer.user, HouseholdId(2), "case-1",
                          day_of(2026, 1, 1), day_of(2026, 12, 31)));
    (void)value(office.ask(1));
    (void)value(office.ask(2, FieldClass::illness));
    const auto records = value(read_audit(office.store.database, {}));
    REQUIRE(records.size() == 2);
    CHECK(records[0].what == "illness");
    CHECK(records[0].flag.empty());
    CHECK(records[1].what == "identity_number");
    CHECK(records[1].verb == "reveal");
    CHECK(records[1].persons == "1");
    CHECK(records[1].households == "1");
    CHECK(records[1].reason == "入户核对证件");
    CHECK(records[1].flag == "not_assigned");
    CHECK(value(read_audit(office.store.database, {.flagged_only = true})).size() == 1);
}

TEST_CASE("more reveals in a day than the rule lets need a second person; the day after is another day") {
    Office office;
    office.rules.reveals_a_day = 3;
    for (int i = 0; i < 3; ++i) CHECK(code_of(office.ask(1)) == "done");
    CHECK(code_of(office.ask(1)) == "reveal_too_many");
    office.clock.advance(std::chrono::hours(24));
    CHECK(code_of(office.ask(1)) == "done");
}

TEST_CASE("many whole numbers at once: as another person approved them, all or none, and once") {
    Office office;
    office.rules.reveals_a_day = 1;
    const std::string payload = "1 and 2";
    const Session proposer = staff("county_caseworker", office.officer.unit);
    Session approver = proposer;
    approver.user = UserId(8);
    const auto ask = [&](const Session& who, std::vector<HouseholdId> households, std::uint64_t proposal,
                         const std::string& what) {
        const MassReveal request{
            FieldClass::identity_number, std::move(households), {PersonId(1), PersonId(2)}, "年度证件核对"};
        return reveal_many(office.store.database, office.roles, office.tree, office.rules, office.clock, who,
                           request, proposal, what);
    };
    const std::vector both{HouseholdId(1), HouseholdId(2)};
    const auto id = value(propose(office.store.database, office.roles, office.clock, proposer, Thing::person,
                                  payload, "年度证件核对"));
    CHECK(code_of(ask(proposer, both, id, payload)) == "proposal_open");
    const std::string hash = payload_hash(payload);
    done(decide_proposal(office.store.database, office.roles, office.rules, office.clock, approver, id,
                         {.approved = true, .payload_hash = hash}));
    CHECK(code_of(ask(proposer, both, id, "1 and 2 and 3")) == "proposal_differs");
    CHECK(code_of(ask(proposer, {HouseholdId(1), HouseholdId(4)}, id, payload)) == "out_of_scope");
    CHECK(code_of(ask(approver, both, id, payload)) == "proposal_of_another");
    Session without_case = proposer;
    without_case.why.case_ref.clear();
    CHECK(code_of(ask(without_case, both, id, payload)) == "reveal_without_case");
    const Look look = value(ask(proposer, both, id, payload));
    CHECK(look.persons == std::vector{PersonId(1), PersonId(2)});
    CHECK(look.households == both);
    CHECK(look.reason == "年度证件核对");
    CHECK(look.verb == Verb::reveal);
    CHECK(code_of(ask(proposer, both, id, payload)) == "proposal_gone");
    CHECK(code_of(ask(proposer, both, 99, payload)) == "proposal_unknown");
    // What it let through was for that once: nothing of it stays open.
    CHECK(office.shown(1, FieldClass::identity_number, proposer) == Shown::masked);
}

TEST_CASE("no reveal without a record: what cannot be written down is not shown") {
    Office office;
    done(office.store.database.execute("alter table audit_record rename to hidden"));
    CHECK_FALSE(office.ask(1));
    CHECK(office.shown(1, FieldClass::identity_number, office.officer) == Shown::masked);
}

}  // namespace doudi::access
