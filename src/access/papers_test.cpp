// SPDX-License-Identifier: Apache-2.0
// Proposals that need a second person, and authorisations.
#include <doctest/doctest.h>

#include "access/access_test_support.h"
#include "access/authorisations.h"
#include "access/proposals.h"
#include "access/protection.h"

namespace doudi::access {
namespace {

struct Office {
    TestStore store;
    Roles roles = shipped_roles();
    SecurityRules rules = shipped_rules();
    FakeClock clock{noon(2026, 3, 1)};

    Session officer(std::uint32_t user, const std::string& role = "city_monitor_officer") const {
        Session session = staff(role, UnitId(1));
        session.user = UserId(user);
        return session;
    }
    Result<std::uint64_t> ask(const Session& who) {
        return propose(store.database, roles, clock, who, Thing::pack, "guangdong@5f0c", "年度修订");
    }
    std::string decided(const Session& who, std::uint64_t id, bool approved = true,
                        const std::string& seen = "guangdong@5f0c", const std::string& answer = "材料不全") {
        const std::string hash = payload_hash(seen);
        return code_of(decide_proposal(store.database, roles, rules, clock, who, id,
                                       {.approved = approved, .payload_hash = hash, .answer = answer}));
    }
    std::size_t listed(ProposalState state) {
        return value(list_proposals(store.database, rules, clock, state)).size();
    }
    std::string used(std::uint64_t id, Thing thing = Thing::pack,
                     const std::string& payload = "guangdong@5f0c") {
        return code_of(use_proposal(store.database, rules, clock, id, thing, payload));
    }
};

Authorisation paper_of(std::uint32_t person) {
    Authorisation paper;
    paper.person = PersonId(person);
    paper.signer = PersonId(person);
    paper.scope = whole_check;
    paper.signed_on = day_of(2026, 1, 10);
    paper.from = day_of(2026, 1, 10);
    paper.until = day_of(2026, 7, 10);
    return paper;
}

}  // namespace

TEST_CASE("what one proposes another approves, and it is done once, as approved") {
    Office office;
    const auto id = value(office.ask(office.officer(1)));
    CHECK(office.used(id) == "proposal_open");
    CHECK(office.decided(office.officer(1), id) == "proposal_own");
    CHECK(office.decided(office.officer(2, "county_caseworker"), id) == "not_allowed");
    CHECK(office.listed(ProposalState::open) == 1);
    CHECK(office.decided(office.officer(2), id, true, "guangdong@other") == "proposal_differs");
    CHECK(office.decided(office.officer(2), id) == "done");
    CHECK(office.listed(ProposalState::open) == 0);
    CHECK(office.listed(ProposalState::approved) == 1);
    CHECK(office.decided(office.officer(3), id) == "proposal_gone");
    CHECK(office.used(id, Thing::pack, "guangdong@other") == "proposal_differs");
    CHECK(office.used(id, Thing::parameter) == "proposal_differs");
    CHECK(office.used(id) == "done");
    CHECK(office.used(id) == "proposal_gone");
}

TEST_CASE("what was refused, what is too old and what nobody proposed is not done") {
    Office office;
    const auto refused = value(office.ask(office.officer(1)));
    CHECK(refused == 1);
    CHECK(office.decided(office.officer(2), refused, false, "guangdong@5f0c", "  ") ==
          "refusal_without_reason");
    CHECK(office.decided(office.officer(2), refused, false) == "done");
    CHECK(value(find_proposal(office.store.database, refused))->answer == "材料不全");
    CHECK(office.used(refused) == "proposal_gone");
    const auto old = value(office.ask(office.officer(1)));
    CHECK(old == 2);
    office.clock.advance(office.rules.proposal_term - std::chrono::seconds(1));
    CHECK(office.decided(office.officer(2), old) == "done");
    office.clock.advance(std::chrono::seconds(1));
    CHECK(office.used(old) == "proposal_gone");
    const auto older = value(office.ask(office.officer(1)));
    office.clock.advance(office.rules.proposal_term);
    CHECK(office.decided(office.officer(2), older) == "proposal_gone");
    CHECK(office.decided(office.officer(2), 99) == "proposal_unknown");
    CHECK(office.used(99) == "proposal_unknown");
}

TEST_CASE("a payload that was changed in the database after its approval is not carried out") {
    Office office;
    const auto id = value(office.ask(office.officer(1)));
    CHECK(office.decided(office.officer(2), id) == "done");
    done(office.store.database.execute("update proposal set payload = 'guangdong@mine'"));
    CHECK(office.used(id, Thing::pack, "guangdong@mine") == "proposal_differs");
    CHECK(office.used(id) == "proposal_differs");
    done(office.store.database.execute("update proposal set payload = 'guangdong@5f0c'"));
    CHECK(office.used(id) == "done");
}

TEST_CASE("a proposal is seen by its own office's second person, and by nobody elsewhere") {
    Office office;
    const UnitTree tree = load_invented(office.store.database);
    const auto of = [&](std::uint32_t user, const std::string& role, const char* unit) {
        Session session = office.officer(user, role);
        session.unit = unit_named(tree, unit);
        return session;
    };
    const Session proposer = of(1, "county_caseworker", "county-a");
    const auto id = value(propose(office.store.database, office.roles, office.clock, proposer,
                                  Thing::parameter, "x", "新标准"));
    const Proposal proposal = *value(find_proposal(office.store.database, id));
    const Date day = civil_day(office.clock.now());
    const auto sees = [&](const Session& who) { return may_see(office.roles, tree, who, proposal, day); };
    const auto decides = [&](const Session& who) {
        return may_decide(office.roles, tree, who, proposal, day);
    };
    CHECK(sees(proposer));
    CHECK_FALSE(decides(proposer));
    CHECK(decides(of(2, "city_monitor_officer", "city")));
    CHECK(decides(of(2, "city_monitor_officer", "county-a")));
    CHECK_FALSE(decides(of(1, "city_monitor_officer", "city")));  // the same person in another role
    CHECK_FALSE(sees(of(2, "city_monitor_officer", "county-b")));
    CHECK_FALSE(sees(of(2, "city_monitor_officer", "town-1")));
    CHECK_FALSE(sees(of(2, "county_caseworker", "county-a")));  // may propose figures, not approve them
}

TEST_CASE("a proposal says what and why, of someone who may propose it") {
    Office office;
    const auto proposed = [&](const Session& who, Thing thing, const char* what, const char* why) {
        return code_of(propose(office.store.database, office.roles, office.clock, who, thing, what, why));
    };
    CHECK(proposed(office.officer(1, "township_officer"), Thing::pack, "x", "y") == "not_allowed");
    CHECK(proposed(office.officer(1), Thing::account, "x", "y") == "not_allowed");
    CHECK(proposed(office.officer(1), Thing::pack, "", "y") == "proposal_empty");
    CHECK(proposed(office.officer(1), Thing::pack, "x", " ") == "proposal_empty");
    CHECK(proposed(office.officer(1, "county_caseworker"), Thing::person, "x", "y") ==
          "done");  // a mass reveal
}

TEST_CASE("an authorisation covers its days, its scope and its person, until it is revoked") {
    Office office;
    auto& database = office.store.database;
    const auto record = [&](const Authorisation& paper) {
        return record_authorisation(database, nullptr, office.rules, office.officer(5), office.clock, paper,
                                    {.on = day_of(1980, 1, 1)});
    };
    const auto asked = [&](std::uint32_t person, Date day, std::string_view scope = "income_month") {
        return value(AuthorisationBook::read(database)).covers(PersonId(person), scope, day);
    };
    const auto id = value(record(paper_of(1)));
    using enum AuthorisationAnswer;
    CHECK(asked(1, day_of(2026, 1, 9)) == not_begun);
    CHECK(asked(1, day_of(2026, 1, 10)) == covered);
    CHECK(asked(1, day_of(2026, 7, 9)) == covered);
    CHECK(asked(1, day_of(2026, 7, 10)) == ended);
    CHECK(asked(2, day_of(2026, 3, 1)) == none);
    done(revoke_authorisation(database, id, day_of(2026, 5, 1)));
    CHECK(asked(1, day_of(2026, 4, 30)) == covered);
    CHECK(asked(1, day_of(2026, 5, 1)) == revoked);
    CHECK(code_of(revoke_authorisation(database, id, day_of(2026, 6, 1))) == "authorisation_unknown");
    CHECK(asked(1, day_of(2026, 5, 1)) == revoked);  // the earlier day stands
    CHECK(code_of(revoke_authorisation(database, 99, day_of(2026, 6, 1))) == "authorisation_unknown");
    CHECK(code_of(require_authorisation(database, PersonId(1), "income_month", day_of(2026, 5, 1))) ==
          "not_authorised");
    done(require_authorisation(database, PersonId(1), "income_month", day_of(2026, 4, 30)));

    Authorisation one_kind = paper_of(3);
    one_kind.scope = "vehicles";
    (void)value(record(one_kind));
    CHECK(asked(3, day_of(2026, 3, 1), "vehicles") == covered);
    CHECK(asked(3, day_of(2026, 3, 1), "deposits") == none);
    CHECK(value(authorisations_of(database, PersonId(3))).size() == 1);
    // A second paper takes over where the first was revoked.
    Authorisation again = paper_of(1);
    again.signed_on = again.from = day_of(2026, 5, 20);
    (void)value(record(again));
    CHECK(asked(1, day_of(2026, 5, 19)) == not_begun);
    CHECK(asked(1, day_of(2026, 5, 20)) == covered);
}

TEST_CASE("each adult signs for themselves, a guardian for a minor, nobody backwards") {
    Office office;
    const auto recorded = [&](const Authorisation& paper, Date born = day_of(1980, 1, 1)) {
        return code_of(record_authorisation(office.store.database, nullptr, office.rules, office.officer(5),
                                            office.clock, paper, {.on = born}));
    };
    Authorisation paper = paper_of(1);
    CHECK(recorded(paper, day_of(2008, 1, 11)) == "authorisation_minor");  // eighteen tomorrow
    CHECK(recorded(paper, day_of(2008, 1, 10)) == "done");                 // eighteen today
    paper.signer = PersonId(2);
    CHECK(recorded(paper) == "authorisation_signer");  // as self, by another
    paper.signed_as = SignedAs::guardian;
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "authorisation_guardian_paper");
    paper.paper = "监护证明 12 号";
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "done");
    CHECK(recorded(paper, day_of(2008, 1, 11)) == "done");                      // eighteen tomorrow
    CHECK(recorded(paper, day_of(2008, 1, 10)) == "authorisation_ward_paper");  // eighteen today
    paper.ward_paper = "法院认定判决 3 号";
    CHECK(recorded(paper, day_of(2008, 1, 10)) == "done");
    paper.signer = PersonId(1);
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "authorisation_signer");  // one's own guardian
    paper = paper_of(1);
    paper.until = paper.from;
    CHECK(recorded(paper) == "authorisation_days");
    paper = paper_of(1);
    paper.signed_on = paper.from + 1;
    CHECK(recorded(paper) == "authorisation_signed_later");
    paper = paper_of(1);
    paper.scope.clear();
    CHECK(recorded(paper) == "authorisation_scope");
}

