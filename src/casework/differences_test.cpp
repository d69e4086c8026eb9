// SPDX-License-Identifier: Apache-2.0
// Where the five notices part in how a case is handled (C03, C06, C08, C09, C10, C17, C19): one engine, five
// packs.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "casework/moves.h"
#include "policy/load.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;
const Codes made{"made"};

const policy::Pack& pack(const std::string& id) {
    static std::map<std::string, policy::Policy> loaded;
    auto found = loaded.find(id);
    if (found == loaded.end())
        found = loaded.emplace(id, policy::load_policy(DOUDI_SOURCE_DIR, id).value()).first;
    return found->second.pack;
}

Actor actor(std::string role, std::string level, std::string region, unsigned user = 9) {
    return {UserId(user), {std::move(role)}, UnitId(1), std::move(level), std::move(region), ""};
}

// A case that stands in a state, told what it was told.
struct Standing {
    std::string pack_id;
    std::string machine;
    CaseState state;

    [[nodiscard]] Codes try_move(const Actor& who, std::string_view move, const Fields& fields) const {
        const policy::Law& law = pack(pack_id).law;
        const Date today = Date::parse_iso("2026-03-02").value();
        const MoveQuestion question{law, *law.procedures.machine(machine), state, today, {}};
        Codes codes;
        for (const MoveFault& fault : check_move(question, who, {std::string(move), today, fields, ""}))
            codes.push_back(fault.code);
        return codes.empty() ? made : codes;
    }
};

Standing standing(std::string pack_id, std::string machine, std::string state, Fields told = {}) {
    Standing one{std::move(pack_id), std::move(machine), {}};
    one.state.state = std::move(state);
    one.state.track = first_of(told, track_field);
    one.state.fields = std::move(told);
    one.state.events = 3;
    return one;
}

std::vector<std::string> ids_of(const policy::Pack& of, std::string_view section) {
    std::vector<std::string> ids;
    for (const policy::RouteElement& route : of.law.routes)
        if (route.section == section) ids.push_back(route.id);
    return ids;
}

}  // namespace

TEST_CASE(
    "C03: on to another category after an exit: Changsha and Chongqing ask for consent, Jinan does not") {
    const Actor township = actor("township_officer", "township", "370102001");
    const Fields onward{{"category", {"mlg_marginal_household"}}};
    Fields agreed = onward;
    agreed["consent"] = {"true"};
    Fields refused = onward;
    refused["consent"] = {"false"};
    for (const char* id : {"changsha-2025", "chongqing-2024"}) {
        const Standing left = standing(id, "review", "watched");
        CHECK(left.try_move(township, "transfer", onward) == Codes{"field_missing", "move_condition"});
        CHECK(left.try_move(township, "transfer", refused) == Codes{"move_condition"});
        CHECK(left.try_move(township, "transfer", agreed) == made);
    }
    CHECK(standing("jinan-2024", "review", "watched").try_move(township, "transfer", onward) == made);
}

TEST_CASE("C06: the branches of a warning are those that the notice has") {
    const Actor county = actor("county_caseworker", "county", "370102");
    const Fields found{{"outcome", {"true_"}}};
    for (const auto& [id, has_termination] :
         {std::pair("jinan-2024", false), std::pair("changsha-2025", true), std::pair("chongqing-2024", true),
          std::pair("shanxi-county", false)}) {
        CAPTURE(id);
        const Standing back = standing(id, "warning", "fed_back", found);
        CHECK(back.try_move(county, "handle", {{"branch", {"terminate"}}}) ==
              (has_termination ? made : Codes{"field_law"}));
        for (const std::string& branch : ids_of(pack(id), "branches"))
            CHECK(back.try_move(county, "handle", {{"branch", {branch}}}) == made);
    }
}

TEST_CASE(
    "C08: who convenes on a single case: in Shanxi the township where it happened, elsewhere the county") {
    const Fields told{{"agenda", {"一事一议"}}, {"due_on", {"2026-03-05"}}};
    for (const auto& [id, level] :
         {std::pair("jinan-2024", "county"), std::pair("changsha-2025", "county"),
          std::pair("chongqing-2024", "county"), std::pair("guangdong-2021", "county"),
          std::pair("shanxi-county", "township")}) {
        CAPTURE(id);
        const Standing called = standing(id, "conference", "called");
        const bool by_township = std::string_view(level) == "township";
        CHECK(called.try_move(actor("township_officer", "township", ""), "convene", told) ==
              (by_township ? made : Codes{"move_level"}));
        CHECK(called.try_move(actor("county_caseworker", "county", ""), "convene", told) ==
              (by_township ? Codes{"move_level"} : made));
    }
}

