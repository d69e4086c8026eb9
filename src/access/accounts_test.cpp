// SPDX-License-Identifier: Apache-2.0
#include "access/accounts.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "access/access_test_support.h"
#include "access/totp.h"

namespace doudi::access {
namespace {

using std::chrono::seconds;

struct Office : PeopleOffice {
    // Signed in, the first password changed.
    SignedIn ready(const std::string& name) {
        const SignedIn first = value(accounts.sign_in(name, "first-Secret-77", "192.0.2.1"));
        return value(
            accounts.change_password(first.token, "first-Secret-77", "second-Secret-88", "192.0.2.1"));
    }
    std::string tried(const std::string& name, const std::string& password,
                      const std::string& from = "192.0.2.1") {
        return code_of(accounts.sign_in(name, password, from));
    }
};

std::string secret_of(const std::string& offered) {
    std::string bytes;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (const char c : offered) {
        window = window << 5U | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(window >> bits & 255U);
    }
    return bytes;
}

std::string code_at(const std::string& secret, Instant at) {
    return hotp(secret, static_cast<std::uint64_t>(totp_step(at)), 6, TotpHash::sha1);
}

}  // namespace

TEST_CASE("a first password must be changed before anything else may be done") {
    Office office;
    office.add("Li.Ming");
    const SignedIn first = value(office.accounts.sign_in("li.ming", "first-Secret-77", "192.0.2.1"));
    CHECK(first.session.stage == SessionStage::needs_new_password);
    CHECK_FALSE(office.roles.may(first.session, Verb::read, Thing::person));
    const SignedIn second = value(
        office.accounts.change_password(first.token, "first-Secret-77", "second-Secret-88", "192.0.2.1"));
    CHECK(second.session.stage == SessionStage::full);
    CHECK(office.roles.may(second.session, Verb::read, Thing::person));
    CHECK(second.token != first.token);
    CHECK(code_of(office.accounts.session(first.token, "192.0.2.1")) == "session_ended");
    CHECK(value(office.accounts.session(second.token, "192.0.2.1")).user_name == "Li.Ming");
    CHECK(office.tried("li.ming", "first-Secret-77") == "sign_in_refused");
    CHECK(office.tried("li.ming", "second-Secret-88") == "done");
}

TEST_CASE("passwords: short, long, common, monotonous, with the user's name") {
    const SecurityRules rules = shipped_rules();
    const auto judged = [&](const std::string& password) {
        return code_of(check_password(rules, "LiMing", password));
    };
    const std::string at_least(static_cast<std::size_t>(rules.password_least), 'x');
    CHECK(judged("kahl9Txw.") == "password_refused");  // 9 characters
    CHECK(judged("kahl9Txw.q") == "done");             // 10
    CHECK(judged("九个汉字的口令也行") == "password_refused");
    CHECK(judged("十个汉字的口令也行吗") == "done");
    CHECK(judged(at_least) == "password_refused");
    CHECK(judged("aabbccddaabb") == "password_refused");  // four different ones
    CHECK(judged("aabbccddeebb") == "done");
    CHECK(judged("Password123") == "password_refused");
    CHECK(judged("ｐａｓｓｗｏｒｄ１２３") == "password_refused");  // full width
    CHECK(judged("xx-liming-2026") == "password_refused");
    CHECK(judged(std::string(128, 'a') + "bcdef") == "password_refused");
    CHECK(judged("abcdef\xff\xfe"
                 "ghijk") == "password_refused");
    const auto all = check_password(rules, "x", "xxx");
    REQUIRE_FALSE(all);
    CHECK(all.error().text.en.find("at least 10 characters; at least 5 different") != std::string::npos);
}

TEST_CASE(
    "the new password is neither the old one nor one that the rules refuse, and the old one is asked for") {
    Office office;
    office.add("a");
    const SignedIn in = value(office.accounts.sign_in("a", "first-Secret-77", "h"));
    const auto change = [&](const char* old_one, const char* new_one) {
        return code_of(office.accounts.change_password(in.token, old_one, new_one, "h"));
    };
    CHECK(change("wrong", "second-Secret-88") == "sign_in_refused");
    CHECK(change("first-Secret-77", "short") == "password_refused");
    CHECK(change("first-Secret-77", "first-Secret-77") == "password_same");
    CHECK(change("first-Secret-77", "second-Secret-88") == "done");
}

TEST_CASE("after failures the wait grows, the same for a name that nobody has, and an end to it comes") {
    for (const char* name : {"somebody", "nobody"}) {
        Office office;
        office.add("somebody");
        for (int i = 0; i < office.rules.account.free; ++i)
            CHECK(office.tried(name, "wrong") == "sign_in_refused");
        CHECK(office.tried(name, "wrong") == "sign_in_wait");
        CHECK(office.tried(name, "first-Secret-77") == "sign_in_wait");  // the right one too
        const auto waits = office.accounts.sign_in(name, "wrong", "192.0.2.1");
        CHECK(waits.error().kind == ErrorKind::limit);
        CHECK(waits.error().where == "15");
        office.clock.advance(seconds(14));
        CHECK(office.tried(name, "wrong") == "sign_in_wait");
        office.clock.advance(seconds(1));
        CHECK(office.tried(name, "wrong") == "sign_in_refused");  // and now twice as long
        office.clock.advance(seconds(29));
        CHECK(office.tried(name, "wrong") == "sign_in_wait");
        office.clock.advance(seconds(1));
        const bool there = std::string_view(name) == "somebody";
        CHECK(office.tried(name, "first-Secret-77") == (there ? "done" : "sign_in_refused"));
    }
}

TEST_CASE("an address that tries many names waits too, and others do not") {
    Office office;
    office.add("a");
    for (int i = 0; i < office.rules.address.free; ++i)
        CHECK(office.tried("name" + std::to_string(i), "wrong", "198.51.100.7") == "sign_in_refused");
    CHECK(office.tried("a", "first-Secret-77", "198.51.100.7") == "sign_in_wait");
    CHECK(office.tried("a", "first-Secret-77", "192.0.2.1") == "done");
}

TEST_CASE("success forgets the failures of the account") {
    Office office;
    office.add("a");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i + 1 < office.rules.account.free; ++i)
            CHECK(office.tried("a", "wrong") == "sign_in_refused");
        CHECK(office.tried("a", "first-Secret-77") == "done");
    }
}

