// SPDX-License-Identifier: Apache-2.0
// What an application is decided on: its days for every category of every pack, the people who may decide it,
// the papers that have to be signed, what was found.
#include <algorithm>
#include <functional>

#include "casework/found.h"
#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Codes = std::vector<std::string>;

constexpr std::array packs{"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021",
                           "shanxi-county"};
const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor fourth{UserId(9), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor second{UserId(5), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const std::string guarantee = "minimum_living_guarantee";
const std::pair<const std::string, std::vector<std::string>> why{"differs_because", {"按入户核实"}};

Codes codes_of(const std::vector<MoveFault>& faults) {
    Codes codes;
    for (const MoveFault& fault : faults) codes.push_back(fault.code);
    std::ranges::sort(codes);
    return codes;
}

// An application of a category as of a day, with what marks it bears.
struct Applied {
    const policy::Policy& policy;
    CaseState state;
    std::vector<ClockReading> clocks;

    Applied(const char* pack, const std::string& category, std::string at, std::vector<Mark> marks,
            Date today)
        : policy(shipped(pack)) {
        state.state = std::move(at);
        state.track = category;
        state.events = 3;
        state.first_on = day("2025-03-03");
        state.marks = std::move(marks);
        ClockFigures figures;
        figures.parameter = [](std::string_view, Date) -> std::optional<int> { return std::nullopt; };
        clocks = read_clocks({policy.pack.law.procedures, policy.calendar, figures, state.track, today},
                             state.marks);
        std::erase_if(clocks, [](const ClockReading& one) {
            return std::ranges::find(one.rule->machines, "application") == one.rule->machines.end();
        });
    }
    [[nodiscard]] Codes end_notice(std::string_view on) const {
        const policy::Law& law = policy.pack.law;
        const MoveQuestion question{law, *law.procedures.machine("application"), state, day("2025-03-12"),
                                    clocks};
        return codes_of(check_move(question, township, {"end_notice", day(on), {}, ""}));
    }
    // Running, begun by the mark, with days of the kind.
    [[nodiscard]] bool runs(std::string_view from, int days, policy::ClockTerm::Kind kind) const {
        return std::ranges::any_of(clocks, [&](const ClockReading& one) {
            return one.rule->from == from && one.rule->term.count == days && one.rule->term.kind == kind &&
                   one.due && one.state != ClockState::replaced;
        });
    }
    [[nodiscard]] Codes extend(std::string_view on) const {
        const policy::Law& law = policy.pack.law;
        const MoveQuestion question{law, *law.procedures.machine("application"), state, day("2025-06-30"),
                                    clocks};
        return codes_of(
            check_move(question, county, {"extend", day(on), {{"extended_because", {"核对周期长"}}}, ""}));
    }
    [[nodiscard]] Date due(std::string_view clock) const {
        const auto found = std::ranges::find(clocks, clock, [](const auto& one) { return one.rule->id; });
        REQUIRE(found != clocks.end());
        return found->due.value();
    }
};

Mark mark(const char* id, const char* on, int event) {
    return {id, day(on), "", "", std::nullopt, event};
}

// An application that waits to be confirmed, surveyed by the second and third account, its notice left out by
// the seventh.
template <class Engine>
struct Deciding : Office<Engine> {
    explicit Deciding(std::string pack = "shanxi-county") : Office<Engine>(std::move(pack)) {}

    Codes told(const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        return codes_of(this->move(who, of, move, std::move(fields)).faults);
    }
    CaseId surveyed() {
        const CaseId of = this->open(township, "application", "register", form).of;
        REQUIRE(told(township, of, "accept", {{"relatives_of_staff", {"false"}}}).empty());
        REQUIRE(told(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}).empty());
        return of;
    }
    CaseId to_confirm(const std::string& category = guarantee) {
        const CaseId of = surveyed();
        REQUIRE(told(township, of, "review", {{"category", {category}}, {"opinion", {"grant"}}}).empty());
        REQUIRE(
            told(third, of, "skip_notice", {{"no_notice", {"urgent"}}, {"reason", {"住院待救助"}}}).empty());
        return of;
    }
};

}  // namespace

