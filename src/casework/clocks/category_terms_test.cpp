// SPDX-License-Identifier: Apache-2.0
#include "casework/clocks/category_terms.h"

#include <algorithm>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};

// An application that was accepted on the 30th of June 2025, a Monday, and a pack of its own to change.
template <class Engine>
struct Applied : Office<Engine> {
    policy::Pack pack = shipped("guangdong-2021").pack;
    CaseId of;

    Applied() {
        this->desk.law_of = [this](std::string_view, Date) {
            return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(), &pack);
        };
        of = this->open(township, "application", "register", form).of;
    }
    void accept() {
        REQUIRE(this->move(township, of, "accept", {{"relatives_of_staff", {"false"}}}).kind ==
                Moved::Kind::made);
    }
    policy::ClockRule& clock(std::string_view id) {
        return *std::ranges::find(pack.law.procedures.clocks, id, &policy::ClockRule::id);
    }
    std::vector<ClockReading> longest() {
        const CaseView view = this->view(of);
        return longest_terms(this->desk, pack, view.head, view.state, this->today());
    }
    // The last day of the law's that the category has from acceptance.
    Date last_day(const std::string& category) {
        CaseView view = this->view(of);
        view.state.track = category;
        std::optional<Date> last;
        for (const ClockReading& one : clocks_of(this->desk, pack, view.head, view.state, this->today()))
            if (one.rule->from == "acceptance" && !one.is_internal && one.due) last = std::max(last, one.due);
        return last.value();
    }
};

}  // namespace

TEST_CASE_TEMPLATE("before the category is known the longest of all categories is said, and nothing after it",
                   Engine, ENGINES) {
    Applied<Engine> office;
    CHECK(office.longest().empty());  // the law counts from acceptance
    office.accept();
    Date last;
    for (const policy::Category& one : office.pack.law.categories) {
        const bool has_days = std::ranges::any_of(office.pack.law.procedures.clocks, [&](const auto& rule) {
            return rule.from == "acceptance" && std::ranges::find(rule.of, one.id) != rule.of.end();
        });
        if (has_days) last = std::max(last, office.last_day(one.id));
    }
    REQUIRE(office.longest().size() == 1);
    CHECK(office.longest().front().due == last);
    CHECK(last == day("2025-08-11"));  // thirty working days from the 30th of June
    // Three working days to begin the survey are no day by which it is decided.
    CHECK(office.longest().front().rule->until == std::vector<std::string>{"decision"});

    REQUIRE(office
                .move(township, office.of, "switch",
                      {{"category", {"extreme_poverty"}}, {"reason", {"无劳动能力"}}})
                .kind == Moved::Kind::made);
    CHECK(office.longest().empty());
    CHECK(office.last_day("extreme_poverty") == day("2025-07-21"));  // fifteen: its own
}

TEST_CASE_TEMPLATE("the longest is found whichever category has it, and what nobody has set is longer still",
                   Engine, ENGINES) {
    Applied<Engine> office;
    office.accept();
    office.clock("extreme_poverty_survey").term.count = 31;
    REQUIRE(office.longest().size() == 1);
    CHECK(office.longest().front().rule->id == "extreme_poverty_survey");
    CHECK(office.longest().front().due == day("2025-08-12"));
    office.clock("procedure_by_analogy").term = {policy::ClockTerm::Kind::working_days, 0,
                                                 "temporary_procedure_days"};  // ships unset
    CHECK(office.longest().front().rule->id == "procedure_by_analogy");
    CHECK_FALSE(office.longest().front().due);
    office.clock("procedure_by_analogy").internal = true;  // a target is none of the law's days
    CHECK(office.longest().front().rule->id == "extreme_poverty_survey");
}

TEST_CASE_TEMPLATE("a check that runs lets the longest stand still, and a withdrawn case has none", Engine,
                   ENGINES) {
    Applied<Engine> office;
    office.accept();
    REQUIRE(office.move(township, office.of, "ask_check").kind == Moved::Kind::made);
    CHECK(office.longest().front().state == ClockState::paused);
    REQUIRE(office.move(township, office.of, "withdraw", {{"reason", {"本人撤回"}}}).kind ==
            Moved::Kind::made);
    CHECK(office.longest().empty());
}

TEST_CASE_TEMPLATE("a nearer day that hangs on no category is not hidden by the longest", Engine, ENGINES) {
    Applied<Engine> office;
    office.accept();
    const auto nearer = [&] {
        const CaseView view = office.view(office.of);
        const ClockReading* one = nearer_term(view.clocks, office.longest());
        return one == nullptr ? std::pair(std::string(), std::optional<Date>())
                              : std::pair(one->rule->id, one->due);
    };
    const std::pair<std::string, std::optional<Date>> none;
    CHECK(nearer() == none);  // each of the law's days is of a category
    policy::ClockRule& survey = office.clock("survey_start");
    survey.of.clear();
    CHECK(nearer() == std::pair(survey.id, std::optional(day("2025-07-03"))));
    policy::ClockRule& second = office.clock("survey_by_analogy");
    second.of.clear();
    second.term.count = 2;
    CHECK(nearer() == std::pair(second.id, std::optional(day("2025-07-02"))));  // the first of them
    second.internal = true;  // a target is none of the law's days
    CHECK(nearer().first == survey.id);
    survey.term.count = 30;  // the same day as the longest
    CHECK(nearer() == none);
    office.clock("procedure_by_analogy").term = {policy::ClockTerm::Kind::working_days, 0,
                                                 "temporary_procedure_days"};   // ships unset
    CHECK(nearer() == std::pair(survey.id, std::optional(day("2025-08-11"))));  // that one has no day
    const CaseView view = office.view(office.of);
    CHECK(nearer_term(view.clocks, {}) == nullptr);
}

}  // namespace doudi::casework
