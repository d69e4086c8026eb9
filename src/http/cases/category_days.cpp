// SPDX-License-Identifier: Apache-2.0
#include "http/cases/category_days.h"

#include "http/lists/due_left.h"

namespace doudi::http {

bool is_told_the_longest(const Call& call, const casework::repository::Projection& now) {
    return call.who().kind == access::SessionKind::citizen && !now.is_closed && now.track.empty();
}

void tell_the_longest(const Call& call, std::span<const casework::ClockReading> terms, const policy::Law& law,
                      boost::json::object& row) {
    if (terms.empty()) return;
    const casework::ClockReading& last = terms.front();
    const std::optional<Date> due = last.due ? last.due : last.latest;
    row["due_on"] = day_or_null(due);
    row["due_provisional"] = is_provisional(call, due);
    row["due_clock"] = nullptr;
    row["due_internal"] = false;
    row["working_days_left"] = casework::counts_working_days(law, last.rule->id, {})
                                   ? working_days_left(call, due)
                                   : boost::json::value(nullptr);
    row["overdue"] = due && *due < call.today();
    row["told_to"] = "";
    row["due_by_category"] = true;
}

}  // namespace doudi::http
