// SPDX-License-Identifier: Apache-2.0
// Targets of the office's own beside the terms of the law: which days are which, and which of them a case is
// listed by once both have passed.
#include <algorithm>
#include <array>

#include "casework/office_test_support.h"
#include "casework/rhythms/renewal.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

constexpr std::array<const char*, 5> packs{"guangdong-2021", "jinan-2024", "changsha-2025", "chongqing-2024",
                                           "shanxi-county"};

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

std::vector<CaseId> listed(store::Database& database, const policy::Pack& pack, Date today, bool is_target) {
    repository::CaseFilter filter;
    filter.is_closed = false;
    filter.due_until = today - 1;
    filter.due_by = repository::CaseFilter::DueBy{targets_of(pack), is_target};
    std::vector<CaseId> ids;
    for (const auto& one : value(repository::list_cases(database, filter))) ids.push_back(one.row.head.id);
    return ids;
}

}  // namespace

TEST_CASE("lists are cut by the days of which each case says that they are targets, in every pack") {
    for (const char* id : packs) {
        CAPTURE(id);
        const policy::Pack& pack = shipped(id).pack;
        const repository::Targets targets = targets_of(pack);
        std::vector<std::string> levels{""};
        for (const policy::Level& level : pack.levels) levels.push_back(level.id);
        for (const policy::ClockRule& rule : pack.law.procedures.clocks) {
            for (const std::string& level : levels) {
                CAPTURE(rule.id);
                CAPTURE(level);
                const bool is_cut = names(targets.clocks, rule.id) ||
                                    (names(targets.by_level, rule.id) && names(targets.levels, level));
                CHECK(is_cut == is_target(pack, rule.id, level));
            }
        }
        CHECK_FALSE(targets.clocks.empty());
    }
}

TEST_CASE("a case that waits for its first step, or for a second person, has a target that is the office's") {
    for (const char* id : packs) {
        CAPTURE(id);
        const policy::Law& law = shipped(id).pack.law;
        // Neither counts anew because whoever is late begins again.
        CHECK(law.procedures.clock("end_target")->goes_on == std::vector<std::string>{"turned_down"});
        CHECK(law.procedures.clock("warning_feedback_target")->goes_on == std::vector<std::string>{"push"});
        for (const char* clock :
             {"acceptance_target", "completed_target", "emergency_target", "disaster_target", "end_target",
              "warning_feedback_target", "warning_handling_target"}) {
            CAPTURE(clock);
            const policy::ClockRule* rule = law.procedures.clock(clock);
            REQUIRE(rule != nullptr);
            CHECK(rule->internal);
            REQUIRE_FALSE(rule->term.parameter.empty());
            // No figure in a pack: it would be a law that nobody made.
            CHECK(law.value_of(law.parameter_of(rule->term.parameter), "441699101", "", day("2026-01-01")) ==
                  nullptr);
        }
    }
}

TEST_CASE_TEMPLATE("a target that has passed hides no term of the law that has passed as well", Engine,
                   ENGINES) {
    Office<Engine> office;
    const policy::Pack& pack = shipped(office.pack_id).pack;
    const CaseId of = office.open("red").of;
    office.move(county, of, "dispatch", {{"to_unit", {"2"}}});
    const auto now = [&] { return value(repository::select_case(office.desk.shelf, of))->now; };
    const auto clock = [&](std::string_view id) {
        for (const ClockReading& one : office.view(of).clocks)
            if (one.rule->id == id) return one.due.value();
        FAIL("it has no such clock");
        return Date();
    };
    const Date accepted_by = clock("warning_acceptance");
    const Date verified_by = clock("warning_verification");
    REQUIRE(accepted_by < verified_by);
    CHECK(now().due_clock == "warning_acceptance");

    office.go_on(verified_by - office.today());  // the last day of the law: past the office's own alone
    CHECK(value(renew_passed_days(office.desk)) == 0);
    CHECK(now().due_on == accepted_by);
    CHECK(listed(office.database, pack, office.today(), true) == std::vector{of});
    CHECK(listed(office.database, pack, office.today(), false).empty());

    office.go_on(1);
    CHECK(value(renew_passed_days(office.desk)) == 1);
    CHECK(now().due_clock == "warning_verification");
    CHECK(now().due_on == verified_by);
    CHECK(listed(office.database, pack, office.today(), true).empty());
    CHECK(listed(office.database, pack, office.today(), false) == std::vector{of});
    CHECK(value(is_sound(office.desk, of)));
    CHECK(value(renew_passed_days(office.desk)) == 0);

    // What is not past its day is nobody's work of the night.
    const CaseId young = office.open("red").of;
    REQUIRE(office.database.execute("update casework_case set due_on = null, due_clock = '' where id = " +
                                    std::to_string(young.value())));
    office.move(county, young, "dispatch", {{"to_unit", {"2"}}});
    CHECK(value(renew_passed_days(office.desk)) == 0);
}

TEST_CASE_TEMPLATE("a warning that is verified again is fed back by the first day, less those of a new event",
                   Engine, ENGINES) {
    Office<Engine> office;
    policy::Pack pack = shipped(office.pack_id).pack;
    for (policy::ClockRule& rule : pack.law.procedures.clocks) {
        if (rule.id == "warning_feedback_target")
            rule.term = {policy::ClockTerm::Kind::working_days, 4, ""};  // as if the office had set it
    }
    office.desk.law_of = [&](std::string_view, Date) {
        return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(), &pack);
    };
    const CaseId of = office.accepted();
    const auto target = [&] {
        std::vector<ClockReading> all;
        for (ClockReading& one : office.view(of).clocks)
            if (one.rule->id == "warning_feedback_target") all.push_back(one);
        return all;
    };
    CHECK(target().empty());
    office.move(township, of, "visit", seen);  // Monday, the 30th of June
    CHECK(target().front().due == day("2025-07-04"));
    office.go_on(2);
    office.move(program, of, "push_again", {{"event", {"2"}}});
    CHECK(target().front().state == ClockState::met);
    office.go_on(5);
    office.move(township, of, "visit", seen);  // Monday, the 7th of July: two days were left
    REQUIRE(target().size() == 1);
    CHECK(target().front().started_on == day("2025-06-30"));
    CHECK(target().front().due == day("2025-07-08"));
    office.go_on(1);
    CHECK(target().front().state == ClockState::due);
    CHECK(value(repository::select_case(office.desk.shelf, of))->now.due_on == day("2025-07-08"));
    office.go_on(1);
    CHECK(target().front().state == ClockState::overdue);
    office.move(township, of, "feed_back");
    CHECK(target().front().state == ClockState::missed);
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE("working days are counted to a day that was told where the law has them for when none was") {
    const policy::Law& law = shipped("guangdong-2021").pack.law;
    CHECK(counts_working_days(law, "referral_day", ""));
    CHECK_FALSE(counts_working_days(law, "task_day", ""));
    CHECK(counts_working_days(law, "warning_verification", ""));
    CHECK_FALSE(counts_working_days(law, "papers_due", ""));
    CHECK_FALSE(counts_working_days(law, "no_such_clock", ""));
}

}  // namespace doudi::casework