TEST_CASE("who signs is a member or has a name, is of age, and signs for no longer than the office lets") {
    Office office;
    const auto recorded = [&](const Authorisation& paper, std::optional<Date> of_signer = std::nullopt) {
        return code_of(record_authorisation(office.store.database, nullptr, office.rules, office.officer(5),
                                            office.clock, paper,
                                            {.on = day_of(2015, 1, 1), .of_signer = of_signer}));
    };
    Authorisation paper = paper_of(1);
    paper.signed_as = SignedAs::guardian;
    paper.paper = "户口簿";
    paper.signer.reset();
    CHECK(recorded(paper) == "authorisation_signer_name");
    paper.signer_name = "  ";
    CHECK(recorded(paper) == "authorisation_signer_name");
    paper.signer_name = "祖母甲";
    CHECK(recorded(paper) == "done");
    paper.signer_name.clear();
    paper.signer = PersonId(2);
    CHECK(recorded(paper, day_of(2008, 1, 11)) == "authorisation_signer_minor");  // eighteen tomorrow
    CHECK(recorded(paper, day_of(2008, 1, 10)) == "done");                        // eighteen today
    const Date last = paper.signed_on.plus_months(office.rules.authorisation_longest_months);
    paper.until = last;
    CHECK(recorded(paper) == "done");
    paper.until = last + 1;
    CHECK(recorded(paper) == "authorisation_term");
    paper.from = last + -5;  // counted from the signing, whenever it begins
    CHECK(recorded(paper) == "authorisation_term");
}

