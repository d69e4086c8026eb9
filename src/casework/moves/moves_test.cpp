// SPDX-License-Identifier: Apache-2.0
#include "casework/moves/moves.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/test_values.h"
#include "casework/kept/attachments.h"
#include "casework/routing.h"
#include "policy/load.h"

namespace doudi::casework {
namespace {

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
const Fields seen_false{{"outcome", {"false_"}}, {"officers", {"4", "3"}}, {"note", {"已就业"}}};

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
    CHECK(warning.make(county, "visit",
                       {{"outcome", {"true_"}}, {"officers", {"1", "3"}}, {"note", {"病重"}}}) ==
          Codes{"move_role"});
    CHECK(warning.make(county, "visit", {{"outcome", {"perhaps"}}, {"officers", {"1"}}}) ==
          Codes{"move_role", "field_missing", "field_few", "field_word"});
}

TEST_CASE("a text that is needed says something: blanks, marks and what is not seen are as nothing told") {
    Warning warning;
    warning.accepted();
    Fields told = seen_true;
    for (const char* nothing : {" ", "　", "\t\n", "。", "……", "——", "-", "/", "？！", "\xE2\x80\x8B",
                                "\xEF\xBB\xBF ", "\xE3\x85\xA4", " . "}) {
        CAPTURE(nothing);
        told["note"] = {nothing};
        CHECK(warning.make(township, "visit", told) == Codes{"field_missing"});
    }
    told["note"] = {"病"};
    CHECK(warning.make(township, "visit", told) == Codes{"made"});
}

TEST_CASE(
    "texts are kept without blanks around them; an empty line of a list goes, other kinds stay as told") {
    const MoveRequest asked{"visit",
                            day("2025-06-30"),
                            {{"note", {"　病重， 住院 \n"}},
                             {"findings", {" 屋漏 ", "。", " "}},
                             {"reason", {" — "}},
                             {"outcome", {" true_"}},
                             {"event", {"\xFF"}}},
                            "key"};
    const MoveRequest kept = as_written(law(), asked);
    CHECK(kept.fields.at("note") == Codes{"病重， 住院"});
    CHECK(kept.fields.at("findings") == Codes{"屋漏"});
    CHECK(kept.fields.at("reason") == Codes{""});
    CHECK(kept.fields.at("outcome") == Codes{" true_"});
    CHECK(kept.fields.at("event") == Codes{"\xFF"});  // refused as what it is
    CHECK(kept.client_key == "key");
    CHECK(as_written(law(), kept).fields == kept.fields);
    // A list of nothing said is one that was not told.
    const MoveRequest blank{"visit", day("2025-06-30"), {{"findings", {" ", "。"}}}, "key"};
    CHECK_FALSE(as_written(law(), blank).fields.contains("findings"));
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
    CHECK(ids(township) == Codes{"attempt", "visit", "tell_policy", "help_asked"});
    CHECK(ids(county) == Codes{"tell_policy", "merge", "remind", "help_asked"});
    CHECK(ids(colleague) == ids(township));
}

TEST_CASE("what hangs on another word is offered once that was told; what the move itself tells stays open") {
    const auto offers = [](const Warning& warning, const Actor& who, std::string_view id) {
        const auto open = open_moves(warning.question(), who);
        return std::ranges::any_of(open, [&](const policy::Move* move) { return move->id == id; });
    };
    Warning warning;
    warning.accepted();
    CHECK_FALSE(offers(warning, township, "take_answer"));  // nothing was answered
    for (const auto& [answer, taken] : {std::pair("cannot", false), std::pair("partly", true)}) {
        warning.state.fields["help_outcome"] = {answer};
        CHECK(offers(warning, township, "take_answer") == taken);
    }
    for (const auto& [level, by_telephone] : {std::pair("blue", false), std::pair("green", true)}) {
        warning.state.fields["level"] = {level};
        CHECK(offers(warning, township, "call") == by_telephone);
    }
    warning.make(township, "visit", seen_true);
    warning.make(township, "feed_back");
    CHECK(offers(warning, county, "handle"));
    CHECK_FALSE(offers(warning, county, "dismiss"));
    CaseState need;
    need.state = "finished";
    const MoveQuestion question{law(), *law().procedures.machine("order"), need, warning.today, {}};
    const auto open = open_moves(question, county);
    CHECK(std::ranges::any_of(open, [](const policy::Move* move) { return move->id == "accept"; }));
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

namespace {

const policy::Law& law_of(const char* id) {
    static std::map<std::string, policy::Policy> loaded;
    auto found = loaded.find(id);
    if (found == loaded.end())
        found = loaded.emplace(id, policy::load_policy(DOUDI_SOURCE_DIR, id).value()).first;
    return found->second.pack.law;
}

Codes tried(const policy::Law& law, const char* machine, const CaseState& state, const Actor& who,
            std::string_view move, const Fields& fields) {
    const Date today = day("2026-03-02");
    Codes codes;
    for (const MoveFault& fault : check_move({law, *law.procedures.machine(machine), state, today, {}}, who,
                                             {std::string(move), today, fields, ""}))
        codes.push_back(fault.code);
    return codes.empty() ? Codes{"made"} : codes;
}

CaseState at(std::string state, Fields told = {}) {
    CaseState one;
    one.state = std::move(state);
    one.fields = std::move(told);
    one.events = 2;
    one.first_on = day("2026-01-05");
    return one;
}

}  // namespace

TEST_CASE(
    "what is made once in a case is not made twice: Jinan's 1000 yuan while an application is pending") {
    const Fields told{{"amount", {"60000"}}, {"reason", {"急需"}}};
    CaseState state = at("accepted", {{"category", {"minimum_living_guarantee"}}});
    CHECK(tried(law_of("jinan-2024"), "application", state, township, "advance", told).back() != "move_once");
    state.made_by["advance"] = colleague.user;
    CHECK(tried(law_of("jinan-2024"), "application", state, township, "advance", told).front() ==
          "move_once");
}

TEST_CASE("a confirmation about children alone is not posted, another one is") {
    const Fields photo{{"attachments", {std::string(64, 'a')}}};
    CHECK(tried(law(), "application", at("confirmed"), township, "post_confirmed", photo) == Codes{"made"});
    CHECK(tried(law(), "application", at("confirmed", {{"no_notice", {"children"}}}), township,
                "post_confirmed", photo) == Codes{"move_condition"});
}

TEST_CASE("attachments are named by their SHA-256, and by no more than a case has") {
    const auto post = [](std::vector<std::string> names) {
        return tried(law(), "application", at("confirmed"), township, "post_confirmed",
                     {{"attachments", std::move(names)}});
    };
    const std::string name(64, 'a');
    CHECK(post({name}) == Codes{"made"});
    for (const std::string& wrong : {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'),
                                     std::string(64, 'g'), std::string("photo.jpg")})
        CHECK(post({wrong}) == Codes{"field_hash"});
    std::vector<std::string> many;
    for (int n = 0; n < most_attachments; ++n) many.push_back(fmt::format("{:064x}", n));
    CHECK(post(many) == Codes{"made"});
    many.push_back(name);
    CHECK(post(many) == Codes{"field_many"});
}

TEST_CASE("from a reserve nothing is paid that it does not hold: a fen below, all of it, a fen above") {
    const policy::Law& jinan = law_of("jinan-2024");
    const CaseState state = at("open", {{"balance", {"100000"}}});
    const Actor by_law{UserId(), {"program"}, UnitId(), "township", "", ""};
    const auto spend = [&](const char* fen) {
        return tried(jinan, "reserve", state, by_law, "spend", {{"amount", {fen}}});
    };
    // Of an emergency that was paid first, and by nobody's hand.
    for (const Actor& who : {township, county})
        CHECK(tried(jinan, "reserve", state, who, "spend", {{"amount", {"1"}}}) == Codes{"move_role"});
    CHECK(spend("99999") == Codes{"made"});
    CHECK(spend("100000") == Codes{"made"});
    CHECK(spend("100001") == Codes{"balance_short"});
    CHECK(tried(jinan, "reserve", at("open"), by_law, "spend", {{"amount", {"1"}}}) ==
          Codes{"balance_short"});
    CHECK(tried(jinan, "reserve", state, by_law, "spend", {{"amount", {"1"}}, {"balance", {"9"}}}) ==
          Codes{"field_unknown"});
    const MoveQuestion question{jinan, *jinan.procedures.machine("reserve"), state, day("2026-03-02"), {}};
    const auto left = [&](const char* move) {
        return event_of(question, township, {move, day("2026-03-02"), {{"amount", {"40000"}}}, ""})
            .fields.at("balance")
            .front();
    };
    CHECK(left("spend") == "60000");
    CHECK(left("top_up") == "140000");
}

TEST_CASE("the four intentions of Changsha's 311 go to human resources, each to its own help") {
    const policy::Law& changsha = law_of("changsha-2025");
    const auto sent = [&](const char* intention, const char* department) {
        return tried(changsha, "referral", at("drafted", {{"job_intention", {intention}}}), county, "send",
                     {{"to_department", {department}}, {"to_unit", {"4"}}});
    };
    std::set<std::string> actions;
    for (const char* intention : {"wants_job", "unclear", "needs_placement", "own_business"}) {
        CAPTURE(intention);
        CHECK(sent(intention, "hr") == Codes{"made"});
        CHECK(sent(intention, "education") == Codes{"route_other"});
        const auto route = route_of(changsha, {}, {{"job_intention", {intention}}});
        REQUIRE(route);
        CHECK(route->cite.clause == "三(二)4");
        actions.insert(route->action.zh);
    }
    CHECK(actions.size() == 4);
    CHECK_FALSE(route_of(law_of("jinan-2024"), {}, {{"job_intention", {"wants_job"}}}));
}

TEST_CASE("a benefit goes to the department that answers for it, or to one that shares the duty") {
    const policy::Law& shanxi = law_of("shanxi-county");
    const auto sent = [&](const char* benefit, const char* department) {
        return tried(shanxi, "referral", at("drafted", {{"benefit", {benefit}}}), county, "send",
                     {{"to_department", {department}}, {"to_unit", {"4"}}});
    };
    CHECK(sent("medical_assistance", "medical_insurance") == Codes{"made"});
    CHECK(sent("medical_assistance", "housing") == Codes{"route_other"});
    CHECK(sent("judicial_aid", "court") == Codes{"made"});
    CHECK(sent("judicial_aid", "justice") == Codes{"made"});
    CHECK(tried(shanxi, "referral", at("drafted"), county, "send",
                {{"to_department", {"housing"}}, {"to_unit", {"4"}}}) == Codes{"made"});
}

TEST_CASE("a death is one by two departments or by a person, never by a match that is only probable") {
    const Fields told{{"death_source", {"卫健"}}, {"died_on", {"2026-02-01"}}};
    const auto tell = [&](const char* match) {
        Fields fields = told;
        fields["death_match"] = {match};
        return tried(law(), "death", {}, program, "tell", fields);
    };
    CHECK(tell("exact") == Codes{"made"});
    CHECK(tell("by_person") == Codes{"made"});
    CHECK(tell("probable") == Codes{"field_word"});
    CaseState heard = at("told");
    heard.ever["source_departments"] = {"health", "police"};
    const auto confirm = [&](std::vector<std::string> departments) {
        return tried(law(), "death", heard, township, "confirm_by_sources",
                     {{"two_sources", std::move(departments)}});
    };
    CHECK(confirm({"health", "police"}) == Codes{"made"});
    CHECK(confirm({"health"}) == Codes{"field_few"});
    CHECK(confirm({"health", "health"}) == Codes{"field_repeated"});
    CHECK(confirm({"health", "housing"}) == Codes{"field_never_told"});  // it told nothing of this person
    CHECK(confirm({"housing", "education"}) == Codes{"field_never_told", "field_never_told"});
    // Nor does whoever wrote down what they told confirm by it.
    heard.made_by["add_source"] = township.user;
    CHECK(confirm({"health", "police"}) == Codes{"move_same_person"});
    heard.made_by.clear();
    Fields late = told;
    late["death_match"] = {"exact"};
    for (const auto& [on, expected] :
         {std::pair("2026-03-01", Codes{"made"}), std::pair("2026-03-02", Codes{"made"}),
          std::pair("2026-03-03", Codes{"field_future"})}) {
        CAPTURE(on);
        late["died_on"] = {on};
        CHECK(tried(law(), "death", {}, program, "tell", late) == expected);
    }
    CHECK(tried(law(), "death", heard, program, "confirm_by_sources",
                {{"two_sources", {"health", "police"}}}) == Codes{"move_role"});
    CHECK(tried(law(), "death", at("told"), township, "confirm", {{"death_proof", {"visit"}}}) ==
          Codes{"made"});
    // Of one person's word alone nobody is dead: whoever told it, or a source of it, does not confirm it.
    for (const char* move : {"tell", "add_source"}) {
        for (const char* proof : {"visit", "certificate"}) {
            CaseState by_one = at("told");
            by_one.made_by[move] = township.user;
            const Fields seen{{"death_proof", {proof}}};
            CHECK(tried(law(), "death", by_one, township, "confirm", seen) == Codes{"move_same_person"});
            CHECK(tried(law(), "death", by_one, county, "confirm", seen) == Codes{"made"});
        }
    }
}

}  // namespace doudi::casework
