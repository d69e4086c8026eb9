// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/near.h"

namespace doudi::casework {

std::vector<NearSpan> near_spans(const policy::Procedures& procedures, const WorkingCalendar& calendar,
                                 Date today) {
    std::vector<NearSpan> spans;
    for (const policy::ReminderRule& rule : procedures.reminders) {
        Date until = today;
        while (calendar.working_days_between(today, until + 1) <= rule.days) until = until + 1;
        if (until > today) spans.push_back({rule.clocks, until});
    }
    return spans;
}

}  // namespace doudi::casework
