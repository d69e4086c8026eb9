// SPDX-License-Identifier: Apache-2.0
// Which due days are near, by the pack's reminders: lists are cut by them.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"
#include "base/working_calendar.h"
#include "policy/procedures.h"

namespace doudi::casework {

// Due after today and until then, of these clocks; of all where none is named. One for each reminder that has
// such a day.
struct NearSpan {
    std::vector<std::string> clocks;
    Date until;
};
[[nodiscard]] std::vector<NearSpan> near_spans(const policy::Procedures& procedures,
                                               const WorkingCalendar& calendar, Date today);

}  // namespace doudi::casework