TEST_CASE("an account that is locked cannot sign in, its sessions end, and the answer tells nothing") {
    Office office;
    const UserId user = office.add("a");
    const SignedIn in = office.ready("a");
    done(office.accounts.set_active(user, false));
    CHECK(code_of(office.accounts.session(in.token, "h")) == "session_ended");
    CHECK(office.tried("a", "second-Secret-88") == "sign_in_refused");
    done(office.accounts.set_active(user, true));
    CHECK(code_of(office.accounts.session(in.token, "h")) == "session_ended");
    CHECK(office.tried("a", "second-Secret-88") == "done");
}

TEST_CASE("a session ends when idle, when old, when signed out, when rights change") {
    Office office;
    const UserId user = office.add("a");
    const auto alive = [&](const SignedIn& in) {
        return code_of(office.accounts.session(in.token, "h")) == "done";
    };
    SignedIn in = office.ready("a");
    office.clock.advance(office.rules.session_idle - seconds(1));
    CHECK(alive(in));  // and is seen
    office.clock.advance(office.rules.session_idle - seconds(1));
    CHECK(alive(in));
    office.clock.advance(office.rules.session_idle);
    CHECK_FALSE(alive(in));

    in = value(office.accounts.sign_in("a", "second-Secret-88", "h"));
    auto left = office.rules.session_end;
    while (left > office.rules.session_idle / 2) {
        office.clock.advance(office.rules.session_idle / 2);
        left -= office.rules.session_idle / 2;
        CHECK(alive(in));
    }
    office.clock.advance(left);
    CHECK_FALSE(alive(in));  // never idle, but old

    in = value(office.accounts.sign_in("a", "second-Secret-88", "h"));
    done(office.accounts.sign_out(in.token, "h"));
    CHECK_FALSE(alive(in));
    in = value(office.accounts.sign_in("a", "second-Secret-88", "h"));
    office.give("a", "village_worker", "village-1");
    CHECK_FALSE(alive(in));
    in = value(office.accounts.sign_in("a", "second-Secret-88", "h"));
    CHECK(value(office.accounts.session(in.token, "h")).roles == std::vector<std::string>{"village_worker"});
    const SignedIn other = value(office.accounts.sign_in("a", "second-Secret-88", "h"));
    CHECK(value(office.accounts.end_sessions(user)) >= 2);
    CHECK_FALSE(alive(in));
    CHECK_FALSE(alive(other));
    CHECK(code_of(office.accounts.session("", "h")) == "session_ended");
    CHECK(code_of(office.accounts.session("nonsense", "h")) == "session_ended");
}

