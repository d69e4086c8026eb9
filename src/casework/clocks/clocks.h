// SPDX-License-Identifier: Apache-2.0
// The clocks of a case, read from its marks: what runs, stands still, is due, was met or missed (design §6).
// Nothing is stored of a clock: the same marks, rules and calendar give the same answer years later.
//
// A clock counts from the day after its mark. The day on which a pause begins does not count, nor does the
// day on which it ends: a pause never eats a day, and none of it counts. A pause longer than its most ends
// there. A clock that goes on (`goes_on`) counts from the first mark, however often it is begun again:
// whoever proposes anew wins no day.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/session.h"
#include "base/date.h"
#include "base/working_calendar.h"
#include "policy/procedures.h"

namespace doudi::casework {

// A mark that a move left, on the day on which it took effect (service, receipt, posting).
struct Mark {
    std::string id;
    Date day;
    std::string subject;           // which of several: a warning's event; empty: the case
    std::string level;             // of the warning then
    std::optional<Date> told_day;  // that the move was told to be done by
    int event = 0;                 // the event of the case that left it
    access::UserId by = {};        // who made that move; 0: the program
    friend bool operator==(const Mark&, const Mark&) = default;
};

enum class ClockState : std::uint8_t {
    running,
    nearly_due,
    due,      // today is its last day
    overdue,  // its last day is past and nothing ended it
    paused,
    met,     // ended by its last day
    missed,  // ended after it
    unset,   // what it hangs on is not settled: a figure, the category, the benefit, the level (`waits_for`)
    replaced,  // begun anew by a later mark, or another clock has taken its place
    passed,    // its day came, and nobody had to do anything by it
};

struct PauseReading {
    const policy::PauseRule* rule = nullptr;
    Date from;
    std::optional<Date> to;  // none: it still lasts
    bool cut = false;        // ended by its most
};

struct ClockReading {
    const policy::ClockRule* rule = nullptr;
    std::string subject;
    Date started_on;
    std::optional<Date> due;     // none: unset, or it stands still and the day is open
    std::optional<Date> latest;  // of one that stands still: if its pause lasts to its most
    std::string waits_for;       // of one that is unset: a field of the case, or `param.x`
    policy::Citation cite;       // of the rule, or of the benefit whose term it is
    bool is_internal = false;    // a target of the office: the law sets none
    bool provisional = false;    // the due day lies past the loaded calendar
    ClockState state = ClockState::running;
    std::optional<Date> ended_on;
    int working_days_left = 0;  // until due; negative: past it. 0 where due is none
    std::vector<PauseReading> pauses;
    std::string climbed_to;  // the level that an overdue clock is told to; empty: nobody above yet
};

// The term that a benefit states of itself, and its clause.
struct BenefitTerm {
    policy::ClockTerm term;
    policy::Citation cite;
};

// What a level says of the days of verification: the law's own, or the office's target.
struct LevelTerm {
    std::optional<int> days;  // none: there are none, or the target is not set
    std::string parameter;    // of the target; empty: the law's own days, or none
};

// What the law says where the case is: figures of parameters, days of the warning's level.
struct ClockFigures {
    std::function<std::optional<int>(std::string_view parameter, Date day)> parameter;
    // Null: no levels are known. `day`: from which it counts.
    std::function<LevelTerm(std::string_view level, Date day)> level_term = {};
    // None: it states none. Null: no benefits are known.
    std::function<std::optional<BenefitTerm>(std::string_view benefit)> benefit_term = {};
};

struct ClockQuestion {
    const policy::Procedures& procedures;
    const WorkingCalendar& calendar;
    const ClockFigures& figures;
    std::string_view track;  // the category or benefit that the case is handled as; empty: not settled yet
    Date today;
    std::optional<Date> closed_on = {};  // of a case that is closed: what runs then has ended
};

// In the order of the rules, then of the marks. Marks lie in the order of their events. While the track is
// not settled, each clock that hangs on it is unset and waits for it: it is not that there were none. One
// that runs before the category is settled (`before_category`) counts from the same mark as whichever takes
// over.
[[nodiscard]] std::vector<ClockReading> read_clocks(const ClockQuestion& question,
                                                    std::span<const Mark> marks);

// The level that is told of a clock that is overdue since `due`; empty: nobody above yet, or it is not
// overdue. `clock` empty: by what holds for every clock.
[[nodiscard]] std::string climbed_to(const policy::Procedures& procedures, const WorkingCalendar& calendar,
                                     std::string_view clock, Date due, Date today);

// The due days of which `level` is told today: lists are cut by them. None: of no day.
struct DueSpan {
    std::optional<Date> from;  // none: however long ago
    Date until;
};
[[nodiscard]] std::optional<DueSpan> told_span(const policy::Procedures& procedures,
                                               const WorkingCalendar& calendar, std::string_view level,
                                               Date today);

[[nodiscard]] std::string_view name_of(ClockState state);

}  // namespace doudi::casework