TEST_CASE("every category of every pack hangs seven days, and each step of it has its days") {
    using Kind = policy::ClockTerm::Kind;
    const Date today = day("2025-03-12");
    for (const char* pack : packs) {
        for (const policy::Category& category : shipped(pack).pack.law.categories) {
            CAPTURE(pack);
            CAPTURE(category.id);
            const bool is_poor = category.id == "extreme_poverty";
            const Applied noticed(
                pack, category.id, "noticed",
                {mark("acceptance", "2025-03-03", 2), mark("notice_posted", "2025-03-03", 3)}, today);
            CHECK(noticed.end_notice("2025-03-03") == Codes{"move_too_early"});
            CHECK(noticed.end_notice("2025-03-10") == Codes{"move_too_early"});
            CHECK(noticed.end_notice("2025-03-11").empty());
            CHECK(noticed.runs("notice_posted", 7, Kind::natural_days));
            CHECK(noticed.runs("acceptance", is_poor ? 15 : 3, Kind::working_days));
            CHECK(noticed.runs("acceptance", 30, Kind::working_days) == !is_poor);
            CHECK_FALSE(noticed.runs("acceptance", 45, Kind::working_days));
            // Extended, the longer days run and no others.
            const Applied extended(pack, category.id, "noticed",
                                   {mark("acceptance", "2025-03-03", 2), mark("extended", "2025-03-05", 3)},
                                   today);
            CHECK(extended.runs("acceptance", 45, Kind::working_days) == !is_poor);
            CHECK_FALSE(extended.runs("acceptance", 30, Kind::working_days));
            const Applied ended(pack, category.id, "to_confirm", {mark("review_end", "2025-03-11", 3)},
                                today);
            CHECK(ended.runs("review_end", is_poor ? 15 : 10, Kind::working_days));
            const Applied refused(pack, category.id, "refused", {mark("refused", "2025-03-11", 3)}, today);
            CHECK(refused.runs("refused", 3, Kind::working_days));
            // What pays begins the month after; what pays nothing has no such day.
            const Applied decided(pack, category.id, "confirmed", {mark("decision", "2025-03-11", 3)}, today);
            const bool pays = is_poor || category.id == guarantee || category.becomes == guarantee;
            CHECK(decided.runs("decision", 1, Kind::month_starts) == pays);
        }
    }
}

TEST_CASE("a move that waits for a clock is refused where none of its clocks has ever begun") {
    Applied noticed("guangdong-2021", guarantee, "noticed", {mark("notice_posted", "2025-03-03", 3)},
                    day("2025-03-12"));
    CHECK(noticed.end_notice("2025-03-11").empty());
    noticed.clocks.clear();
    CHECK(noticed.end_notice("2025-03-11") == Codes{"move_no_clock"});
}

TEST_CASE(
    "it is extended while the ordinary days run, once it is known which they are, and not when they have run "
    "out") {
    const std::vector<Mark> accepted{mark("acceptance", "2025-03-03", 2)};
    const Date today = day("2025-03-12");
    const Applied one("guangdong-2021", guarantee, "surveyed", accepted, today);
    const Date due = one.due("whole_procedure");
    CHECK(one.extend((due - 1).iso()).empty());
    CHECK(one.extend(due.iso()).empty());
    CHECK(one.extend((due + 1).iso()) == Codes{"move_too_late"});
    CHECK(Applied("guangdong-2021", "rigid_expenditure_household", "surveyed", accepted, today)
              .extend("2025-03-12")
              .empty());
    // Nobody knows its days yet, or the law gives no such days at all.
    CHECK(Applied("guangdong-2021", "", "surveyed", accepted, today).extend("2025-03-12") ==
          Codes{"authority_unknown", "move_clock_unset"});
    CHECK(Applied("guangdong-2021", "extreme_poverty", "surveyed", accepted, today).extend("2025-03-12") ==
          Codes{"move_no_clock"});
    auto decided = accepted;
    decided.push_back(mark("decision", "2025-03-10", 3));
    CHECK(Applied("guangdong-2021", guarantee, "to_confirm", decided, today).extend("2025-03-12") ==
          Codes{"move_too_late"});
}

