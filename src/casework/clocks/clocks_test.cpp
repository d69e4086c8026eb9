// SPDX-License-Identifier: Apache-2.0
#include "casework/clocks/clocks.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/test_values.h"
#include "policy/load.h"

namespace doudi::casework {
namespace {

using policy::ClockTerm;

const WorkingCalendar& calendar() {
    static const WorkingCalendar loaded =
        policy::load_calendar(std::filesystem::path(DOUDI_SOURCE_DIR) / "calendar").value();
    return loaded;
}

// One clock, and what stands around it.
struct Desk {
    policy::Procedures procedures;
    ClockFigures figures{[](std::string_view, Date) { return std::optional<int>(); },
                         [](std::string_view, Date) { return LevelTerm{}; }};
    std::string track;
    std::vector<Mark> marks;

    explicit Desk(ClockTerm term) {
        policy::ClockRule clock;
        clock.id = "survey";
        clock.term = term;
        clock.from = "acceptance";
        clock.until = {"surveyed"};
        procedures.clocks.push_back(clock);
        procedures.reminders.push_back({"soon", {}, 1, "", {}});
        procedures.escalations.push_back({"first", {}, 1, "township", {}});
        procedures.escalations.push_back({"second", {}, 3, "county", {}});
    }
    policy::ClockRule& clock() { return procedures.clocks.front(); }
    void pause(std::optional<ClockTerm> most = std::nullopt) {
        policy::PauseRule rule;
        rule.id = "papers";
        rule.clocks = {"survey"};
        rule.from = "papers_asked";
        rule.until = {"papers_came"};
        rule.most = most;
        procedures.pauses.push_back(rule);
    }
    void mark(std::string_view id, std::string_view on, std::string_view subject = "") {
        marks.push_back({std::string(id), day(on), std::string(subject), "", std::nullopt,
                         static_cast<int>(marks.size()) + 1});
    }
    void mark_by(unsigned user, std::string_view id, std::string_view on) {
        mark(id, on);
        marks.back().by = access::UserId(user);
    }
    [[nodiscard]] std::vector<ClockReading> read(std::string_view today) const {
        return read_clocks({procedures, calendar(), figures, track, day(today)}, marks);
    }
    [[nodiscard]] ClockReading one(std::string_view today) const {
        const auto readings = read(today);
        REQUIRE(readings.size() == 1);
        return readings.front();
    }
};

ClockTerm working(int days) {
    return {ClockTerm::Kind::working_days, days, ""};
}
ClockTerm natural(int days) {
    return {ClockTerm::Kind::natural_days, days, ""};
}
ClockTerm months(int count) {
    return {ClockTerm::Kind::months, count, ""};
}

}  // namespace

TEST_CASE(
    "a clock counts from the day after its mark: the day before its last, its last, and the day after") {
    Desk desk(working(3));
    CHECK(desk.read("2025-09-26").empty());
    desk.mark("acceptance", "2025-09-26");  // Friday; Sunday the 28th works
    CHECK(desk.one("2025-09-26").due == day("2025-09-30"));
    CHECK(desk.one("2025-09-28").state == ClockState::running);
    CHECK(desk.one("2025-09-29").state == ClockState::nearly_due);
    CHECK(desk.one("2025-09-30").state == ClockState::due);
    CHECK(desk.one("2025-10-01").state ==
          ClockState::overdue);  // a holiday: late, though no working day passed
}

TEST_CASE("a mark of a later day than the question starts nothing") {
    Desk desk(working(3));
    desk.mark("acceptance", "2025-09-26");
    CHECK(desk.read("2025-09-25").empty());
}

TEST_CASE("ended on its last day it is met, a day later missed, and it stays so") {
    for (const auto& [on, state] :
         {std::pair("2025-09-30", ClockState::met), std::pair("2025-10-09", ClockState::missed)}) {
        Desk desk(working(3));
        desk.mark("acceptance", "2025-09-26");
        desk.mark("surveyed", on);
        CHECK(desk.one("2025-10-09").state == state);
        CHECK(desk.one("2026-05-01").state == state);
    }
}

// A proposal that another person answers, or that whoever made it takes back: four working days.
Desk proposals() {
    Desk desk(working(4));
    desk.clock().from = "end_asked";
    desk.clock().until = {"payment_ended", "turned_down"};
    desk.clock().goes_on = {"turned_down"};
    return desk;
}

TEST_CASE("whoever proposes anew wins no day: on the day before the last, on the last, and after it") {
    for (const char* again : {"2025-03-06", "2025-03-07", "2025-03-10"}) {
        for (const unsigned who :
             {1U, 2U}) {  // the same person, or a colleague beside whose proposal none is
            CAPTURE(again);
            CAPTURE(who);
            Desk desk = proposals();
            desk.mark_by(1, "end_asked", "2025-03-03");  // Monday
            desk.mark_by(who, "end_asked", again);
            CHECK(desk.one("2025-03-06").state == ClockState::nearly_due);
            CHECK(desk.one("2025-03-07").state == ClockState::due);
            const ClockReading late = desk.one("2025-03-10");
            CHECK(late.state == ClockState::overdue);
            CHECK(late.started_on == day("2025-03-03"));
            CHECK(late.due == day("2025-03-07"));
        }
    }
}

TEST_CASE("a proposal that its own maker took back goes on with the days that were left") {
    const auto taken_back = [](const char* back, const char* again) {
        Desk desk = proposals();
        desk.mark_by(1, "end_asked", "2025-03-03");
        desk.mark_by(1, "turned_down", back);
        CHECK(desk.one(back).state == (day(back) > day("2025-03-07") ? ClockState::missed : ClockState::met));
        desk.mark_by(1, "end_asked", again);
        return desk.one(again).due;
    };
    CHECK(taken_back("2025-03-04", "2025-03-04") == day("2025-03-07"));  // at once
    CHECK(taken_back("2025-03-04", "2025-03-05") == day("2025-03-07"));  // the day after: no day between
    CHECK(taken_back("2025-03-04", "2025-03-06") == day("2025-03-10"));  // one day between did not count
    CHECK(taken_back("2025-03-04", "2025-06-16") == day("2025-06-18"));  // months between: nobody is late
    CHECK(taken_back("2025-03-07", "2025-04-14") == day("2025-03-07"));  // on its last day: none was left
    CHECK(taken_back("2025-03-10", "2025-04-14") == day("2025-03-07"));  // it was over

    // Time and again, it comes to an end all the same.
    Desk desk = proposals();
    for (const char* on :
         {"2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07", "2025-03-10"}) {
        desk.mark_by(1, "end_asked", on);
        CHECK(desk.one(on).due == day("2025-03-07"));
        if (day(on) < day("2025-03-10")) desk.mark_by(1, "turned_down", on);
    }
    CHECK(desk.one("2025-03-10").state == ClockState::overdue);
    desk.mark_by(2, "payment_ended", "2025-03-11");
    CHECK(desk.one("2025-03-12").state == ClockState::missed);
}

TEST_CASE("what another person answered is over: proposed after that it is another matter, whoever does it") {
    for (const unsigned who : {1U, 3U}) {
        Desk desk = proposals();
        desk.mark_by(1, "end_asked", "2025-03-03");
        desk.mark_by(2, "turned_down", "2025-03-05");
        desk.mark_by(who, "end_asked", "2025-03-06");
        const auto readings = desk.read("2025-03-06");
        REQUIRE(readings.size() == 2);
        CHECK(readings[0].state == ClockState::met);
        CHECK(readings[0].ended_on == day("2025-03-05"));
        CHECK(readings[1].started_on == day("2025-03-06"));
        CHECK(readings[1].due == day("2025-03-12"));
    }
    // Taken back by whoever proposed it second: still nobody else's answer.
    Desk desk = proposals();
    desk.mark_by(1, "end_asked", "2025-03-03");
    desk.mark_by(3, "end_asked", "2025-03-04");
    desk.mark_by(3, "turned_down", "2025-03-05");
    desk.mark_by(1, "end_asked", "2025-03-06");
    CHECK(desk.one("2025-03-06").due == day("2025-03-07"));
    // An end that is none of those over which it goes on is one, whoever left it.
    Desk ended = proposals();
    ended.mark_by(1, "end_asked", "2025-03-03");
    ended.mark_by(1, "payment_ended", "2025-03-04");
    ended.mark_by(1, "end_asked", "2025-03-05");
    CHECK(ended.read("2025-03-05").size() == 2);
}

TEST_CASE(
    "the target of feeding back goes on from the first verification, over a new event of the program's") {
    Desk desk(working(4));
    desk.clock().from = "verified";
    desk.clock().until = {"fed_back", "closed", "push"};
    desk.clock().goes_on = {"push"};
    desk.mark_by(1, "verified", "2025-03-03");
    desk.mark("push", "2025-03-05", "event-2");              // two days counted
    CHECK(desk.one("2025-03-11").state == ClockState::met);  // it waits for nobody's feeding back
    desk.mark_by(1, "verified", "2025-03-12");
    CHECK(desk.one("2025-03-12").started_on == day("2025-03-03"));
    CHECK(desk.one("2025-03-12").due == day("2025-03-13"));  // that day and the next
    CHECK(desk.one("2025-03-14").state == ClockState::overdue);
    desk.mark_by(1, "fed_back", "2025-03-13");
    desk.mark("push", "2025-03-17", "event-3");
    desk.mark_by(1, "verified", "2025-03-18");  // fed back is done, though by the same person
    const auto readings = desk.read("2025-03-18");
    REQUIRE(readings.size() == 2);
    CHECK(readings[0].state == ClockState::met);
    CHECK(readings[1].due == day("2025-03-24"));
}

TEST_CASE("natural days whose last is a day off end on the next working day") {
    Desk desk(natural(7));
    desk.mark("acceptance", "2025-09-25");  // the 2nd of October is a holiday
    CHECK(desk.one("2025-09-25").due == day("2025-10-09"));
}

TEST_CASE("months end on the same day, or the last of a shorter month, or the working day after") {
    Desk desk(months(1));
    desk.mark("acceptance", "2025-07-31");
    CHECK(desk.one("2025-08-01").due == day("2025-09-01"));  // the 31st of August is a Sunday
    Desk february(months(1));
    february.mark("acceptance", "2025-01-30");
    CHECK(february.one("2025-02-01").due == day("2025-02-28"));
}

TEST_CASE("neither the day on which a pause begins counts nor the day on which it ends") {
    Desk desk(working(5));
    desk.pause();
    desk.mark("acceptance", "2025-03-03");    // Monday
    desk.mark("papers_asked", "2025-03-05");  // Tuesday counted, Wednesday not: four are left
    CHECK(desk.one("2025-03-04").due == day("2025-03-10"));
    CHECK(desk.one("2025-03-05").state == ClockState::paused);
    CHECK(desk.one("2025-12-31").state == ClockState::paused);
    CHECK_FALSE(desk.one("2025-12-31").due);
    desk.mark("papers_came", "2025-03-12");
    CHECK(desk.one("2025-03-12").due == day("2025-03-18"));
}

TEST_CASE("a clock that stands still on its last day has that day left when it goes on") {
    Desk desk(working(2));
    desk.pause();
    desk.mark("acceptance", "2025-03-03");
    desk.mark("papers_asked", "2025-03-05");
    desk.mark("papers_came", "2025-03-20");
    CHECK(desk.one("2025-03-20").due == day("2025-03-21"));
}

TEST_CASE("what is overdue is not saved by a pause") {
    Desk desk(working(2));
    desk.pause();
    desk.mark("acceptance", "2025-03-03");
    desk.mark("papers_asked", "2025-03-06");
    CHECK(desk.one("2025-03-06").state == ClockState::overdue);
    CHECK(desk.one("2025-03-06").due == day("2025-03-05"));
}

TEST_CASE("a pause that outlasts its most ends by itself: the day of and the day after") {
    Desk desk(working(5));
    desk.pause(working(3));
    desk.mark("acceptance", "2025-03-03");
    desk.mark("papers_asked", "2025-03-05");  // at most until Monday the 10th
    CHECK(desk.one("2025-03-10").state == ClockState::paused);
    const ClockReading after = desk.one("2025-03-11");
    CHECK(after.state == ClockState::running);
    REQUIRE(after.pauses.size() == 1);
    CHECK(after.pauses.front().cut);
    CHECK(after.due == day("2025-03-14"));
    desk.mark("papers_came", "2025-03-20");  // too late to help
    CHECK(desk.one("2025-03-20").due == day("2025-03-14"));
    CHECK(desk.one("2025-03-20").state == ClockState::overdue);
}

TEST_CASE("several pauses add up, and two at once count once") {
    Desk desk(working(5));
    desk.pause();
    desk.procedures.pauses.push_back(desk.procedures.pauses.front());
    desk.procedures.pauses.back().from = "check_asked";
    desk.procedures.pauses.back().until = {"check_came"};
    desk.mark("acceptance", "2025-03-03");
    desk.mark("papers_asked", "2025-03-05");
    desk.mark("check_asked", "2025-03-06");
    desk.mark("papers_came", "2025-03-07");
    CHECK(desk.one("2025-03-07").state == ClockState::paused);
    desk.mark("check_came", "2025-03-12");
    CHECK(desk.one("2025-03-12").due == day("2025-03-18"));
}

TEST_CASE("months that stood still go on as the days that were left") {
    Desk desk(months(1));
    desk.pause();
    desk.mark("acceptance", "2025-03-03");    // until the 3rd of April: 31 days
    desk.mark("papers_asked", "2025-03-13");  // nine counted, 22 left
    desk.mark("papers_came", "2025-03-23");
    CHECK(desk.one("2025-03-23").due == day("2025-04-14"));
}

TEST_CASE("a later mark begins anew and the earlier run is replaced; of a clock of each, both run") {
    Desk desk(working(3));
    desk.mark("acceptance", "2025-03-03", "a");
    desk.mark("acceptance", "2025-03-05", "a");
    auto readings = desk.read("2025-03-05");
    REQUIRE(readings.size() == 2);
    CHECK(readings[0].state == ClockState::replaced);
    CHECK(readings[1].due == day("2025-03-10"));
    desk.clock().each = true;
    readings = desk.read("2025-03-07");
    CHECK(readings[0].state == ClockState::overdue);
    CHECK(readings[1].state == ClockState::nearly_due);
}

namespace {

// The longer days, to which the ordinary ones give way.
struct Extended : Desk {
    Extended() : Desk(working(3)) {
        policy::ClockRule longer = clock();
        longer.id = "longer";
        longer.term = working(5);
        longer.only_after = "extended";
        longer.instead_of = "survey";
        procedures.clocks.push_back(longer);
        mark("acceptance", "2025-03-03");
    }
};

}  // namespace

TEST_CASE("until it is extended the ordinary clock alone runs, and is overdue after its day") {
    const Extended desk;
    CHECK(desk.one("2025-03-06").state == ClockState::due);
    CHECK(desk.one("2025-03-07").state == ClockState::overdue);
    CHECK(desk.one("2025-03-07").rule->id == "survey");
}

TEST_CASE("what is extended counts from the same mark, from the day of the extension in the ordinary place") {
    Extended desk;
    desk.mark("extended", "2025-03-06");
    CHECK(desk.one("2025-03-05").rule->id == "survey");  // on that day nobody had extended it yet
    const auto readings = desk.read("2025-03-07");
    REQUIRE(readings.size() == 2);
    CHECK(readings[0].state == ClockState::replaced);
    CHECK(readings[0].ended_on == day("2025-03-06"));
    CHECK(readings[1].rule->id == "longer");
    CHECK(readings[1].started_on == day("2025-03-03"));
    CHECK(readings[1].due == day("2025-03-10"));
    CHECK(readings[1].state == ClockState::nearly_due);
    CHECK(desk.read("2025-03-10")[1].state == ClockState::due);
    CHECK(desk.read("2025-03-11")[1].state == ClockState::overdue);
    desk.mark("surveyed", "2025-03-10");  // late for the ordinary one, which is gone
    CHECK(desk.read("2025-03-11")[0].state == ClockState::replaced);
    CHECK(desk.read("2025-03-11")[1].state == ClockState::met);
}

TEST_CASE("what stood still before the extension does so for the longer days too") {
    Extended desk;
    desk.pause();
    desk.procedures.pauses.front().clocks = {"survey", "longer"};
    desk.mark("papers_asked", "2025-03-04");
    desk.mark("extended", "2025-03-05");
    desk.mark("papers_came", "2025-03-06");
    CHECK(desk.read("2025-03-05")[1].state == ClockState::paused);
    CHECK(desk.read("2025-03-06")[1].due == day("2025-03-13"));
}

TEST_CASE("of another category nothing takes its place; what was replaced does not end with the case") {
    Extended desk;
    desk.procedures.clocks.back().of = {"minimum_living_guarantee"};
    desk.track = "extreme_poverty";
    desk.mark("extended", "2025-03-05");
    CHECK(desk.one("2025-03-06").rule->id == "survey");
    CHECK(desk.one("2025-03-06").state == ClockState::due);
    desk.track = "minimum_living_guarantee";
    const auto closed = read_clocks(
        {desk.procedures, calendar(), desk.figures, desk.track, day("2025-03-20"), day("2025-03-20")},
        desk.marks);
    REQUIRE(closed.size() == 2);
    CHECK(closed[0].state == ClockState::replaced);
    CHECK(closed[1].state == ClockState::missed);
}

TEST_CASE("a mark about one of several ends that one's clock, a mark about the case ends all") {
    Desk desk(working(3));
    desk.clock().each = true;
    desk.mark("acceptance", "2025-03-03", "a");
    desk.mark("acceptance", "2025-03-03", "b");
    desk.mark("surveyed", "2025-03-04", "a");
    auto readings = desk.read("2025-03-04");
    CHECK(readings[0].state == ClockState::met);
    CHECK(readings[1].state == ClockState::running);
    desk.mark("surveyed", "2025-03-05");
    CHECK(desk.read("2025-03-05")[1].state == ClockState::met);
}

TEST_CASE(
    "a clock of another category does not run; after a change of category its own counts from the old mark") {
    Desk desk(working(3));
    desk.clock().of = {"minimum_living_guarantee"};
    desk.procedures.clocks.push_back(desk.clock());
    desk.procedures.clocks.back().of = {"extreme_poverty"};
    desk.procedures.clocks.back().term = working(15);
    desk.mark("acceptance", "2025-03-03");
    desk.track = "minimum_living_guarantee";
    CHECK(desk.one("2025-03-04").due == day("2025-03-06"));
    desk.track = "extreme_poverty";
    CHECK(desk.one("2025-03-04").due == day("2025-03-24"));
    desk.track = "mlg_marginal_household";
    CHECK(desk.read("2025-03-04").empty());
}

TEST_CASE("while no category is settled, each clock that hangs on one says that it waits for it") {
    Desk desk(working(3));
    desk.clock().of = {"minimum_living_guarantee"};
    desk.mark("acceptance", "2025-03-03");
    const ClockReading reading = desk.one("2025-06-03");
    CHECK(reading.state == ClockState::unset);
    CHECK(reading.waits_for == "category");
    CHECK_FALSE(reading.due);
    CHECK(desk.read("2025-03-02").empty());  // not before its mark
    desk.track = "minimum_living_guarantee";
    CHECK(desk.one("2025-06-03").waits_for.empty());
}

TEST_CASE(
    "a clock that runs before a category is settled counts from the mark, and so does the one that takes "
    "over") {
    Desk desk(working(3));
    desk.clock().of = {"minimum_living_guarantee"};
    desk.clock().before_category = true;
    desk.procedures.clocks.push_back(desk.clock());
    desk.procedures.clocks.back().of = {"extreme_poverty"};
    desk.procedures.clocks.back().before_category = false;
    desk.procedures.clocks.back().term = working(15);
    desk.mark("acceptance", "2025-03-03");
    const auto states = [&](const char* on) {
        std::vector<ClockState> all;
        for (const ClockReading& reading : desk.read(on)) all.push_back(reading.state);
        return all;
    };
    using enum ClockState;
    // The 6th is the third working day after it.
    CHECK(states("2025-03-05") == std::vector{nearly_due, unset});
    CHECK(states("2025-03-06") == std::vector{due, unset});
    CHECK(states("2025-03-07") == std::vector{overdue, unset});
    CHECK(desk.read("2025-03-07").front().waits_for.empty());
    // Told late, told twice: each time the days of that category, from acceptance.
    for (const char* track : {"minimum_living_guarantee", "extreme_poverty", "minimum_living_guarantee"}) {
        desk.track = track;
        const bool is_own = desk.track == "minimum_living_guarantee";
        CHECK(desk.one("2025-03-20").due == day(is_own ? "2025-03-06" : "2025-03-24"));
        CHECK(desk.one("2025-03-20").started_on == day("2025-03-03"));
    }
}

TEST_CASE("a clock by benefit takes the benefit's own term and clause, and waits where it states none") {
    Desk desk({ClockTerm::Kind::by_benefit, 0, ""});
    desk.mark("acceptance", "2025-09-26");
    CHECK(desk.one("2025-09-26").waits_for == "benefit");
    desk.track = "legal_aid";
    CHECK(desk.one("2025-09-26").waits_for == "benefit");  // no benefits are known
    desk.figures.benefit_term = [](std::string_view id) -> std::optional<BenefitTerm> {
        if (id == "legal_aid") return BenefitTerm{natural(7), {"trial", "1", "甲"}};
        if (id == "orphan_allowance") return BenefitTerm{working(30), {"trial", "1", "乙"}};
        return std::nullopt;
    };
    CHECK(desk.one("2025-09-26").due == day("2025-10-09"));  // the 3rd of October is a holiday
    CHECK(desk.one("2025-09-26").cite.clause == "甲");
    desk.track = "orphan_allowance";
    CHECK(desk.one("2025-09-26").due == calendar().due_after_working_days(day("2025-09-26"), 30).date);
    CHECK(desk.one("2025-09-26").cite.clause == "乙");
    desk.track = "medical_assistance";
    CHECK(desk.one("2025-09-26").state == ClockState::unset);
}

TEST_CASE("a clock that stands still tells the last day on which it can be due, where its pause has a most") {
    Desk desk(working(5));
    desk.pause(working(3));
    desk.mark("acceptance", "2025-03-03");    // Monday
    desk.mark("papers_asked", "2025-03-05");  // four are left, from Monday the 10th
    const ClockReading still = desk.one("2025-03-06");
    CHECK(still.state == ClockState::paused);
    CHECK_FALSE(still.due);
    CHECK(still.latest == day("2025-03-14"));
    // The pause has been cut: what was told then is what holds.
    CHECK(desk.one("2025-03-12").due == day("2025-03-14"));
    CHECK(desk.one("2025-03-17").state == ClockState::overdue);
    Desk open(working(5));
    open.pause();
    open.mark("acceptance", "2025-03-03");
    open.mark("papers_asked", "2025-03-05");
    CHECK_FALSE(open.one("2025-03-06").latest);
}

TEST_CASE("a figure that nobody has set leaves the clock unset, never at zero") {
    Desk desk({ClockTerm::Kind::working_days, 0, "check_days"});
    desk.mark("acceptance", "2025-03-03");
    CHECK(desk.one("2025-06-03").state == ClockState::unset);
    CHECK(desk.one("2025-06-03").waits_for == "param.check_days");
    CHECK_FALSE(desk.one("2025-06-03").due);
    desk.figures.parameter = [](std::string_view id, Date) {
        return id == "check_days" ? std::optional(3) : std::nullopt;
    };
    CHECK(desk.one("2025-03-03").due == day("2025-03-06"));
}

TEST_CASE("where no day was told the office's own figure stands, and while it is unset nobody is late") {
    Desk desk({ClockTerm::Kind::told_day, 0, ""});
    desk.clock().internal = true;
    desk.mark("acceptance", "2025-09-26");  // Friday; Sunday the 28th works
    CHECK(desk.one("2025-12-31").state == ClockState::unset);
    CHECK(desk.one("2025-12-31").waits_for == "due_on");
    desk.clock().term.parameter = "answer_days";
    CHECK(desk.one("2025-12-31").state == ClockState::unset);
    CHECK(desk.one("2025-12-31").waits_for == "param.answer_days");
    CHECK(desk.one("2025-12-31").is_internal);
    desk.figures.parameter = [](std::string_view id, Date) {
        return id == "answer_days" ? std::optional(5) : std::nullopt;
    };
    CHECK(desk.one("2025-09-26").due == day("2025-10-10"));
    CHECK(desk.one("2025-10-09").state == ClockState::nearly_due);
    CHECK(desk.one("2025-10-10").state == ClockState::due);
    CHECK(desk.one("2025-10-11").state == ClockState::overdue);
    desk.marks.front().told_day = day("2025-09-30");  // a day that was told goes before it
    CHECK(desk.one("2025-09-26").due == day("2025-09-30"));
    CHECK(desk.one("2025-10-01").state == ClockState::overdue);
}

TEST_CASE("a clock by level takes the level's days or the office's target, which is said to be internal") {
    Desk desk({ClockTerm::Kind::by_level, 0, ""});
    desk.mark("acceptance", "2025-09-26");
    CHECK(desk.one("2025-09-26").state == ClockState::unset);
    for (const auto& [days, due] : {std::pair(3, "2025-09-30"), std::pair(5, "2025-10-10"),
                                    std::pair(7, "2025-10-13"), std::pair(10, "2025-10-16")}) {
        desk.figures.level_term = [days](std::string_view, Date) { return LevelTerm{days, {}}; };
        CHECK(desk.one("2025-09-26").due == day(due));
        CHECK_FALSE(desk.one("2025-09-26").is_internal);
    }
    // The target as it was when the clock began.
    desk.figures.level_term = [](std::string_view, Date from) {
        return LevelTerm{from == day("2025-09-26") ? std::optional(5) : std::nullopt, "red_target"};
    };
    CHECK(desk.one("2025-10-20").due == day("2025-10-10"));
    CHECK(desk.one("2025-10-20").is_internal);
    desk.figures.level_term = [](std::string_view, Date) { return LevelTerm{std::nullopt, "red_target"}; };
    CHECK(desk.one("2025-10-20").state == ClockState::unset);
    CHECK(desk.one("2025-10-20").waits_for == "param.red_target");
    desk.figures.level_term = [](std::string_view, Date) { return LevelTerm{}; };
    CHECK(desk.one("2025-10-20").waits_for == "level");
}

TEST_CASE("overdue climbs: to nobody, to the township, to the county") {
    Desk desk(working(3));
    desk.mark("acceptance", "2025-03-03");  // until Thursday the 6th
    CHECK(desk.one("2025-03-06").climbed_to.empty());
    CHECK(desk.one("2025-03-07").climbed_to == "township");
    CHECK(desk.one("2025-03-10").climbed_to == "township");
    CHECK(desk.one("2025-03-11").climbed_to == "county");
}

TEST_CASE("past the last loaded year the day is provisional and says so") {
    Desk desk(working(10));
    desk.mark("acceptance", "2026-12-25");
    CHECK(desk.one("2026-12-25").provisional);
}

TEST_CASE("what was told for a day is due on that day: not the day before, not the day after") {
    Desk desk({ClockTerm::Kind::told_day, 0, ""});
    desk.mark("acceptance", "2025-06-30");
    desk.marks.back().told_day = day("2025-06-30");  // for the very day
    CHECK(desk.one("2025-06-30").due == day("2025-06-30"));
    CHECK(desk.one("2025-06-30").state == ClockState::due);
    CHECK(desk.one("2025-07-01").state == ClockState::overdue);
    desk.marks.back().told_day = day("2025-07-02");
    CHECK(desk.one("2025-07-01").state == ClockState::nearly_due);
    CHECK(desk.one("2025-07-02").state == ClockState::due);
    CHECK(desk.one("2025-07-03").state == ClockState::overdue);
    desk.marks.back().told_day = day("2025-06-29");  // a day that was past when it was told
    CHECK(desk.one("2025-06-30").due == day("2025-06-30"));
    desk.marks.back().told_day = std::nullopt;
    CHECK(desk.one("2025-07-01").state == ClockState::unset);
}

TEST_CASE("property: a pause never shortens a clock, and a clock read twice is the same") {
    rc::check([] {
        const int days = *rc::gen::inRange(1, 40);
        const int start = *rc::gen::inRange(20089, 20300);  // 2025
        const int pause_after = *rc::gen::inRange(0, 30);
        const int pause_for = *rc::gen::inRange(0, 60);
        const bool is_working = *rc::gen::arbitrary<bool>();
        const auto desk_of = [&](bool pauses) {
            Desk desk(is_working ? working(days) : natural(days));
            desk.pause();
            const Date from = Date::from_days(start);
            desk.mark("acceptance", from.iso());
            if (pauses) {
                desk.mark("papers_asked", (from + pause_after).iso());
                desk.mark("papers_came", (from + pause_after + pause_for).iso());
            }
            return desk;
        };
        const std::string later = Date::from_days(start + 200).iso();
        const auto plain = desk_of(false).one(later);
        const auto paused = desk_of(true).one(later);
        RC_ASSERT(plain.due && paused.due);
        RC_ASSERT(*paused.due >= *plain.due);
        RC_ASSERT(desk_of(true).one(later).due == paused.due);
    });
}

TEST_CASE("property: a list that is cut by who is told holds what each clock says of itself") {
    Desk desk(working(3));
    rc::check([&] {
        const Date today = day("2025-10-20") + *rc::gen::inRange(0, 60);
        const Date due = today - *rc::gen::inRange(-3, 30);
        const std::string told = climbed_to(desk.procedures, calendar(), {}, due, today);
        for (const char* level : {"township", "county", "city"}) {
            const auto span = told_span(desk.procedures, calendar(), level, today);
            const bool within = span && due <= span->until && (!span->from || due >= *span->from);
            RC_ASSERT(within == (told == level));
        }
    });
}

}  // namespace doudi::casework