TEST_CASE("the store holds neither token nor password nor the name that failed") {
    Office office;
    office.add("a");
    const SignedIn in = office.ready("a");
    CHECK(office.tried("my-password-in-the-wrong-box", "x") == "sign_in_refused");
    for (const auto& [sql, secret] :
         {std::pair<const char*, std::string>{"select token_hash from access_session", in.token},
          {"select password from account", "second-Secret-88"},
          {"select subject from sign_in_failure", "my-password-in-the-wrong-box"}}) {
        auto query = value(office.store.database.prepare(sql));
        int rows = 0;
        while (value(query.step())) {
            ++rows;
            CHECK(query.text(0).find(secret) == std::string::npos);
        }
        CHECK(rows > 0);
    }
}

TEST_CASE("a change needs the session's own csrf token") {
    Office office;
    office.add("a");
    office.add("b");
    const SignedIn a = office.ready("a");
    const SignedIn b = office.ready("b");
    CHECK(Accounts::csrf_matches(a.token, a.csrf));
    CHECK_FALSE(Accounts::csrf_matches(a.token, b.csrf));
    CHECK_FALSE(Accounts::csrf_matches(a.token, ""));
    CHECK_FALSE(Accounts::csrf_matches(a.token, a.token));
}

TEST_CASE("a role that asks for a second factor: nothing may be done before one is confirmed") {
    Office office;
    office.add("boss", "county_caseworker");
    SignedIn in = office.ready("boss");
    CHECK(in.session.stage == SessionStage::needs_second_factor);
    CHECK_FALSE(office.roles.may(in.session, Verb::read, Thing::person));
    const auto offer = value(office.accounts.offer_second_factor(in.session));
    CHECK(offer.uri.find("secret=" + offer.secret) != std::string::npos);
    const std::string secret = secret_of(offer.secret);
    CHECK(code_of(office.accounts.confirm_second_factor(in.session, "000000")) == "sign_in_refused");
    const auto codes =
        value(office.accounts.confirm_second_factor(in.session, code_at(secret, office.clock.now())));
    CHECK(codes.size() == static_cast<std::size_t>(office.rules.recovery_codes));
    CHECK(value(office.accounts.session(in.token, "h")).stage == SessionStage::full);

    // From now on a password alone is not enough.
    in = value(office.accounts.sign_in("boss", "second-Secret-88", "h"));
    CHECK(in.session.stage == SessionStage::needs_second_factor);
    CHECK(code_of(office.accounts.change_password(in.token, "second-Secret-88", "third-Secret-99", "h")) ==
          "sign_in_refused");
    CHECK(code_of(office.accounts.offer_second_factor(in.session)) == "second_factor_there");
    const std::string used = code_at(secret, office.clock.now());
    CHECK(code_of(office.accounts.second_factor(in.token, used, "h")) == "sign_in_refused");  // replayed
    office.clock.advance(seconds(30));
    const std::string fresh = code_at(secret, office.clock.now());
    const SignedIn whole = value(office.accounts.second_factor(in.token, fresh, "h"));
    CHECK(whole.session.stage == SessionStage::full);
    CHECK(whole.token != in.token);
    CHECK(code_of(office.accounts.session(in.token, "h")) == "session_ended");

    in = value(office.accounts.sign_in("boss", "second-Secret-88", "h"));
    CHECK(code_of(office.accounts.second_factor(in.token, fresh, "h")) == "sign_in_refused");
    CHECK(code_of(office.accounts.second_factor(in.token, codes[0], "h")) == "done");
    in = value(office.accounts.sign_in("boss", "second-Secret-88", "h"));
    CHECK(code_of(office.accounts.second_factor(in.token, codes[0], "h")) == "sign_in_refused");  // once
    CHECK(code_of(office.accounts.second_factor(in.token, codes[1], "h")) == "done");
}