TEST_CASE_TEMPLATE("who is named as having surveyed decides nothing, and whoever tells of a survey was there",
                   Engine, ENGINES) {
    Deciding<Engine> office;
    const CaseId of = office.to_confirm();
    const Fields confirm{{"category", {guarantee}}, {"amount", {"42000"}}, why};
    CHECK(office.told(colleague, of, "confirm", confirm) == Codes{"move_same_person"});
    CHECK(office.told(colleague, of, "refuse", {{"reason", {"收入"}}, why}) == Codes{"move_same_person"});
    // Nor does who left the notice out: what hangs on no wall is seen by two.
    CHECK(office.told(third, of, "confirm", confirm) == Codes{"move_same_person"});
    CHECK(office.told(third, of, "refuse", {{"reason", {"收入"}}, why}) == Codes{"move_same_person"});
    CHECK(office.told(fourth, of, "confirm", confirm).empty());

    const CaseId other = office.open(township, "application", "register", form).of;
    office.move(township, other, "accept", {{"relatives_of_staff", {"false"}}});
    const auto survey = [&](std::vector<std::string> officers, Fields more = {}) {
        more["officers"] = std::move(officers);
        more["note"] = {"入户"};
        return office.told(township, other, "survey", std::move(more));
    };
    CHECK(survey({"3", "7"}) == Codes{"maker_missing"});
    CHECK(survey({"2", "1"}) == Codes{"officer_elsewhere"});   // the county's
    CHECK(survey({"2", "4"}) == Codes{"officer_elsewhere"});   // a department's
    CHECK(survey({"2", "6"}) == Codes{"officer_elsewhere"});   // another township's
    CHECK(survey({"2", "99"}) == Codes{"officer_elsewhere"});  // nobody's
    CHECK(survey({"3", "7"}, {{"entered_because", {"代录"}}}).empty());
}

TEST_CASE_TEMPLATE("a confirmation is of the category that was reviewed, and follows what was found", Engine,
                   ENGINES) {
    Deciding<Engine> office;
    const CaseId of = office.to_confirm();
    CHECK(office.told(fourth, of, "confirm", {{"category", {"mlg_marginal_household"}}, why}) ==
          Codes{"not_as_found"});
    CHECK(office.told(fourth, of, "confirm", {{"category", {guarantee}}, {"amount", {"42000"}}}) ==
          Codes{"differs_from_found", "differs_from_found"});  // neither checked nor determined
    const auto find = [&](const char* kind, std::vector<std::string> amount) {
        const int seen_events = static_cast<int>(office.view(of).events.size());
        return value(
                   tell_found(
                       office.desk, township,
                       {of,
                        seen_events,
                        "determine",
                        office.today(),
                        {{"found_kind", {kind}}, {"found_category", {guarantee}}, {"found_amount", amount}}}))
            .faults.empty();
    };
    REQUIRE(find("grant", {"50000"}));
    // The check alone is missing now.
    CHECK(office.told(fourth, of, "confirm", {{"category", {guarantee}}}) == Codes{"differs_from_found"});
    CHECK(office.told(fourth, of, "refuse", {{"reason", {"收入"}}}) == Codes{"differs_from_found"});
    REQUIRE(find("refuse", {}));
    CHECK(office.told(fourth, of, "refuse", {{"reason", {"收入"}}}).empty());
}

TEST_CASE_TEMPLATE(
    "without a signed paper of everybody nobody is checked or confirmed, save for a named reason", Engine,
    ENGINES) {
    Deciding<Engine> office;
    const CaseId of = office.to_confirm();
    const CaseId early = office.open(township, "application", "register", form).of;
    office.move(township, early, "accept",
                {{"relatives_of_staff", {"false"}}, {"beside_because", {"另一名成员的申请"}}});
    const Fields confirm{{"category", {guarantee}}, {"amount", {"42000"}}, why};
    office.unsigned_ = 1;
    CHECK(office.told(township, early, "ask_check") == Codes{"not_signed"});
    CHECK(office.told(fourth, of, "confirm", confirm) == Codes{"not_signed"});
    office.unsigned_.reset();
    CHECK(office.told(township, early, "ask_check") == Codes{"signers_unknown"});
    CHECK(office.told(fourth, of, "confirm", confirm) == Codes{"signers_unknown"});
    Fields excused = confirm;
    excused["unsigned_because"] = {"ward"};
    CHECK(office.told(fourth, of, "confirm", excused).empty());
    office.unsigned_ = 0;
    CHECK(office.told(township, early, "ask_check").empty());
}

