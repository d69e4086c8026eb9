// SPDX-License-Identifier: Apache-2.0
// Where the five notices part in how a case is handled: one engine, five packs. Shown here: C01, C03, C06,
// C08, C09, C10, C12, C13, C16, C17, C19, C24, C25. What of the others decides nothing about a case is shown
// elsewhere:
//  - C02 (order of the tests), C04 (disability of a single member), C05 (test of rigid expenditure), C11
//  (shares of
//    the premium), C14 and C15 (whom service and extended measures are for), C18 (base of the line), C21 to
//    C23 (whom schooling, work and housing help): determination answers them; an application carries their
//    result. packs/*/cases, src/determine.
//  - C07 (rhythm of the comparison): when feeds are compared and surveys fall due; a campaign is opened by a
//  person.
//    packs/*/cases (rhythms), tests/api/rhythms_test.py.
//  - C20 (names of levels): a case keeps the level's id and never sorts by its name. src/policy,
//  packs/*/cases.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "casework/moves/moves.h"
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
    one.state.marks.push_back({"determined", {}, "", "", std::nullopt, 3});
    return one;
}

// An application that was reviewed, checked and determined as that category, and waits to be confirmed.
Fields ready_as(const std::string& category) {
    return {{"category", {category}},  {"opinion", {"grant"}},         {"check_result", {"within"}},
            {"found_kind", {"grant"}}, {"found_category", {category}}, {"channel", {"window"}},
            {"pledge", {"true"}},      {"authorised", {"true"}},       {"relatives_of_staff", {"false"}}};
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
        const Standing left = standing(id, "review", "watched", {{"category", {"minimum_living_guarantee"}}});
        CHECK(left.try_move(township, "transfer", onward) == Codes{"field_missing", "move_condition"});
        CHECK(left.try_move(township, "transfer", refused) == Codes{"move_condition"});
        CHECK(left.try_move(township, "transfer", agreed) == made);
    }
    const Standing left =
        standing("jinan-2024", "review", "watched", {{"category", {"minimum_living_guarantee"}}});
    CHECK(left.try_move(township, "transfer", onward) == made);
}

TEST_CASE("C02: one application is handled as any category of the pack, without being filed anew") {
    const Actor township = actor("township_officer", "township", "");
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        const Standing surveyed =
            standing(id, "application", "surveyed", {{"category", {"minimum_living_guarantee"}}});
        for (const policy::Category& category : pack(id).law.categories) {
            const Fields other{{"category", {category.id}}, {"reason", {"按此类办理"}}};
            CHECK(surveyed.try_move(township, "switch", other) == made);
        }
        const Fields anew{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
        CHECK(surveyed.try_move(township, "register", anew) == Codes{"move_not_open"});
        CHECK(surveyed.try_move(township, "switch", {{"category", {"moon"}}, {"reason", {"无"}}}) ==
              Codes{"field_law"});
    }
}

TEST_CASE("C03: to which categories one goes on, and from which: as the notice lists them, and to no other") {
    const Actor township = actor("township_officer", "township", "370102001");
    const std::map<std::string, std::vector<std::string>> to{
        {"jinan-2024", {"mlg_marginal_household", "rigid_expenditure_household"}},
        {"changsha-2025", {"mlg_marginal_household", "rigid_expenditure_household", "other_hardship"}},
        {"chongqing-2024", {"mlg_marginal_household", "rigid_expenditure_household"}}};
    for (const auto& [id, targets] : to) {
        for (const policy::Category& category : pack(id).law.categories) {
            CAPTURE(id);
            CAPTURE(category.id);
            const Fields told{{"category", {category.id}}, {"consent", {"true"}}};
            const bool is_listed = std::ranges::find(targets, category.id) != targets.end();
            for (const char* from : {"minimum_living_guarantee", "extreme_poverty"}) {
                Fields onward = told;
                if (std::string_view(id) == "jinan-2024") onward.erase("consent");
                CHECK(standing(id, "review", "watched", {{"category", {from}}})
                          .try_move(township, "transfer", onward) ==
                      (is_listed ? made : Codes{"route_none"}));
            }
        }
        Fields margin{{"category", {"mlg_marginal_household"}}, {"consent", {"true"}}};
        if (id == "jinan-2024") margin.erase("consent");
        CHECK(standing(id, "review", "watched", {{"category", {"rigid_expenditure_household"}}})
                  .try_move(township, "transfer", margin) == Codes{"route_none"});
    }
}