TEST_CASE("wrong codes count as failures, and a right password does not forget them") {
    Office office;
    office.add("boss", "auditor");
    const SignedIn first = office.ready("boss");
    const auto offer = value(office.accounts.offer_second_factor(first.session));
    (void)value(office.accounts.confirm_second_factor(first.session,
                                                      code_at(secret_of(offer.secret), office.clock.now())));
    int refused = 0;
    for (int i = 0; i < 2 * office.rules.account.free; ++i) {
        const auto in = office.accounts.sign_in("boss", "second-Secret-88", "h");
        if (!in) {
            CHECK(in.error().code == "sign_in_wait");
            break;
        }
        CHECK(code_of(office.accounts.second_factor(in->token, "123456", "h")) == "sign_in_refused");
        ++refused;
    }
    CHECK(refused == office.rules.account.free);
}

TEST_CASE("a reset gives a password that must be changed, and no second factor") {
    Office office;
    const UserId user = office.add("boss", "auditor");
    const SignedIn first = office.ready("boss");
    const auto offer = value(office.accounts.offer_second_factor(first.session));
    (void)value(office.accounts.confirm_second_factor(first.session,
                                                      code_at(secret_of(offer.secret), office.clock.now())));
    done(office.accounts.reset(user, "another-First-55"));
    CHECK(code_of(office.accounts.session(first.token, "h")) == "session_ended");
    CHECK(office.tried("boss", "second-Secret-88") == "sign_in_refused");
    const SignedIn in = value(office.accounts.sign_in("boss", "another-First-55", "h"));
    CHECK(in.session.stage == SessionStage::needs_new_password);
    CHECK_FALSE(value(office.accounts.find("boss")).has_second_factor);
}

TEST_CASE("accounts: names that are taken, empty or odd, and roles that none can have") {
    Office office;
    office.add("a");
    const auto added = [&](const std::string& name, std::vector<std::string> roles) {
        Account account;
        account.name = name;
        account.roles = std::move(roles);
        account.unit = UnitId(1);
        return code_of(office.accounts.add(account, "first-Secret-77"));
    };
    CHECK(added("A", {"auditor"}) == "user_name_taken");
    CHECK(added("ａ", {"auditor"}) == "user_name_taken");
    CHECK(added("", {"auditor"}) == "user_name");
    CHECK(added("a b", {"auditor"}) == "user_name");
    CHECK(added(std::string(65, 'n'), {"auditor"}) == "user_name");
    CHECK(added("b", {}) == "user_without_role");
    CHECK(added("b", {"king"}) == "role_unknown");
    CHECK(added("b", {"citizen"}) == "role_unknown");
    CHECK(added("b", {"department_machine"}) == "role_unknown");
    CHECK(added("王小明", {"auditor", "fund_clerk"}) == "done");
    CHECK(value(office.accounts.find("王小明")).roles == std::vector<std::string>{"auditor", "fund_clerk"});
    CHECK(code_of(office.accounts.find("nobody")) == "user_unknown");
    CHECK(value(office.accounts.list()).size() == 2);
}