TEST_CASE_TEMPLATE("an objection is rechecked by another than who decided in the case above", Engine,
                   ENGINES) {
    Deciding<Engine> office("guangdong-2021");
    const CaseId of = office.to_confirm();
    REQUIRE(office.told(county, of, "refuse", {{"reason", {"收入"}}, why}).empty());
    REQUIRE(office.told(township, of, "serve", {{"served_how", {"post"}}}).empty());
    OpenRequest request;
    request.machine = "objection";
    request.pack = office.pack_id;
    request.household = HouseholdId(5);
    request.unit = UnitId(2);
    request.parent = of;
    request.first = {"file", office.today(), {{"reason", {"不服"}}}, ""};
    const CaseId objection = value(open_case(office.desk, township, request)).of;
    const auto clocks = office.view(objection).clocks;
    CHECK(std::ranges::any_of(clocks,
                              [](const ClockReading& one) { return one.rule->id == "recheck" && one.due; }));
    CHECK(office.told(county, objection, "decline", {{"reason", {"已办"}}}) == Codes{"move_same_person"});
    REQUIRE(office.told(second, objection, "accept").empty());
    const Fields uphold{{"reason", {"维持"}}, {"served_how", {"post"}}};
    CHECK(office.told(county, objection, "uphold", uphold) == Codes{"move_same_person"});
    CHECK(office.told(second, objection, "uphold", uphold).empty());  // to accept it judged nothing
}

TEST_CASE_TEMPLATE("a decision goes to reconsideration or to court once it is served, and from nowhere else",
                   Engine, ENGINES) {
    Deciding<Engine> office("guangdong-2021");
    const CaseId of = office.open(township, "application", "register", form).of;
    REQUIRE(office.told(township, of, "decline", {{"reason", {"不属本辖区"}}}).empty());
    const auto brought = [&](const char* move, std::optional<CaseId> parent) {
        OpenRequest request;
        request.machine = "objection";
        request.pack = office.pack_id;
        request.household = HouseholdId(5);
        request.unit = UnitId(1);
        request.parent = parent;
        request.first = {move, office.today(), {{"note", {"收到副本"}}}, ""};
        return value(open_case(office.desk, county, request));
    };
    for (const char* move : {"reconsider_decision", "sue_decision"}) {
        CHECK(codes_of(brought(move, std::nullopt).faults) == Codes{"parent_missing"});
        CHECK(codes_of(brought(move, of).faults) == Codes{"parent_opens_none"});
    }
    CHECK(office.view(of).state.state == "declined");
    REQUIRE(office.told(township, of, "serve", {{"served_how", {"post"}}}).empty());
    const auto runs = [&](CaseId one, const char* clock) {
        return std::ranges::any_of(office.view(one).clocks, [&](const ClockReading& reading) {
            return reading.rule->id == clock && reading.due && !reading.ended_on;
        });
    };
    const CaseId first = brought("reconsider_decision", of).of;
    CHECK(office.view(first).state.state == "reconsidering");
    CHECK(runs(first, "reconsideration_reply"));
    REQUIRE(office.told(county, first, "answer_outside", {{"note", {"已答复"}}}).empty());
    CHECK_FALSE(runs(first, "reconsideration_reply"));
    REQUIRE(office.told(county, first, "sue", {{"note", {"不服"}}}).empty());
    CHECK(runs(first, "litigation_reply"));
    // Below the objection itself nothing is brought again: it is in court already.
    CHECK(codes_of(brought("sue_decision", first).faults) == Codes{"parent_opens_none"});
    // Nor beside it, to the same decision, before it is over.
    for (const char* move : {"reconsider_decision", "sue_decision"})
        CHECK(codes_of(brought(move, of).faults) == Codes{"case_not_alone"});
    REQUIRE(office.told(second, first, "lost", {{"note", {"驳回"}}, {"payment_effect", {"none"}}}).empty());
    CHECK(office.view(brought("sue_decision", of).of).state.state == "litigating");
    CHECK(value(is_sound(office.desk, first)));
}

}  // namespace doudi::casework
