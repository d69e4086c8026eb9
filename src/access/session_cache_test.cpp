// SPDX-License-Identifier: Apache-2.0
#include "access/session_cache.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {

namespace {

Session session_of(std::string name) {
    Session session;
    session.user_name = std::move(name);
    return session;
}

}  // namespace

TEST_CASE("a session is known for a moment, and not at its end") {
    SessionCache cache;
    const Instant now = noon(2025, 7, 1);
    cache.put("hash", session_of("wang"), now, now + std::chrono::hours(1), cache.generation());
    REQUIRE(cache.find("hash", now));
    CHECK(cache.find("hash", now)->user_name == "wang");
    CHECK(cache.find("hash", now + SessionCache::moment - std::chrono::microseconds(1)));
    CHECK_FALSE(cache.find("hash", now + SessionCache::moment));
    CHECK_FALSE(cache.find("another", now));
}

TEST_CASE("a session that ends within the moment is known until its end") {
    SessionCache cache;
    const Instant now = noon(2025, 7, 1);
    cache.put("hash", session_of("wang"), now, now + std::chrono::seconds(1), cache.generation());
    CHECK(cache.find("hash", now));
    CHECK_FALSE(cache.find("hash", now + std::chrono::seconds(1)));
}

TEST_CASE("after a change nothing is known, and what was read before it is not kept") {
    SessionCache cache;
    const Instant now = noon(2025, 7, 1);
    const Instant end = now + std::chrono::hours(1);
    cache.put("hash", session_of("wang"), now, end, cache.generation());
    const auto before = cache.generation();
    cache.changed();
    CHECK_FALSE(cache.find("hash", now));
    cache.put("hash", session_of("wang"), now, end, before);
    CHECK_FALSE(cache.find("hash", now));
    cache.put("hash", session_of("wang"), now, end, cache.generation());
    CHECK(cache.find("hash", now));
}

TEST_CASE("who is locked, changed or signed out is so at the next question, cache or none") {
    PeopleOffice office;
    office.use_cache();
    Accounts& accounts = office.accounts;
    const UserId user = office.add("zhang");
    const auto sign_in = [&](std::string_view password) {
        return value(accounts.sign_in("zhang", password, "127.0.0.1")).token;
    };
    const std::string first = sign_in("first-Secret-77");
    CHECK(value(accounts.session(first, "10.0.0.1")).from == "10.0.0.1");
    CHECK(value(accounts.session(first, "10.0.0.2")).from == "10.0.0.2");
    const auto next =
        value(accounts.change_password(first, "first-Secret-77", "another 2 of them", "127.0.0.1"));
    CHECK(code_of(accounts.session(first, "10.0.0.1")) == "session_ended");
    CHECK(value(accounts.session(next.token, "10.0.0.1")).roles.front() == "township_officer");
    office.give("zhang", "village_worker", "village-1");
    CHECK(code_of(accounts.session(next.token, "10.0.0.1")) == "session_ended");
    const std::string again = sign_in("another 2 of them");
    CHECK(value(accounts.session(again, "10.0.0.1")).roles.front() == "village_worker");
    done(accounts.set_active(user, false));
    CHECK(code_of(accounts.session(again, "10.0.0.1")) == "session_ended");
    done(accounts.set_active(user, true));
    const std::string last = sign_in("another 2 of them");
    CHECK(accounts.session(last, "10.0.0.1"));
    done(accounts.sign_out(last, "10.0.0.1"));
    CHECK(code_of(accounts.session(last, "10.0.0.1")) == "session_ended");
}

}  // namespace doudi::access