TEST_CASE("a storm of sign-ins: so many are worked on, so many wait, the others are told that it is busy") {
    Office office;
    office.rules.password_kibibytes = 8192;
    office.rules.password_passes = 3;
    office.rules.password_at_once = 1;
    office.rules.password_waiting = 2;
    PasswordHasher hasher(office.rules);
    const std::string hash = value(hasher.hash("x"));
    std::atomic<int> served = 0;
    std::atomic<int> busy = 0;
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 24; ++i) {
            clients.emplace_back([&] {
                const auto same = hasher.matches(hash, "x");
                if (same && *same) ++served;
                if (!same && same.error().code == "busy" && same.error().kind == ErrorKind::limit) ++busy;
            });
        }
    }
    CHECK(served + busy == 24);
    CHECK(served >= 3);
    CHECK(busy > 0);
    CHECK(value(hasher.matches(hash, "x")));  // and afterwards all is well
    CHECK_FALSE(value(hasher.matches(hash, "y")));
    CHECK_FALSE(value(hasher.matches("", "nobody's")));
}

TEST_CASE("an outside identity signs in whom it is linked to, and nobody else") {
    Office office;
    const UserId user = office.add("a");
    const Accounts::OutsideSubject subject{"https://id.example", "s-1"};
    CHECK(code_of(office.accounts.sign_in(subject, "h")) == "sign_in_refused");
    done(office.accounts.link(subject, user));
    const SignedIn in = value(office.accounts.sign_in(subject, "h"));
    CHECK(in.session.user == user);
    CHECK(in.session.stage == SessionStage::full);  // no password of ours to change
    CHECK(code_of(office.accounts.sign_in({"https://other.example", "s-1"}, "h")) == "sign_in_refused");
    done(office.accounts.set_active(user, false));
    CHECK(code_of(office.accounts.sign_in(subject, "h")) == "sign_in_refused");
    add_household(office.store.database, 3, "", "three");
    const Accounts::OutsideSubject citizen{"https://id.example", "s-2"};
    done(office.accounts.link(citizen, PersonId(3)));
    const SignedIn person = value(office.accounts.sign_in(citizen, "h"));
    CHECK(person.session.kind == SessionKind::citizen);
    CHECK(person.session.person == PersonId(3));
    CHECK(person.session.household == HouseholdId(3));
}

TEST_CASE("a department's token: in its days, in its scope, until it is revoked") {
    Office office;
    ApiToken token;
    token.title = "人社接口";
    token.role = "department_machine";
    token.unit = unit_named(office.tree, "county-a");
    token.department = "hr";
    token.from = day_of(2026, 3, 2);
    token.until = day_of(2026, 4, 1);
    const auto issued = [&](ApiToken one) {
        return code_of(issue_token(office.store.database, office.services, one, UserId(1)));
    };
    ApiToken wrong = token;
    wrong.role = "auditor";
    CHECK(issued(wrong) == "role_unknown");
    wrong = token;
    wrong.department.clear();
    CHECK(issued(wrong) == "token_scope");
    wrong = token;
    wrong.until = token.from + office.rules.token_longest_days + 1;
    CHECK(issued(wrong) == "token_days");
    wrong.until = token.from;
    CHECK(issued(wrong) == "token_days");

    const std::string secret = value(issue_token(office.store.database, office.services, token, UserId(1)));
    const auto enters = [&] {
        return code_of(token_session(office.store.database, office.services, secret, "h"));
    };
    CHECK(enters() == "sign_in_refused");  // the day before
    office.clock.set(noon(2026, 3, 2));
    CHECK(enters() == "done");
    const Session session = value(token_session(office.store.database, office.services, secret, "h"));
    CHECK(session.kind == SessionKind::token);
    CHECK(session.department == "hr");
    CHECK(office.roles.may(session, Verb::create, Thing::feed));
    CHECK_FALSE(office.roles.may(session, Verb::read, Thing::person));
    office.clock.set(noon(2026, 3, 31));
    CHECK(enters() == "done");
    office.clock.set(noon(2026, 4, 1));
    CHECK(enters() == "sign_in_refused");
    office.clock.set(noon(2026, 3, 15));
    const auto tokens = value(list_tokens(office.store.database));
    REQUIRE(tokens.size() == 1);
    done(revoke_token(office.store.database, office.clock, tokens.front().id));
    CHECK(enters() == "sign_in_refused");
    CHECK(code_of(revoke_token(office.store.database, office.clock, tokens.front().id)) == "token_unknown");
}