TEST_CASE("a supporter signs for their own means and lets in none of whom they support") {
    Office office;
    auto& database = office.store.database;
    const Date day = day_of(2026, 3, 1);
    const auto recorded = [&](const Authorisation& paper, Date born) {
        return code_of(record_authorisation(database, nullptr, office.rules, office.officer(5), office.clock,
                                            paper, {.on = born}));
    };
    const auto covered = [&] {
        return value(AuthorisationBook::read(database)).covers(PersonId(1), whole_check, day);
    };
    Authorisation paper = paper_of(1);
    paper.signed_as = SignedAs::supporter;
    CHECK(recorded(paper, day_of(1980, 1, 1)) == "authorisation_signer");  // nobody supports themselves
    paper.signer.reset();
    CHECK(recorded(paper, day_of(1980, 1, 1)) == "authorisation_signer_name");
    paper.signer_name = "长子乙";
    CHECK(recorded(paper, day_of(1980, 1, 1)) == "done");
    CHECK(recorded(paper, day_of(2015, 1, 1)) == "done");
    CHECK(covered() == AuthorisationAnswer::none);
    const auto papers = value(authorisations_of(database, PersonId(1)));
    REQUIRE(papers.size() == 2);
    CHECK(value(signer_name_of(database, nullptr, papers[0])) == "长子乙");
    const auto states =
        signing_states(AuthorisationBook(papers), office.rules,
                       std::vector<HouseholdPerson>{{PersonId(1), day_of(1980, 1, 1)}}, whole_check, day);
    CHECK(states[0].answer == AuthorisationAnswer::none);
    CHECK(recorded(paper_of(1), day_of(1980, 1, 1)) == "done");
    CHECK(covered() == AuthorisationAnswer::covered);
}

