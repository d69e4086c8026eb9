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
#include "casework/lists/lists_repository.h"
#include "casework/moves/moves.h"
#include "casework/repository.h"
#include "policy/pack.h"

namespace doudi::casework {

// The law of a case: of the pack's version in force when it was opened. Null: no such pack is on the shelf.
using LawOf = std::function<std::shared_ptr<const policy::Pack>(std::string_view pack, Date opened_on)>;

// How many of the people whom a case is about have no signed paper that covers a scope on a day; none: nobody
// of them is known.
using UnsignedOf =
    std::function<Result<std::optional<int>>(const CaseHead& of, std::string_view scope, Date day)>;

// Of people on a day: how many are known to have lived that many years, and of how many nobody knows.
struct Ages {
    int reached = 0;
    int unknown = 0;
};
// Of the person whom a case names, or else of the household; none: nobody of them is known.
using AgesOf = std::function<Result<std::optional<Ages>>(
    std::optional<HouseholdId> household, std::optional<PersonId> person, int years, Date day)>;

struct Desk {
    repository::Shelf shelf;
    LawOf law_of;
    const access::UnitTree& units;  // where offices are, what stands below what
    const WorkingCalendar& calendar;
    const Clock& clock;
    UnsignedOf unsigned_of = {};  // null: nothing is known of papers here, and what wants them is refused
    AgesOf ages_of = {};          // null: nobody's age is known here
};

// "pack_unknown", "machine_unknown": nothing of that name is on the shelf.
[[nodiscard]] Result<std::shared_ptr<const policy::Pack>> need_pack(const Desk& desk, std::string_view pack,
                                                                    Date day);
[[nodiscard]] Result<const policy::Machine*> need_machine(const policy::Pack& pack, std::string_view id);

// The clocks of a case that is so, with the figures of its place. They point into the pack.
[[nodiscard]] std::vector<ClockReading> clocks_of(const Desk& desk, const policy::Pack& pack,
                                                  const CaseHead& head, const CaseState& state, Date today);

// The case above, where the law asks about it or about its people.
[[nodiscard]] Result<CaseAbove> case_above(Desk& desk, const policy::Law& law, const policy::Machine& machine,
                                           const CaseHead& head);

// Where the household of a case lives, as figures are set by place; of no household on the register, that of
// the office where the case began. Asked of machines alone in which an authority moves; of others empty.
[[nodiscard]] Result<std::string> home_region(Desk& desk, const policy::Machine& machine,
                                              const CaseHead& head);

// What is kept beside the events of a case for its lists: the first day by which something is to be done. A
// target of the office's own that has passed hides no term of the law that has passed as well.
[[nodiscard]] repository::Projection projected(const policy::Machine& machine, const CaseState& state,
                                               const std::vector<ClockReading>& clocks);

// Whether the day of a clock of this name is a target of the office's own, in a case that has this level: the
// law sets none there.
[[nodiscard]] bool is_target(const policy::Pack& pack, std::string_view clock, std::string_view level);

// The same as lists are cut by it, for every clock and level of the pack.
[[nodiscard]] repository::Targets targets_of(const policy::Pack& pack);

// Whether a clock of this name counts working days, of a case that is handled as `track`; so does a warning's
// level, and a day that was told where working days are set for when none was. Natural days and months count
// for others, and where the law has no such clock.
[[nodiscard]] bool counts_working_days(const policy::Law& law, std::string_view clock,
                                       std::string_view track);

}  // namespace doudi::casework