TEST_CASE("a citizen enters by a window's code: once, soon, and after few wrong tries not at all") {
    Office office;
    auto& database = office.store.database;
    add_household(database, 1, "441699101001", "one");
    add_household(database, 4, "", "four");
    const Date before = day_of(2026, 1, 1);
    done(placed(database, HouseholdId(1), unit_named(office.tree, "village-1"), before, "region"));
    done(placed(database, HouseholdId(4), unit_named(office.tree, "village-4"), before, "region"));
    const auto log = value(AuditLog::start(office.store.another(), office.clock));
    const Session officer = staff("township_officer", unit_named(office.tree, "town-1"));
    const auto issue = [&](const Session& who, std::uint32_t person, const char* paper) {
        return issue_window_code(database, office.services, *log, who, PersonId(person), paper);
    };
    const auto enter = [&](const std::string& code, const std::string& from = "h") {
        return code_of(redeem_window_code(database, office.services, code, from));
    };
    CHECK(code_of(issue(officer, 4, "身份证")) == "out_of_scope");
    CHECK(code_of(issue(officer, 99, "身份证")) == "out_of_scope");
    CHECK(code_of(issue(officer, 1, " ")) == "window_paper");
    const Session village = staff("village_worker", unit_named(office.tree, "village-1"));
    CHECK(code_of(issue(village, 1, "身份证")) == "not_allowed");

    std::string code = value(issue(officer, 1, "身份证"));
    const auto entered = value(redeem_window_code(database, office.services, " " + code + " ", "h"));
    CHECK(entered.session.kind == SessionKind::citizen);
    CHECK(entered.session.person == PersonId(1));
    CHECK(entered.session.household == HouseholdId(1));
    CHECK(office.roles.may(entered.session, Verb::read, Thing::audit));
    CHECK(value(office.accounts.session(entered.token, "h")).person == PersonId(1));
    CHECK(enter(code) == "sign_in_refused");  // once

    code = value(issue(officer, 1, "身份证"));
    office.clock.advance(office.rules.window_code_term - seconds(1));
    const std::string late = value(issue(officer, 1, "身份证"));
    CHECK(enter(code) == "sign_in_refused");  // a newer one was issued
    office.clock.advance(office.rules.window_code_term);
    CHECK(enter(late) == "sign_in_refused");  // too late

    code = value(issue(officer, 1, "身份证"));
    std::string wrong = code;
    wrong.back() = wrong.back() == '2' ? '3' : '2';
    for (int i = 0; i < office.rules.window_code_tries; ++i) CHECK(enter(wrong) == "sign_in_refused");
    CHECK(enter(code) == "sign_in_refused");  // the right one comes too late

    for (int i = 0; i < office.rules.address.free; ++i) (void)enter("AAAA-BBBB-CCCC", "198.51.100.9");
    CHECK(enter("AAAA-BBBB-CCCC", "198.51.100.9") == "sign_in_wait");
    CHECK(enter("", "192.0.2.9") == "sign_in_refused");
    // That a code was issued stands in the log, with the person as its subject.
    const auto records = value(read_audit(database, {.person = PersonId(1)}));
    CHECK(records.size() == 4);
    CHECK(records.front().verb == "issue");
}

}  // namespace doudi::access