TEST_CASE("C17: help is phased out for whom the pack says: extreme poverty in Changsha alone") {
    const Actor township = actor("township_officer", "township", "370102001");
    const Fields taper{{"proposal", {"taper"}},
                       {"reason", {"收入提高"}},
                       {"amount", {"100"}},
                       {"differs_because", {"按入户核实"}}};
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        const auto proposed = [&](const char* category) {
            return standing(id, "review", "surveyed", {{"category", {category}}})
                .try_move(township, "propose", taper);
        };
        CAPTURE(id);
        CHECK(proposed("minimum_living_guarantee") == made);
        CHECK(proposed("extreme_poverty") ==
              (std::string_view(id) == "changsha-2025" ? made : Codes{"route_none"}));
        CHECK(proposed("mlg_marginal_household") == Codes{"route_none"});
    }
}

TEST_CASE("C06: the branches of a warning are those that the notice has") {
    const Actor county = actor("county_caseworker", "county", "370102");
    const Fields found{{"outcome", {"true_"}}};
    for (const auto& [id, has_termination] :
         {std::pair("jinan-2024", false), std::pair("changsha-2025", true), std::pair("chongqing-2024", true),
          std::pair("guangdong-2021", false), std::pair("shanxi-county", false)}) {
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
    const auto told = [](const char* kind) {
        return Fields{{"conference_kind", {kind}}, {"agenda", {"一户一策"}}, {"due_on", {"2026-03-05"}}};
    };
    for (const auto& [id, level] :
         {std::pair("jinan-2024", "county"), std::pair("changsha-2025", "county"),
          std::pair("chongqing-2024", "county"), std::pair("guangdong-2021", "county"),
          std::pair("shanxi-county", "township")}) {
        CAPTURE(id);
        const Standing called = standing(id, "conference", "called");
        const bool by_township = std::string_view(level) == "township";
        const Actor town = actor("township_officer", "township", "");
        const Actor officer = actor("county_caseworker", "county", "");
        CHECK(called.try_move(town, "convene", told("case_conference")) ==
              (by_township ? made : Codes{"move_level"}));
        CHECK(called.try_move(officer, "convene", told("case_conference")) ==
              (by_township ? Codes{"move_level"} : made));
        // The coordination mechanism and the joint meeting are the county's everywhere.
        for (const char* kind : {"mechanism", "joint_meeting"}) {
            CHECK(called.try_move(officer, "convene", told(kind)) == made);
            CHECK(called.try_move(town, "convene", told(kind)) == Codes{"move_level"});
        }
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
    // Where the law sets no days the office does: each level names its own target, a green call too.
    for (const char* id : {"guangdong-2021", "jinan-2024", "changsha-2025", "shanxi-county"}) {
        CAPTURE(id);
        for (const policy::Level& level : pack(id).levels) {
            CAPTURE(level.id);
            const policy::LevelTerm days = pack(id).term_of(level, "", Date::parse_iso("2026-03-02").value());
            const bool is_law = std::string_view(id) == "guangdong-2021" && level.id != "green";
            CHECK(days.is_target == !is_law);
            CHECK(days.working_days.has_value() == is_law);
        }
    }
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
    for (const char* id : {"jinan-2024", "guangdong-2021", "shanxi-county"})
        CHECK(pack(id).law.procedures.clock("exit_watch")->term.parameter == "exit_watch_months");
}

TEST_CASE("C19: who confirms: the county, in Shanxi the township; agriculture its own category") {
    Fields guarantee = ready_as("minimum_living_guarantee");
    guarantee["found_amount"] = {"42000"};
    const Fields told{{"category", {"minimum_living_guarantee"}}, {"amount", {"42000"}}};
    const Actor county = actor("county_caseworker", "county", "441699");
    const Actor township = actor("township_officer", "township", "441699101");
    for (const auto& [id, by_township] :
         {std::pair("jinan-2024", false), std::pair("changsha-2025", false),
          std::pair("chongqing-2024", false), std::pair("guangdong-2021", false),
          std::pair("shanxi-county", true)}) {
        CAPTURE(id);
        const Standing ready = standing(id, "application", "to_confirm", guarantee);
        CHECK(ready.try_move(township, "confirm", told) == (by_township ? made : Codes{"move_authority"}));
        CHECK(ready.try_move(county, "confirm", told) == (by_township ? Codes{"move_authority"} : made));
    }
    const Fields relapse = ready_as("relapse_monitored");
    const Fields as_such{{"category", {"relapse_monitored"}}};
    Actor agriculture = actor("agriculture_officer", "county", "");
    agriculture.department = "agriculture";
    for (const char* id : {"changsha-2025", "guangdong-2021"}) {
        const Standing ready = standing(id, "application", "to_confirm", relapse);
        CHECK(ready.try_move(agriculture, "confirm", as_such) == made);
        CHECK(ready.try_move(county, "confirm", as_such) == Codes{"move_authority"});
    }
}

TEST_CASE("C01: relapse monitoring is a category of its own everywhere, and agriculture's to confirm") {
    const Fields relapse = ready_as("relapse_monitored");
    const Fields as_such{{"category", {"relapse_monitored"}}};
    Actor agriculture = actor("agriculture_officer", "county", "");
    agriculture.department = "agriculture";
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        const Standing ready = standing(id, "application", "to_confirm", relapse);
        CHECK(ready.try_move(agriculture, "confirm", as_such) == made);
        CHECK(ready.try_move(actor("county_caseworker", "county", ""), "confirm", as_such) ==
              Codes{"move_authority"});
    }
}

TEST_CASE(
    "C10: papers after a small sum in Changsha, an explanation elsewhere; the reserve has a cap of its own") {
    const Actor township = actor("township_officer", "township", "140700001");
    const Fields word{{"note", {"情况说明"}}};
    Fields papers = word;
    papers["attachments"] = {std::string(64, 'a')};
    CHECK(standing("changsha-2025", "emergency", "paid").try_move(township, "explain", word) ==
          Codes{"field_missing"});
    CHECK(standing("changsha-2025", "emergency", "paid").try_move(township, "explain", papers) == made);
    for (const char* id : {"jinan-2024", "chongqing-2024"})
        CHECK(standing(id, "emergency", "paid").try_move(township, "explain", word) == made);
    const auto spent = [&](const char* id) {
        return standing(id, "reserve", "open", {{"balance", {"500000"}}})
            .try_move(actor("program", "township", "140700001"), "spend", {{"amount", {"100"}}});
    };
    for (const char* id : {"guangdong-2021", "shanxi-county"}) CHECK(spent(id) == Codes{"bound_unset"});
    for (const char* id : {"jinan-2024", "changsha-2025", "chongqing-2024"}) CHECK(spent(id) == made);
}

TEST_CASE("C12: a hardship goes to the departments that the notice names, and to no other") {
    const std::map<std::string, std::string> own{{"jinan-2024", "big_data"},
                                                 {"changsha-2025", "justice"},
                                                 {"chongqing-2024", "urban_management"},
                                                 {"guangdong-2021", "petition"},
                                                 {"shanxi-county", "court"}};
    const Actor county = actor("county_caseworker", "county", "");
    for (const auto& [id, department] : own) {
        for (const auto& [other, theirs] : own) {
            CAPTURE(id);
            CAPTURE(theirs);
            const bool has = pack(id).law.route_of("departments", theirs) != nullptr;
            if (id == other) CHECK(has);
            CHECK(standing(id, "referral", "drafted")
                      .try_move(county, "send", {{"to_department", {theirs}}, {"to_unit", {"4"}}}) ==
                  (has ? made : Codes{"field_law"}));
        }
    }
    CHECK(pack("jinan-2024").law.route_of("departments", "justice") == nullptr);
    CHECK(pack("changsha-2025").law.route_of("departments", "big_data") == nullptr);
}

TEST_CASE("C13: after a disaster: three cases of the transition in Changsha, no winter stage in Shanxi") {
    const Actor county = actor("county_caseworker", "county", "");
    const Fields why{{"reason", {"仍需安置"}}};
    for (const char* id : {"jinan-2024", "chongqing-2024", "guangdong-2021", "shanxi-county"})
        CHECK(standing(id, "disaster", "emergency").try_move(county, "to_transition", why) == made);
    const Standing changsha = standing("changsha-2025", "disaster", "emergency");
    CHECK(changsha.try_move(county, "to_transition", why) == Codes{"field_missing"});
    for (const char* ground : {"house", "secondary_hazard", "no_livelihood"}) {
        Fields named = why;
        named["transition_ground"] = {ground};
        CHECK(changsha.try_move(county, "to_transition", named) == made);
    }
    CHECK(standing("changsha-2025", "disaster", "transition").try_move(county, "to_winter", why) == made);
    // What lasts is granted by the county, and by another than who reported the loss.
    CHECK(standing("changsha-2025", "disaster", "transition")
              .try_move(actor("township_officer", "township", ""), "to_winter", why) == Codes{"move_role"});
    Standing reported = standing("changsha-2025", "disaster", "transition", {{"loss", {"collapsed"}}});
    reported.state.made_by["report"] = county.user;
    for (const char* move : {"to_winter", "to_rebuilding"})
        CHECK(reported.try_move(county, move, why) == Codes{"move_same_person"});
    CHECK(standing("shanxi-county", "disaster", "transition").try_move(county, "to_winter", why) ==
          Codes{"move_unknown"});
    Standing mourning = standing("shanxi-county", "disaster", "reported",
                                 {{"sum_for", {"comfort"}}, {"sum_proposed", {"1"}}});
    CHECK(mourning.try_move(county, "comfort", {{"amount", {"1"}}}) == Codes{"move_after"});
    mourning.state.made_at["propose_sum"] = 2;
    CHECK(mourning.try_move(county, "comfort", {{"amount", {"1"}}}) == made);
    mourning.state.state = "rebuilding";  // the stage goes on, the proposal is answered all the same
    CHECK(mourning.try_move(county, "comfort", {{"amount", {"1"}}}) == made);
    const Fields winter{{"sum_for", {"winter"}}, {"sum_proposed", {"1"}}, {"reason", {"冬令"}}};
    CHECK(standing("shanxi-county", "disaster", "rebuilding").try_move(county, "propose_sum", winter) ==
          Codes{"field_word"});
    CHECK(standing("changsha-2025", "disaster", "winter").try_move(county, "propose_sum", winter) == made);
    for (const auto& [loss, outcome] :
         {std::pair("collapsed", made), std::pair("other", Codes{"move_condition"})})
        CHECK(standing("changsha-2025", "disaster", "transition", {{"loss", {loss}}})
                  .try_move(county, "to_rebuilding", why) == outcome);
}

TEST_CASE("what one officer pays at once has a cap in every pack; beyond it one proposes and another pays") {
    const Actor town = actor("township_officer", "township", "370102001", 11);
    const Actor county = actor("county_caseworker", "county", "370102");
    Actor other = county;
    other.user = UserId(county.user.value() + 1);
    const auto paid = [](const char* fen) { return Fields{{"amount", {fen}}, {"paid_how", {"fund"}}}; };
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        const bool is_set = std::string_view(id) == "jinan-2024";
        const Standing reported = standing(id, "emergency", "reported");
        CHECK(reported.try_move(county, "pay", paid("100000")) == (is_set ? made : Codes{"bound_unset"}));
        CHECK(reported.try_move(county, "pay", paid("100001")) ==
              Codes{is_set ? "field_too_much" : "bound_unset"});
        CHECK(reported.try_move(county, "pay_agreed", paid("100001")) == Codes{"move_after", "not_as_found"});
        const Fields sum{{"sum_proposed", {"300000"}}, {"reason", {"手术押金"}}};
        CHECK(reported.try_move(town, "propose", sum) == made);
        Standing proposed = standing(id, "emergency", "reported", sum);
        proposed.state.made_by["propose"] = county.user;
        proposed.state.made_at["propose"] = 2;
        CHECK(proposed.try_move(county, "pay_agreed", paid("300000")) == Codes{"move_same_person"});
        CHECK(proposed.try_move(town, "pay_agreed", paid("300000")) == Codes{"move_role", "move_level"});
        CHECK(proposed.try_move(other, "pay_agreed", paid("300001")) == Codes{"not_as_found"});
        CHECK(proposed.try_move(other, "pay_agreed", paid("300000")) == made);
        CHECK(proposed.try_move(other, "propose", sum) == Codes{"move_after"});
        const Fields away{{"reason", {"流浪乞讨"}}, {"to_unit", {"2"}}};
        CHECK(proposed.try_move(town, "hand_over", away) == Codes{"move_after"});
        CHECK(reported.try_move(town, "hand_over", away) == made);
        if (is_set) CHECK(proposed.try_move(county, "pay", paid("100000")) == Codes{"move_after"});
        CHECK(proposed.try_move(other, "turn_down", {{"reason", {"另有救助"}}}) == made);

        // After a disaster goods go at once; money only up to what the place sets, and no stage brings a sum.
        const Standing hit = standing(id, "disaster", "reported");
        CHECK(hit.try_move(town, "help", {{"relief", {"goods"}}}) == made);
        CHECK(hit.try_move(town, "help", {{"relief", {"cash"}}, {"amount", {"1"}}}) == Codes{"bound_unset"});
        CHECK(hit.try_move(town, "help", {{"relief", {"cash"}}}) == Codes{"field_missing"});
        // A sum for a house is for one that was lost; what was lost is known to be so.
        const Fields house{{"sum_for", {"rebuilding"}}, {"sum_proposed", {"1"}}, {"reason", {"重建"}}};
        CHECK(hit.try_move(town, "propose_sum", house) == Codes{"not_as_found"});
        CHECK(standing(id, "disaster", "reported", {{"loss", {"livelihood"}}})
                  .try_move(town, "propose_sum", house) == Codes{"not_as_found"});
        CHECK(standing(id, "disaster", "reported", {{"loss", {"badly_damaged"}}})
                  .try_move(town, "propose_sum", house) == made);
        Fields stage{{"reason", {"无房"}}, {"amount", {"1"}}};
        if (std::string_view(id) == "changsha-2025") stage["transition_ground"] = {"house"};
        CHECK(standing(id, "disaster", "emergency").try_move(county, "to_transition", stage) ==
              Codes{"field_unknown"});
        const Fields asked{{"sum_for", {"transition"}}, {"sum_proposed", {"60000"}}, {"reason", {"租房"}}};
        CHECK(standing(id, "disaster", "transition").try_move(town, "propose_sum", asked) == made);
        Standing waits = standing(id, "disaster", "transition", asked);
        waits.state.made_by["propose_sum"] = county.user;
        waits.state.made_at["propose_sum"] = 2;
        CHECK(waits.try_move(county, "pay_sum", {{"amount", {"60000"}}}) == Codes{"move_same_person"});
        CHECK(waits.try_move(other, "pay_sum", {{"amount", {"60001"}}}) == Codes{"not_as_found"});
        CHECK(waits.try_move(other, "pay_sum", {{"amount", {"60000"}}}) == made);
        Standing own = waits;
        own.state.made_by["report"] = other.user;  // who reported the loss does not pay for it
        CHECK(own.try_move(other, "pay_sum", {{"amount", {"60000"}}}) == Codes{"move_same_person"});
        CHECK(waits.try_move(county, "close", {{"reason", {"已恢复"}}}) == Codes{"move_after"});
        // Another purpose is none that was proposed.
        waits.state.fields["sum_for"] = {"comfort"};
        CHECK(waits.try_move(other, "pay_sum", {{"amount", {"60000"}}}) == Codes{"move_condition"});
    }
}

