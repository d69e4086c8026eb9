// SPDX-License-Identifier: Apache-2.0
// The doors in time: attempts and invitations that run out, demo accounts, versions of accounts, and the log.
#include <doctest/doctest.h>

#include <algorithm>

#include "access/access_test_support.h"
#include "access/demo_accounts.h"
#include "access/outside.h"

namespace doudi::access {
namespace {

using std::chrono::seconds;

struct Doors : PeopleOffice {
    Doors() {
        use_cache();
        use_log();
    }
    std::vector<std::string> said() {
        std::vector<std::string> words;
        for (const AuditRecord& record : value(read_audit(store.database, {}))) words.push_back(record.what);
        std::ranges::reverse(words);
        return words;
    }
    OutsideAttempt begin(const std::string& invitation = "") {
        return value(begin_outside(store.database, services, "province", invitation));
    }
    std::string take(const OutsideAttempt& attempt, const std::string& browser) {
        return code_of(take_outside(store.database, services, attempt.state, browser, "h"));
    }
};

}  // namespace

TEST_CASE("an attempt comes back once, in its time, to its own browser") {
    Doors doors;
    const OutsideAttempt one = doors.begin();
    const OutsideAttempt other = doors.begin();
    CHECK(one.verifier.size() == 43);
    CHECK(one.nonce != one.verifier);
    CHECK(one.nonce != other.nonce);
    CHECK(doors.take(one, other.browser) == "outside_state");
    CHECK(doors.take(one, "") == "outside_state");
    const auto back = value(take_outside(doors.store.database, doors.services, one.state, one.browser, "h"));
    CHECK(back.nonce == one.nonce);
    CHECK(back.verifier == one.verifier);
    CHECK(back.provider == "province");
    CHECK(doors.take(one, one.browser) == "outside_state");
    doors.clock.advance(doors.rules.outside_attempt_term - seconds(1));
    CHECK(doors.take(other, other.browser) == "done");
    const OutsideAttempt late = doors.begin();
    doors.clock.advance(doors.rules.outside_attempt_term);
    CHECK(doors.take(late, late.browser) == "outside_state");
}

TEST_CASE("the store holds neither what the browser has nor what the provider is told") {
    Doors doors;
    const OutsideAttempt one = doors.begin("AAAA-BBBB");
    auto query = value(
        doors.store.database.prepare("select state_hash, browser_hash, invitation from outside_attempt"));
    REQUIRE(value(query.step()));
    for (int column = 0; column < 3; ++column) {
        for (const std::string& secret :
             {one.state, one.browser, one.nonce, one.verifier, std::string("AAAABBBB")})
            CHECK(query.text(column).find(secret) == std::string::npos);
    }
}

TEST_CASE("an invitation links once, until its last second") {
    Doors doors;
    const UserId user = doors.add("a");
    const auto accept = [&](const std::string& code, const std::string& subject) {
        const OutsideAttempt attempt = doors.begin(code);
        return code_of(accept_invitation(doors.store.database, doors.services,
                                         {"https://id.example", subject}, attempt.invitation, "h"));
    };
    std::string code = value(invite(doors.store.database, doors.services, user, UserId(1))).code;
    doors.clock.advance(doors.rules.invitation_term);
    CHECK(accept(code, "s-1") == "invitation_refused");
    code = value(invite(doors.store.database, doors.services, user, UserId(1))).code;
    doors.clock.advance(doors.rules.invitation_term - seconds(1));
    // One that is another's already links nobody, and the code is still good.
    const UserId other = doors.add("b");
    done(doors.accounts.link({"https://id.example", "s-2"}, other));
    CHECK(accept(code, "s-2") == "subject_linked");
    CHECK(accept(code, "s-1") == "done");
    CHECK(accept(code, "s-3") == "invitation_refused");
    CHECK(value(doors.accounts.sign_in({"https://id.example", "s-1"}, "h")).session.user == user);
    CHECK(value(doors.accounts.links(user)).size() == 1);
}

TEST_CASE("a link of an account does not give way, one of a person does") {
    Doors doors;
    const UserId a = doors.add("a");
    const UserId b = doors.add("b");
    const Accounts::OutsideSubject subject{"https://id.example", "s"};
    done(doors.accounts.link(subject, PersonId(3)));
    done(doors.accounts.link(subject, PersonId(4)));
    done(doors.accounts.link(subject, a));
    done(doors.accounts.link(subject, a));
    CHECK(code_of(doors.accounts.link(subject, b)) == "subject_linked");
    CHECK(code_of(doors.accounts.link(subject, PersonId(3))) == "subject_linked");
    CHECK(value(doors.accounts.linked_account(subject)) == a);
    const SignedIn in = value(doors.accounts.sign_in(subject, "h"));
    CHECK(value(doors.accounts.unlink(a, "https://other.example")) == 0);
    CHECK(code_of(doors.accounts.session(in.token, "h")) == "done");
    CHECK(value(doors.accounts.unlink(a, "https://id.example")) == 1);
    CHECK(code_of(doors.accounts.session(in.token, "h")) == "session_ended");
    CHECK(code_of(doors.accounts.sign_in(subject, "h")) == "sign_in_refused");
}

TEST_CASE("of two changes of one version of an account the second is told so") {
    Doors doors;
    doors.add("a");
    const SignedIn in = value(doors.accounts.sign_in("a", "first-Secret-77", "h"));
    CHECK(code_of(doors.accounts.session(in.token, "h")) == "done");
    const Account read = value(doors.accounts.find("a"));
    const AccountChange change{"A", {"village_worker"}, unit_named(doors.tree, "village-1"), "", true};
    done(doors.accounts.change(read, change));
    CHECK(code_of(doors.accounts.session(in.token, "h")) == "session_ended");
    CHECK(code_of(doors.accounts.change(read, change)) == "account_changed");
    const Account now = value(doors.accounts.find("a"));
    CHECK(now.full_name == "A");
    CHECK(now.roles == std::vector<std::string>{"village_worker"});
    CHECK(now.unit == unit_named(doors.tree, "village-1"));
}

TEST_CASE("a page holds the accounts of a unit and below, as things stand on the day") {
    Doors doors;
    for (const char* name : {"zc", "ZB", "za"}) doors.add(name);
    const Date day = day_of(2026, 3, 1);
    const auto names = [&](const char* unit, const char* after, std::size_t most, Date on) {
        std::vector<std::string> found;
        for (const auto& account : value(doors.accounts.page(unit_named(doors.tree, unit), on, after, most)))
            found.push_back(account.name);
        return found;
    };
    using Names = std::vector<std::string>;
    CHECK(names("county-a", "", 9, day) == Names{"za", "ZB", "zc"});
    CHECK(names("county-a", "za", 1, day) == Names{"ZB"});
    CHECK(names("county-b", "", 9, day) == Names{});
    CHECK(names("county-a", "", 9, day_of(2019, 12, 31)) == Names{});
}

TEST_CASE("demo accounts: from this machine alone, without what others owe, until they are ended") {
    Doors doors;
    auto& database = doors.store.database;
    CHECK_FALSE(value(has_demo_accounts(database)));
    const auto made = value(make_demo_accounts(database, doors.services, doors.tree));
    CHECK(value(has_demo_accounts(database)));
    const auto boss =
        std::ranges::find_if(made, [](const auto& one) { return one.first.name == "demo-auditor"; });
    REQUIRE(boss != made.end());
    CHECK(code_of(doors.accounts.sign_in("demo-auditor", boss->second, "192.0.2.1")) == "sign_in_refused");
    for (const char* here : {"127.0.0.1", "::1"})
        CHECK(value(doors.accounts.sign_in("demo-auditor", boss->second, here)).session.stage ==
              SessionStage::full);
    CHECK(code_of(doors.accounts.sign_in("demo-auditor", boss->second, "::ffff:192.0.2.1")) ==
          "sign_in_refused");
    const SignedIn in = value(doors.accounts.sign_in("demo-auditor", boss->second, "127.0.0.1"));
    for (const auto& [account, password] : value(make_demo_accounts(database, doors.services, doors.tree)))
        CHECK(password.empty());
    CHECK(value(end_demo_accounts(database)) == static_cast<std::int64_t>(made.size()));
    CHECK_FALSE(value(has_demo_accounts(database)));
    CHECK(code_of(doors.accounts.session(in.token, "127.0.0.1")) == "session_ended");
    CHECK(code_of(doors.accounts.set_active(boss->first.id, true)) == "demo_ended");
    CHECK(code_of(doors.accounts.change(value(doors.accounts.find(boss->first.id)),
                                        {"x", {"auditor"}, boss->first.unit, "", true})) == "demo_ended");
    CHECK(value(end_demo_accounts(database)) == 0);
}

TEST_CASE("the log says what happened at the doors, with the account and without the name that nobody has") {
    Doors doors;
    const UserId user = doors.add("a");
    const SignedIn in = value(doors.accounts.sign_in("a", "first-Secret-77", "h"));
    (void)doors.accounts.sign_in("a", "wrong", "h");
    (void)doors.accounts.sign_in("nobody", "wrong", "h");
    done(doors.accounts.sign_out(in.token, "h"));
    const auto records = value(read_audit(doors.store.database, {}));
    REQUIRE(records.size() == 4);
    CHECK(records[0].what == "signed out");
    CHECK(records[0].verb == "change");
    CHECK(records[1].user == UserId());
    CHECK(records[1].user_name.empty());
    CHECK(records[1].what.starts_with("refused: password; name "));
    CHECK(records[2].user == user);
    CHECK(records[2].unit == unit_named(doors.tree, "town-1"));
    CHECK(records[3].what == "signed in by password");
    for (const AuditRecord& record : records) CHECK(record.thing == "session");
    doors.log.reset();
    CHECK(value(verify_audit(doors.store.database, {})).sound());
}

TEST_CASE("who administers accounts gives the roles of their own grants and no others") {
    const Roles roles = shipped_roles();
    Session session = staff("administrator", UnitId(1));
    CHECK(roles.may_grant(session, "auditor"));
    CHECK(roles.may_grant(session, "department_machine"));
    CHECK_FALSE(roles.may_grant(session, "citizen"));
    CHECK_FALSE(roles.may_grant(session, "king"));
    CHECK_FALSE(roles.may_grant(staff("auditor", UnitId(1)), "auditor"));
    session.stage = SessionStage::needs_second_factor;
    CHECK_FALSE(roles.may_grant(session, "auditor"));
}

}  // namespace doudi::access
