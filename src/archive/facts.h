// SPDX-License-Identifier: Apache-2.0
// What a case says as it stood at one of its events, by the names that papers/cases.yaml uses:
// "told.category" (the latest word by then), "event.note" (what the event itself was told), "mark.applied",
// "clock.whole_procedure" (the last day of a clock that ran then) and "clock_days.…" (how many days it
// counts), "made.day", "case.number", "household.members", "applicant.name", "office.county", "law.clause",
// "papers.served", "papers.number" (of the paper that is filled), "figure.court" (as the place of the office
// has it), "own.office_phone" (the office's own alone, and none above it). Not known is no fact.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/home.h"
#include "archive/setting.h"
#include "casework/verbs.h"

namespace doudi::archive {

struct Fact {
    std::vector<std::string> values;  // ids, ISO days, fen, numbers, true and false
    std::vector<std::string> words;   // the same as people read them; one for each value

    [[nodiscard]] bool is_known() const { return !values.empty(); }
};
using FactRow = std::map<std::string, Fact, std::less<>>;  // by column

// What an event serves, handed in by who knows the papers.
inline constexpr std::string_view served_papers = "papers.served";
inline constexpr std::string_view paper_number = "papers.number";

// Whether there can be such a fact: its first part is one of the above.
[[nodiscard]] bool is_fact_name(std::string_view name);

class CaseFacts {
  public:
    // View and event must outlive it.
    [[nodiscard]] static Result<CaseFacts> at(const Setting& setting, const casework::CaseView& view,
                                              const casework::CaseEvent& event);
    // served_papers: ids and titles of what this event serves.
    void put_served(Fact papers) { served_ = std::move(papers); }
    // `paper`: the one that is filled.
    [[nodiscard]] Fact find(std::string_view name, std::string_view paper = {}) const;
    // "household.members", "household.posted" (its one row: who is posted), or a row with the column `value`
    // for each value of a fact.
    [[nodiscard]] std::vector<FactRow> rows(std::string_view name) const;

    [[nodiscard]] const casework::CaseEvent& event() const { return *event_; }
    [[nodiscard]] const Home& home() const { return home_; }  // whose data a paper may show

  private:
    CaseFacts(const Setting& setting, const casework::CaseView& view, const casework::CaseEvent& event)
        : setting_(&setting), view_(&view), event_(&event) {}

    [[nodiscard]] Fact told(const casework::Fields& fields, std::string_view field) const;
    [[nodiscard]] Fact mark(std::string_view id) const;
    [[nodiscard]] Fact clock(std::string_view id) const;
    [[nodiscard]] Fact clock_days(std::string_view id) const;
    // Of several clocks, "a+b", of which the case's category will say which holds: the one that is due first.
    [[nodiscard]] bool is_settled(const casework::ClockReading& clock) const;
    [[nodiscard]] std::optional<casework::ClockReading> soonest_of(std::string_view ids) const;
    [[nodiscard]] Fact soonest(std::string_view ids) const;
    [[nodiscard]] Fact soonest_days(std::string_view ids) const;
    [[nodiscard]] Fact made(std::string_view what) const;
    [[nodiscard]] Fact of_case(std::string_view what) const;
    [[nodiscard]] Fact household(std::string_view what) const;
    [[nodiscard]] Fact applicant(std::string_view what) const;
    [[nodiscard]] Fact office(std::string_view kind) const;
    [[nodiscard]] Fact law(std::string_view what) const;
    [[nodiscard]] Fact papers(std::string_view what) const;
    [[nodiscard]] Fact figure(std::string_view id) const;
    [[nodiscard]] Fact own(std::string_view id) const;

    [[nodiscard]] Fact of_member(const registry::Member& member, std::string_view what) const;
    [[nodiscard]] FactRow posted() const;
    [[nodiscard]] const registry::Member* who_applies() const;
    [[nodiscard]] const access::Unit* office_unit() const;
    [[nodiscard]] std::string word_of(const policy::FieldRule* field, const std::string& value) const;
    [[nodiscard]] Fact shown(access::FieldClass field, std::string_view value) const;

    const Setting* setting_;
    const casework::CaseView* view_;
    const casework::CaseEvent* event_;
    casework::CaseState state_;
    std::vector<casework::ClockReading> clocks_;
    Home home_;
    Cut cut_;
    std::string village_;
    Fact served_;
};

}  // namespace doudi::archive
