// SPDX-License-Identifier: Apache-2.0
#include "casework/moves.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "policy/load.h"

namespace doudi::casework {
namespace {

Date day(std::string_view iso) {
    return Date::parse_iso(iso).value();
}

const policy::Law& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded.pack.law;
}

const Actor county{UserId(1), {"county_caseworker"}, UnitId(1), "county", "", ""};
const Actor township{UserId(2), {"township_officer"}, UnitId(2), "township", "", ""};
const Actor colleague{UserId(3), {"township_officer"}, UnitId(2), "township", "", ""};
const Actor both{UserId(4), {"county_caseworker", "township_officer"}, UnitId(1), "county", "", ""};
const Actor program{UserId(), {"monitoring"}, UnitId(), "", "", ""};

// A warning that goes its way.
struct Warning {
    CaseState state;
    std::vector<CaseEvent> events;
    Date today = day("2025-06-30");

    [[nodiscard]] MoveQuestion question() const {
        return {law(), *law().procedures.machine("warning"), state, today, {}};
    }
    std::vector<std::string> make(const Actor& who, std::string_view move, Fields fields = {}) {
        const MoveRequest request{std::string(move), today, std::move(fields), ""};
        std::vector<std::string> codes;
        for (const MoveFault& fault : check_move(question(), who, request)) codes.push_back(fault.code);
        if (!codes.empty()) return codes;
        events.push_back(event_of(question(), who, request));
        fold(state, events.back());
        return {"made"};
    }
    Warning& accepted() {
        make(program, "raise", {{"event", {"1"}}});
        make(county, "dispatch", {{"to_unit", {"2"}}});
        make(township, "accept");
        REQUIRE(state.state == "accepted");
        return *this;
    }
};

using Codes = std::vector<std::string>;
const Fields seen_true{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"病重"}}};
const Fields seen_false{{"outcome", {"false_"}}, {"officers", {"2", "3"}}, {"note", {"已就业"}}};

}  // namespace

TEST_CASE("a warning goes from the comparison to the door and back, each by its own people") {
    Warning warning;
    warning.accepted();
    CHECK(warning.make(township, "visit", seen_true) == Codes{"made"});
    CHECK(warning.make(township, "feed_back") == Codes{"made"});
    CHECK(warning.make(county, "handle", {{"branch", {"push"}}}) == Codes{"made"});
    CHECK(warning.make(county, "close", {{"reason", {"已转医保"}}}) == Codes{"made"});
    CHECK(warning.state.state == "closed");
}

TEST_CASE("what is not open is refused with the state that it has") {
    Warning warning;
    CHECK(warning.make(county, "dispatch", {{"to_unit", {"2"}}}) == Codes{"move_not_open"});
    warning.accepted();
    CHECK(warning.make(program, "raise", {{"event", {"1"}}}) == Codes{"move_not_open"});
    CHECK(warning.make(county, "close", {{"reason", {"x"}}}) == Codes{"move_not_open"});
    CHECK(warning.make(county, "fly") == Codes{"move_unknown"});
}

TEST_CASE("another role is refused, and every reason is said at once") {
    Warning warning;
    warning.accepted();
    CHECK(warning.make(county, "visit", seen_true) == Codes{"move_role"});
    CHECK(warning.make(county, "visit", {{"outcome", {"perhaps"}}, {"officers", {"2"}}}) ==
          Codes{"move_role", "field_missing", "field_few", "field_word"});
}

TEST_CASE("a home visit takes two officers: one, the same twice, two") {
    Warning warning;
    warning.accepted();
    Fields told = seen_true;
    told["officers"] = {"2"};
    CHECK(warning.make(township, "visit", told) == Codes{"field_few"});
    told["officers"] = {"2", "2"};
    CHECK(warning.make(township, "visit", told) == Codes{"field_repeated"});
    told["officers"] = {"2", "3"};
    CHECK(warning.make(township, "visit", told) == Codes{"made"});
}

TEST_CASE("in vain at the door changes no state and is no ground for anything") {
    Warning warning;
    warning.accepted();
    CHECK(warning.make(township, "attempt", {{"attempt", {"not_at_home"}}, {"officers", {"2", "3"}}}) ==
          Codes{"made"});
    CHECK(warning.state.state == "accepted");
    CHECK_FALSE((std::ranges::find(warning.state.marks, "verified", &Mark::id) != warning.state.marks.end()));
}

TEST_CASE("who found it not true does not close it: another person does") {
    Warning warning;
    warning.accepted();
    warning.make(both, "visit", seen_false);
    warning.make(township, "feed_back");
    CHECK(warning.make(county, "handle", {{"branch", {"push"}}}) == Codes{"move_condition"});
    CHECK(warning.make(both, "dismiss", {{"reason", {"不属实"}}}) == Codes{"move_same_person"});
    CHECK(warning.make(county, "dismiss", {{"reason", {"不属实"}}}) == Codes{"made"});
}

TEST_CASE("nothing takes effect tomorrow: the day of, the day after") {
    Warning warning;
    warning.accepted();
    MoveRequest request{"visit", warning.today, seen_true, ""};
    CHECK(check_move(warning.question(), township, request).empty());
    request.on = warning.today + 1;
    const auto faults = check_move(warning.question(), township, request);
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().code == "on_future");
}

TEST_CASE("a page shows each person what is open to them") {
    Warning warning;
    warning.accepted();
    const auto ids = [&](const Actor& actor) {
        Codes found;
        for (const policy::Move* move : open_moves(warning.question(), actor)) found.push_back(move->id);
        return found;
    };
    CHECK(ids(township) == Codes{"attempt", "visit", "call", "help_asked"});
    CHECK(ids(county) == Codes{"call", "merge", "remind", "help_asked"});
    CHECK(ids(colleague) == ids(township));
}

TEST_CASE("the state is the fold of the events, read from any of them on") {
    Warning warning;
    warning.accepted();
    warning.make(township, "visit", seen_true);
    CHECK(fold(warning.events) == warning.state);
    CaseState state;
    for (const CaseEvent& event : warning.events) fold(state, event);
    CHECK(state == warning.state);
    CHECK(state.events == 4);
    CHECK(state.made_by.at("visit") == township.user);
}

}  // namespace doudi::casework
