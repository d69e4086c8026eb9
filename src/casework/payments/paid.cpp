// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/paid.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace doudi::casework {

namespace {

// Ended, nothing more is set by it.
bool has_ended(const std::vector<PaidFrom>& course) {
    return !course.empty() && course.back().ends;
}

// The step that set what is paid last, else the one that granted it; null: there is none.
const CaseEvent* last_set(std::span<const CaseEvent> events) {
    const std::vector<PaidFrom> course = paid_course(events);
    if (events.empty() || course.empty()) return events.empty() ? nullptr : &events.front();
    const auto set = std::ranges::find(events, course.back().event, &CaseEvent::number);
    return set == events.end() ? nullptr : &*set;
}

// "end|admit_end"
bool is_one_of(std::string_view moves, std::string_view move) {
    for (;;) {
        const std::size_t end = moves.find('|');
        if (moves.substr(0, end) == move) return true;
        if (end == std::string_view::npos) return false;
        moves.remove_prefix(end + 1);
    }
}

struct GoingOn {
    repository::CaseRow row;
    std::vector<CaseEvent> events;
};
Result<std::vector<GoingOn>> going_on(Desk& desk, HouseholdId household, std::string_view machine) {
    std::vector<GoingOn> all;
    for (auto& row : TRY(repository::select_cases_of(desk.shelf, household))) {
        if (row.head.machine != machine || row.now.is_closed) continue;
        auto events = TRY(repository::select_events(desk.shelf, row.head));
        if (has_ended(paid_course(events))) continue;
        all.push_back({std::move(row), std::move(events)});
    }
    return all;
}

// None: none was told.
Result<std::optional<Money>> amount_kept(CaseId of, std::span<const CaseEvent> events) {
    const CaseEvent* set = last_set(events);
    const std::string text = set == nullptr ? std::string() : first_of(set->fields, amount_field);
    if (text.empty()) return std::optional<Money>();
    return std::optional(TRY(sum_kept(of, *set, amount_field, text)));
}

}  // namespace

bool leaves(const CaseEvent& event, std::string_view mark) {
    return std::ranges::find(event.marks, mark) != event.marks.end();
}

std::string_view last_of(const CaseState& state, std::string_view one, std::string_view other) {
    const auto is_either = [&](const Mark& mark) { return mark.id == one || mark.id == other; };
    const auto last = std::ranges::find_if(state.marks.rbegin(), state.marks.rend(), is_either);
    return last == state.marks.rend() ? std::string_view() : std::string_view(last->id);
}

std::optional<Money> sum_told(std::string_view text) {
    std::int64_t fen = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), fen);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return Money::fen(fen);
}

Result<Money> sum_kept(CaseId of, const CaseEvent& event, std::string_view field, std::string_view text) {
    if (const auto sum = sum_told(text)) return *sum;
    return fail(ErrorKind::invalid, "sum_unreadable",
                {fmt::format("事项 {} 第 {} 步（{}）的金额“{}”读不出来，不能当作 0；请核对原件", of.value(),
                             event.number, event.move, field),
                 fmt::format("the sum '{3}' of step {1} ({2}) of case {0} cannot be read and is not taken as "
                             "nothing; see its papers",
                             of.value(), event.number, event.move, field)});
}

std::vector<PaidFrom> paid_course(std::span<const CaseEvent> events) {
    std::vector<PaidFrom> course;
    std::string category;
    for (const CaseEvent& event : events) {
        if (std::string told = first_of(event.fields, track_field); !told.empty()) category = std::move(told);
        const std::string amount = first_of(event.fields, amount_field);
        const bool ends = leaves(event, ended_mark);
        if (!ends && (amount.empty() || !leaves(event, amount_mark))) continue;
        const Date from = Date::parse_iso(first_of(event.fields, from_field)).value_or(event.on);
        std::erase_if(course, [&](const PaidFrom& one) { return one.from >= from; });
        course.push_back({from, ends ? std::nullopt : sum_told(amount), category, event.number, ends});
    }
    return course;
}

const PaidFrom* paid_on(std::span<const PaidFrom> course, Date day) {
    const PaidFrom* last = nullptr;
    for (const PaidFrom& one : course)
        if (one.from <= day) last = &one;
    return last;
}

std::string paid_before(std::span<const CaseEvent> events, std::string_view moves) {
    const auto last = std::find_if(events.rbegin(), events.rend(),
                                   [&](const CaseEvent& event) { return is_one_of(moves, event.move); });
    if (last == events.rend()) return {};
    const auto before = events.first(static_cast<std::size_t>(last.base() - events.begin()) - 1);
    const auto course = paid_course(before);
    if (course.empty() || course.back().ends) return {};
    // One that cannot be read goes over as it is told, and is refused there.
    return first_of(last_set(before)->fields, amount_field);
}

Result<std::vector<PaidTo>> paid_to(Desk& desk, HouseholdId household, std::string_view machine) {
    std::vector<PaidTo> all;
    for (GoingOn& one : TRY(going_on(desk, household, machine)))
        all.push_back({std::move(one.row.now.track), one.row.head.person});
    return all;
}

std::optional<Money> paid_amount(std::span<const CaseEvent> events) {
    const auto course = paid_course(events);
    if (!course.empty()) return course.back().amount;
    return events.empty() ? std::nullopt : sum_told(first_of(events.front().fields, amount_field));
}

Result<PaidCase> paid_case(Desk& desk, std::optional<HouseholdId> household, std::string_view machine,
                           std::string_view category) {
    if (!household) return PaidCase{};
    std::vector<GoingOn> paid = TRY(going_on(desk, *household, machine));
    if (paid.empty()) return PaidCase{};
    if (paid.size() > 1)
        std::erase_if(paid, [&](const GoingOn& one) { return one.row.now.track != category; });
    if (paid.size() != 1) {
        return fail(ErrorKind::invalid, "paid_unclear",
                    {"这户有多笔在发待遇，请先写明复核的是哪一类",
                     "several payments of the household go on: say first which category is reviewed"});
    }
    GoingOn& one = paid.front();
    const CaseId of = one.row.head.id;
    return PaidCase{of, std::move(one.row.now.track), TRY(amount_kept(of, one.events))};
}

}  // namespace doudi::casework
