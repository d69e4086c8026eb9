// SPDX-License-Identifier: Apache-2.0
#include "http/cases/category_days.h"

#include "http/lists/due_left.h"

namespace doudi::http {

bool is_told_the_longest(const Call& call, const casework::repository::Projection& now) {
    return call.who().kind == access::SessionKind::citizen && !now.is_closed && now.track.empty();
}

void tell_the_longest(const Call& call, const SeenClocks& seen, const policy::Law& law,
                      boost::json::object& row) {
    if (seen.longest.empty()) return;
    const casework::ClockReading* nearer = casework::nearer_term(seen.clocks, seen.longest);
    const casework::ClockReading& told = nearer == nullptr ? seen.longest.front() : *nearer;
    const std::optional<Date> due = told.due ? told.due : told.latest;
    row["due_on"] = day_or_null(due);
    row["due_provisional"] = is_provisional(call, due);
    row["due_clock"] = nearer == nullptr ? boost::json::value(nullptr) : words(told.rule->title);
    row["due_internal"] = false;
    row["working_days_left"] = casework::counts_working_days(law, told.rule->id, {})
                                   ? working_days_left(call, due)
                                   : boost::json::value(nullptr);
    row["overdue"] = due && *due < call.today();
    row["told_to"] = "";
    if (nearer == nullptr) row["due_by_category"] = true;
}

}  // namespace doudi::http