TEST_CASE("in every pack comfort is for who lost a member, and a sum is neither nothing nor beyond any") {
    const Actor town = actor("township_officer", "township", "370102001", 11);
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        // Comfort is for who lost a member, or shows by a paper that they did.
        Fields mourns{{"sum_for", {"comfort"}}, {"sum_proposed", {"1"}}, {"reason", {"遇难"}}};
        const Standing lost = standing(id, "disaster", "reported", {{"loss", {"other"}}});
        CHECK(lost.try_move(town, "propose_sum", mourns) == Codes{"differs_from_found"});
        CHECK(standing(id, "disaster", "reported", {{"loss", {"bereaved"}}})
                  .try_move(town, "propose_sum", mourns) == made);
        mourns["bereaved_shown"] = {"死亡医学证明1号"};
        CHECK(lost.try_move(town, "propose_sum", mourns) == made);
        // Neither nothing nor a sum that nobody pays.
        for (const auto& [fen, outcome] :
             {std::pair("0", Codes{"field_range"}), std::pair("1", made), std::pair("100000000", made),
              std::pair("100000001", Codes{"field_range"})}) {
            mourns["sum_proposed"] = {fen};
            CHECK(lost.try_move(town, "propose_sum", mourns) == outcome);
        }
        // Of a service that was never given nothing is due.
        const Standing served = standing(id, "order", "accepted", {{"amount", {"80000"}}, {"times", {"4"}}});
        const Fields nothing{{"amount", {"0"}}, {"amount_because", {"一次也没有服务"}}};
        CHECK(served.try_move(actor("county_caseworker", "county", "370102"), "settle", nothing) == made);
    }
}

