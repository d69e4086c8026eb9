// SPDX-License-Identifier: Apache-2.0
// What a case is handled with: the store, the law by its day, the calendar, the hour; and what the law says
// of a case as it stands.
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "access/units.h"
#include "base/clock.h"
#include "base/working_calendar.h"
#include "casework/repository.h"
#include "policy/pack.h"

namespace doudi::casework {

// The law of a case: of the pack's version in force when it was opened. Null: no such pack is on the shelf.
using LawOf = std::function<std::shared_ptr<const policy::Pack>(std::string_view pack, Date opened_on)>;

struct Desk {
    repository::Shelf shelf;
    LawOf law_of;
    const access::UnitTree& units;  // where offices are, what stands below what
    const WorkingCalendar& calendar;
    const Clock& clock;
};

// "pack_unknown", "machine_unknown": nothing of that name is on the shelf.
[[nodiscard]] Result<std::shared_ptr<const policy::Pack>> need_pack(const Desk& desk, std::string_view pack,
                                                                    Date day);
[[nodiscard]] Result<const policy::Machine*> need_machine(const policy::Pack& pack, std::string_view id);

// The clocks of a case that is so, with the figures of its place. They point into the pack.
[[nodiscard]] std::vector<ClockReading> clocks_of(const Desk& desk, const policy::Pack& pack,
                                                  const CaseHead& head, const CaseState& state, Date today);

// What is kept beside the events of a case for its lists.
[[nodiscard]] repository::Projection projected(const policy::Machine& machine, const CaseState& state,
                                               const std::vector<ClockReading>& clocks);

}  // namespace doudi::casework