TEST_CASE(
    "C09: the days of verification: by level in Guangdong, a figure of the city in Chongqing, no level "
    "elsewhere") {
    using Kind = policy::ClockTerm::Kind;
    const auto term = [](const std::string& id) {
        return pack(id).law.procedures.clock("warning_verification")->term;
    };
    CHECK(term("guangdong-2021").kind == Kind::by_level);
    CHECK(term("chongqing-2024").parameter == "warning_verification_days");
    CHECK(term("jinan-2024").kind == Kind::by_level);
}

TEST_CASE("C10: small sums first: 1000 yuan in Jinan and not a fen more, elsewhere what the place sets") {
    const Actor township = actor("township_officer", "township", "370102001");
    const auto paid = [&](const char* id, std::string fen) {
        return standing(id, "emergency", "reported")
            .try_move(township, "pay_first", {{"amount", {std::move(fen)}}, {"paid_how", {"reserve"}}});
    };
    CHECK(paid("jinan-2024", "99999") == made);
    CHECK(paid("jinan-2024", "100000") == made);
    CHECK(paid("jinan-2024", "100001") == Codes{"field_too_much"});
    CHECK(paid("changsha-2025", "100000") == Codes{"bound_unset"});
    CHECK(paid("shanxi-county", "1") == Codes{"bound_unset"});

    // Clause 7: while the application is pending, and for those two categories alone.
    const auto advanced = [&](const char* category, const char* state, std::string fen) {
        return standing("jinan-2024", "application", state, {{"category", {category}}})
            .try_move(township, "advance", {{"amount", {std::move(fen)}}, {"reason", {"急需"}}});
    };
    CHECK(advanced("minimum_living_guarantee", "accepted", "100000") == made);
    CHECK(advanced("extreme_poverty", "to_confirm", "100000") == made);
    CHECK(advanced("minimum_living_guarantee", "accepted", "100001") == Codes{"field_too_much"});
    CHECK(advanced("mlg_marginal_household", "accepted", "100000") == Codes{"move_condition"});
    CHECK(advanced("minimum_living_guarantee", "served", "100000") == Codes{"move_not_open"});
    CHECK(pack("changsha-2025").law.procedures.machine("application")->move("advance") == nullptr);
}

TEST_CASE("C17: watched after exit: 24 months in Chongqing, elsewhere what the place sets") {
    CHECK(pack("chongqing-2024").law.procedures.clock("exit_watch")->term.count == 24);
    for (const char* id : {"jinan-2024", "changsha-2025", "guangdong-2021", "shanxi-county"})
        CHECK(pack(id).law.procedures.clock("exit_watch")->term.parameter == "exit_watch_months");
}

TEST_CASE("C19: who confirms: the county, in Shanxi the township; agriculture its own category") {
    const Fields guarantee{{"category", {"minimum_living_guarantee"}}};
    const Actor county = actor("county_caseworker", "county", "441699");
    const Actor township = actor("township_officer", "township", "441699101");
    for (const auto& [id, by_township] :
         {std::pair("jinan-2024", false), std::pair("changsha-2025", false),
          std::pair("chongqing-2024", false), std::pair("guangdong-2021", false),
          std::pair("shanxi-county", true)}) {
        CAPTURE(id);
        const Standing ready = standing(id, "application", "to_confirm", guarantee);
        CHECK(ready.try_move(township, "confirm", guarantee) ==
              (by_township ? made : Codes{"move_authority"}));
        CHECK(ready.try_move(county, "confirm", guarantee) == (by_township ? Codes{"move_authority"} : made));
    }
    const Fields relapse{{"category", {"relapse_monitored"}}};
    Actor agriculture = actor("agriculture_officer", "county", "");
    agriculture.department = "agriculture";
    for (const char* id : {"changsha-2025", "guangdong-2021"}) {
        const Standing ready = standing(id, "application", "to_confirm", relapse);
        CHECK(ready.try_move(agriculture, "confirm", relapse) == made);
        CHECK(ready.try_move(county, "confirm", relapse) == Codes{"move_authority"});
    }
}

}  // namespace doudi::casework
