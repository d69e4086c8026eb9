// SPDX-License-Identifier: Apache-2.0
// Proposals that need a second person, and authorisations.
#include <doctest/doctest.h>

#include "access/access_test_support.h"
#include "access/authorisations.h"
#include "access/proposals.h"

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
    std::string decided(const Session& who, std::uint64_t id, bool approved = true) {
        return code_of(decide_proposal(store.database, roles, rules, clock, who, id, approved));
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
    CHECK(value(open_proposals(office.store.database, office.rules, office.clock)).size() == 1);
    CHECK(office.decided(office.officer(2), id) == "done");
    CHECK(value(open_proposals(office.store.database, office.rules, office.clock)).empty());
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
    CHECK(office.decided(office.officer(2), refused, false) == "done");
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
        return record_authorisation(database, office.rules, office.officer(5), office.clock, paper,
                                    std::nullopt);
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
    const auto recorded = [&](const Authorisation& paper, std::optional<Date> born = std::nullopt) {
        return code_of(record_authorisation(office.store.database, office.rules, office.officer(5),
                                            office.clock, paper, born));
    };
    Authorisation paper = paper_of(1);
    CHECK(recorded(paper, day_of(2008, 1, 11)) == "authorisation_minor");  // eighteen tomorrow
    CHECK(recorded(paper, day_of(2008, 1, 10)) == "done");                 // eighteen today
    paper.signer = PersonId(2);
    CHECK(recorded(paper) == "authorisation_signer");  // as self, by another
    paper.signed_as = SignedAs::supporter;
    CHECK(recorded(paper) == "done");
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "authorisation_minor");
    paper.signed_as = SignedAs::guardian;
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "authorisation_guardian_paper");
    paper.paper = "监护证明 12 号";
    CHECK(recorded(paper, day_of(2010, 1, 1)) == "done");
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

TEST_CASE("a row's own day of signing stands, unless the person revoked that paper and signed no other") {
    Authorisation paper = paper_of(1);
    const Date signed_on = paper.signed_on;
    const Date day = day_of(2026, 3, 1);
    const PersonId person(1);
    CHECK(AuthorisationBook().lets_enter(person, signed_on, day));
    CHECK(AuthorisationBook().lets_enter(person, day, day));
    CHECK_FALSE(AuthorisationBook().lets_enter(person, day + 1, day));  // signed after the fact
    paper.revoked_on = day;
    CHECK_FALSE(AuthorisationBook({paper}).lets_enter(person, signed_on, day));
    CHECK(AuthorisationBook({paper}).lets_enter(person, signed_on, day - 1));
    CHECK(AuthorisationBook({paper}).lets_enter(PersonId(2), signed_on, day));
    // Signed anew after it was revoked: by a paper of the book, or by the row's later day.
    Authorisation again = paper_of(1);
    again.signed_on = again.from = day + 2;
    CHECK_FALSE(AuthorisationBook({paper, again}).lets_enter(person, signed_on, day + 1));
    CHECK(AuthorisationBook({paper, again}).lets_enter(person, signed_on, day + 2));
    CHECK(AuthorisationBook({paper}).lets_enter(person, day, day + 5));
}

}  // namespace doudi::access