TEST_CASE("of whom nobody knows whether they are of age, a guardian signs or a paper shows the birthday") {
    Office office;
    const auto recorded = [&](const Authorisation& paper, const Birthday& born = {}) {
        return code_of(record_authorisation(office.store.database, nullptr, office.rules, office.officer(5),
                                            office.clock, paper, born));
    };
    Authorisation own = paper_of(1);  // signed on 2026-01-10
    CHECK(recorded(own) == "authorisation_birthday_unknown");
    own.paper = "户口簿 3 页";  // a paper alone does not say the day
    CHECK(recorded(own) == "authorisation_birthday_unknown");
    CHECK(recorded(own, {.on = day_of(2008, 1, 11), .by_paper = true}) == "authorisation_minor");
    CHECK(recorded(own, {.on = day_of(2008, 1, 10), .by_paper = true}) == "done");  // eighteen that day
    own.paper.clear();
    CHECK(recorded(own, {.on = day_of(1980, 1, 1), .by_paper = true}) == "authorisation_birthday_paper");
    CHECK(recorded(own, {.on = day_of(1980, 1, 1)}) == "done");
    Authorisation by_another = paper_of(2);
    by_another.signer = PersonId(1);
    by_another.signed_as = SignedAs::guardian;
    CHECK(recorded(by_another) == "authorisation_guardian_paper");
    by_another.paper = "监护证明 12 号";
    CHECK(recorded(by_another) == "done");
    const auto refused = record_authorisation(office.store.database, nullptr, office.rules, office.officer(5),
                                              office.clock, paper_of(3), {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text.zh.find("出生医学证明") != std::string::npos);
    CHECK(refused.error().text.en.find("birth certificate") != std::string::npos);
}

TEST_CASE("a row's own day of signing is enough only from a sender who holds the papers") {
    Authorisation paper = paper_of(1);
    const Date signed_on = paper.signed_on;
    const Date day = day_of(2026, 3, 1);
    const PersonId person(1);
    using enum AuthorisationAnswer;
    const auto asked = [&](const AuthorisationBook& book, std::optional<Date> signed_day, Date read_on,
                           bool sender_holds = true) {
        return book.lets_enter(person, {.id = "income_month",
                                        .signed_on = signed_day,
                                        .sender_holds_papers = sender_holds,
                                        .told_on = day,
                                        .read_on = read_on});
    };
    CHECK(asked({}, signed_on, day) == covered);
    CHECK(asked({}, day, day) == covered);
    CHECK(asked({}, day + 1, day) == not_begun);  // signed after the fact
    CHECK(asked({}, std::nullopt, day) == none);
    CHECK(asked({}, signed_on, day, false) == none);
    paper.revoked_on = day;
    CHECK(asked(AuthorisationBook({paper}), signed_on, day) == revoked);
    CHECK(asked(AuthorisationBook({paper}), signed_on, day - 1) == covered);
    paper.person = PersonId(2);
    CHECK(asked(AuthorisationBook({paper}), signed_on, day) == covered);
    // Signed anew after it was revoked, as the row's later day says.
    paper.person = person;
    CHECK(asked(AuthorisationBook({paper}), day, day + 5) == covered);
}

TEST_CASE("a recorded paper lets a fact in if it covers its day and the day on which it is read") {
    const Authorisation paper = paper_of(1);  // from 2026-01-10, until 2026-07-10
    using enum AuthorisationAnswer;
    const auto asked = [](const Authorisation& one, Date told_on, Date read_on,
                          std::string_view id = "income_month") {
        return AuthorisationBook({one}).lets_enter(
            PersonId(1), {.id = id, .signed_on = {}, .told_on = told_on, .read_on = read_on});
    };
    const Date march = day_of(2026, 3, 1);
    CHECK(asked(paper, day_of(2026, 1, 10), march) == covered);
    CHECK(asked(paper, day_of(2026, 1, 9), march) == not_begun);  // found out the day before it was signed
    CHECK(asked(paper, march, day_of(2026, 7, 9)) == covered);
    CHECK(asked(paper, march, day_of(2026, 7, 10)) == ended);
    Authorisation revoked_one = paper;
    revoked_one.revoked_on = day_of(2026, 5, 1);
    CHECK(asked(revoked_one, march, day_of(2026, 4, 30)) == covered);
    CHECK(asked(revoked_one, march, day_of(2026, 5, 1)) == revoked);
    Authorisation of_vehicles = paper;
    of_vehicles.scope = "vehicles";
    CHECK(asked(of_vehicles, march, march) == none);
    CHECK(asked(of_vehicles, march, march, "vehicles") == covered);
    // Signed again after a revocation: what was found out under the first paper is covered on its own day,
    // and read under the second.
    Authorisation again = paper;
    again.signed_on = again.from = day_of(2026, 5, 20);
    const AuthorisationBook both({revoked_one, again});
    const auto read = [&](Date read_on) {
        return both.lets_enter(
            PersonId(1),
            {.id = "income_month", .signed_on = {}, .told_on = day_of(2026, 5, 20), .read_on = read_on});
    };
    CHECK(read(day_of(2026, 5, 19)) != covered);
    CHECK(read(day_of(2026, 5, 20)) == covered);
}

TEST_CASE("each adult has to sign, a guardian for a minor; without a birthday it is not known who") {
    Office office;
    const std::vector<HouseholdPerson> people{
        {PersonId(1), day_of(1980, 1, 1)},  {PersonId(2), day_of(2008, 3, 2)},
        {PersonId(3), day_of(2008, 3, 1)},  {PersonId(4), std::nullopt},
        {PersonId(5), day_of(2008, 2, 28)}, {PersonId(6), std::nullopt}};
    const auto states = signing_states(AuthorisationBook({paper_of(1), paper_of(6)}), office.rules, people,
                                       whole_check, day_of(2026, 3, 1));
    REQUIRE(states.size() == 6);
    CHECK(states[0].answer == AuthorisationAnswer::covered);
    CHECK(states[1].signs_as == SignedAs::guardian);  // eighteen tomorrow
    CHECK(states[2].signs_as == SignedAs::self);      // eighteen today
    CHECK(states[2].answer == AuthorisationAnswer::none);
    CHECK_FALSE(states[3].signs_as.has_value());
    CHECK(states[3].answer == AuthorisationAnswer::none);
    CHECK(states[4].signs_as == SignedAs::self);  // eighteen yesterday
    CHECK_FALSE(states[5].signs_as.has_value());  // signed, and still nobody knows the birthday
    CHECK(states[5].answer == AuthorisationAnswer::covered);
}

TEST_CASE("a mark of protection has a reason and a beginning, ends on a day, and is not laid over another") {
    Office office;
    auto& database = office.store.database;
    const auto mark = [&](Date from, Date until, const char* reason = "家庭暴力，公安告诫书") {
        Protection one;
        one.person = PersonId(1);
        one.from = from;
        one.until = until;
        one.reason = reason;
        return code_of(protect(database, nullptr, office.officer(5), office.clock, one));
    };
    const auto holds = [&](Date day) {
        const std::vector people{PersonId(1), PersonId(2)};
        return value(protections_on(database, nullptr, people, day)).size();
    };
    const Date from = day_of(2026, 3, 1);
    CHECK(mark(from, forever, " ") == "protection_without_reason");
    CHECK(mark(from, from) == "protection_days");
    CHECK(mark(from, forever) == "done");
    CHECK(holds(from + -1) == 0);
    CHECK(holds(from) == 1);
    CHECK(mark(from + 30, from + 40) == "protected_already");
    CHECK(code_of(end_protection(database, PersonId(2), from + 10)) == "not_protected");
    done(end_protection(database, PersonId(1), from + 10));
    CHECK(holds(from + 9) == 1);
    CHECK(holds(from + 10) == 0);
    CHECK(mark(from + 10, from + 20) == "done");
    CHECK(code_of(end_protection(database, PersonId(1), from + 20)) == "not_protected");
}

}  // namespace doudi::access