TEST_CASE("a sum for a house is refused in words that say for which loss it is") {
    const policy::Law& law = pack("shanxi-county").law;
    const Date today = Date::parse_iso("2026-03-02").value();
    const Standing hit = standing("shanxi-county", "disaster", "reported", {{"loss", {"livelihood"}}});
    const MoveQuestion question{law, *law.procedures.machine("disaster"), hit.state, today, {}};
    const Fields house{{"sum_for", {"rebuilding"}}, {"sum_proposed", {"1"}}, {"reason", {"重建"}}};
    const auto faults = check_move(question, actor("township_officer", "township", "370102001", 11),
                                   {"propose_sum", today, house, ""});
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].field == "loss");
    CHECK(faults[0].text.zh.starts_with("此前登记的“受灾情况”须为“房屋倒塌”或“房屋严重损坏”（"));
    CHECK(faults[0].text.en.starts_with(
        "'Loss' must have been told before as 'The house collapsed' or 'The house is badly damaged' ("));
}

TEST_CASE("C16 and C24: what one notice gives is asked for there alone") {
    const std::map<std::string, std::string> own{
        {"heating_subsidy", "jinan-2024"},       {"legal_aid", "changsha-2025"},
        {"waste_fee_relief", "chongqing-2024"},  {"disabled_elderly_care", "chongqing-2024"},
        {"judicial_aid", "shanxi-county"},       {"worker_support", "shanxi-county"},
        {"bereavement_comfort", "shanxi-county"}};
    const Actor county = actor("county_caseworker", "county", "");
    for (const auto& [benefit, theirs] : own) {
        for (const char* id :
             {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
            CAPTURE(benefit);
            CAPTURE(id);
            CHECK(standing(id, "referral", "")
                      .try_move(county, "draft",
                                {{"kind", {"aid"}}, {"need", {"困难"}}, {"benefit", {benefit}}}) ==
                  (theirs == id ? made : Codes{"field_law"}));
        }
    }
}

TEST_CASE("C17: Changsha goes on watching without a term; Chongqing watches also whom it refused") {
    CHECK(pack("changsha-2025").law.procedures.clock("exit_watch") == nullptr);
    // No day ends it: a person does, and says why.
    const Actor township = actor("township_officer", "township", "430102001");
    const Standing left =
        standing("changsha-2025", "review", "watched", {{"category", {"minimum_living_guarantee"}}});
    const auto& reasons = pack("changsha-2025").law.procedures.field("watch_ended")->words;
    CHECK(left.try_move(township, "end_watch", {}) == Codes{"move_unknown"});
    CHECK(left.try_move(township, "stop_watch", {}) == Codes{"field_missing"});
    CHECK(left.try_move(township, "stop_watch", {{"watch_ended", {reasons.front().first}}}) == made);
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        for (const char* machine : {"application", "temporary"}) {
            const policy::Move* refuse = pack(id).law.procedures.machine(machine)->move("refuse");
            const bool watches = std::ranges::find(refuse->starts, "watch", &policy::StartRule::machine) !=
                                 refuse->starts.end();
            CHECK(watches == (std::string_view(id) == "chongqing-2024"));
        }
    }
}

TEST_CASE(
    "C25: a department that ended its help: the review opens with its word in Changsha, by a person "
    "elsewhere") {
    Actor department = actor("partner_department", "county", "");
    department.department = "medical_insurance";
    const Fields word{
        {"benefit", {"medical_assistance"}}, {"ended_on", {"2026-03-01"}}, {"reason", {"不再符合"}}};
    for (const char* id :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"}) {
        CAPTURE(id);
        CHECK(standing(id, "ended_help", "").try_move(department, "tell", word) == made);
        const policy::Machine& machine = *pack(id).law.procedures.machine("ended_help");
        const bool by_itself = std::string_view(id) == "changsha-2025";
        CHECK(machine.move("tell")->starts.size() == (by_itself ? 1 : 0));
        CHECK((machine.move("take_up") == nullptr) == by_itself);
        const auto& answered = pack(id).law.procedures.machine("referral")->move("finish")->starts;
        const bool asks = by_itself || std::string_view(id) == "chongqing-2024";
        CHECK(answered.size() == (asks ? 1 : 0));
    }
}

}  // namespace doudi::casework
