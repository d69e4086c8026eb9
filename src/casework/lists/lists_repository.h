// SPDX-License-Identifier: Apache-2.0
// Cases as they are listed: by the day on which they are due, only what a scope reaches. The office of a case
// decides who reaches it, not that of its household: a warning that was not dispatched yet is nobody's below.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "casework/lists/desk_columns_repository.h"
#include "casework/lists/near.h"

namespace doudi::casework::repository {

// A state as a pack names it.
struct MachineAt {
    std::string machine;
    std::string state;
};

// A move as a pack names it.
struct MachineMove {
    std::string machine;
    std::string move;
};

// Machines whose cases are read by the same right.
struct Readable {
    std::vector<std::string> machines;
    access::Scope scope;
    // Of a session that sits in a village: where its role has a step to make. Such a case of the village's
    // own households is reached at the office above it too, until the step is made.
    std::vector<MachineAt> at_hand = {};
    // The households whose own pages the reader opens, and the moves by which one of these cases is tied to a
    // household: of a case that was tied to another one ListedCase tells no household. None: of whoever is
    // told whom a case is about because it is addressed to them.
    std::optional<access::Scope> households = std::nullopt;
    std::vector<MachineMove> ties = {};
};

// Cases that wait for somebody outside: one of these moves was made, and none of those since.
struct WaitSpan {
    std::vector<MachineMove> from, until;
};

// Which days of cases are targets of the office's own, as a pack has it: those of these clocks, and those of
// a clock that goes by the warning's level at these levels. The law sets every other.
struct Targets {
    std::vector<std::string> clocks;
    std::vector<std::string> by_level;
    std::vector<std::string> levels;
};

struct CaseFilter {
    std::string machine;  // empty: all
    std::string state;
    std::optional<HouseholdId> household;
    std::optional<CaseId> parent;
    std::optional<bool> is_closed;
    std::optional<Date> due_from, due_until;  // both included; a case that is due on no day is in neither
    std::vector<UnitId> units;                // one of these is responsible; empty: any
    std::optional<UnitId> below;              // it is, or an office that stands below it on `day`
    Date day;
    std::string level;                          // of the warning
    std::optional<std::vector<NearSpan>> near;  // due by the end of one of these
    bool is_undated = false;                    // due on no day
    // Its day is a target, or (is_target false) one that the law sets.
    struct DueBy {
        Targets targets;
        bool is_target = false;
    };
    std::optional<DueBy> due_by;
    std::optional<std::vector<WaitSpan>> waiting;   // it waits as one of these says
    std::optional<Date> closed_from, closed_until;  // both included
    // With an event of one of these moves in that time, both days included.
    struct Made {
        std::vector<MachineMove> moves;
        std::optional<Date> from, until;
    };
    std::optional<Made> made;
    std::optional<std::vector<MachineMove>> marked;  // with an event of one of these moves, on whichever day
    // Who acted last at the office where the case is; 0: nobody there has taken it up.
    std::optional<UserId> officer;
};

// Where a page ends: by the day that a case is due, those without one last; then by number.
struct CasePlace {
    std::string due;  // YYYY-MM-DD, or behind all days
    std::uint64_t id = 0;
};
[[nodiscard]] std::string due_key(const std::optional<Date>& due);

// A list tells the office's number of the household beside the case.
struct ListedCase {
    CaseRow row;  // as it is kept: its head has the household also where the reader is not to be told it
    std::string household;  // empty: of none that the reader is told
    DeskColumns desk = {};
    bool is_beyond = false;  // it was tied to a household that the reader does not reach (Readable)
};
[[nodiscard]] Result<std::vector<ListedCase>> list_cases(store::Database& database,
                                                         std::span<const Readable> readable,
                                                         const CaseFilter& filter, const CasePlace& after,
                                                         std::size_t limit);

// The same of all cases, for whoever has the data folder itself in hand.
[[nodiscard]] Result<std::vector<ListedCase>> list_cases(store::Database& database, const CaseFilter& filter);

// Open cases of one machine in one state.
struct StateCount {
    std::string machine;
    std::string state;
    std::uint64_t open = 0;
    std::uint64_t due_today = 0;
    std::uint64_t overdue = 0;      // past their day, whichever sets it
    std::uint64_t past_target = 0;  // of them, past a target alone: no term of the law has passed
};
[[nodiscard]] Result<std::vector<StateCount>> count_cases(store::Database& database,
                                                          std::span<const Readable> readable,
                                                          const CaseFilter& filter, const Targets& targets,
                                                          Date today);

// Open cases of one machine, state, level and office.
struct CaseTally {
    std::string machine;
    std::string state;
    std::string level;  // empty: of none
    UnitId unit;
    std::uint64_t open = 0;
    std::uint64_t overdue = 0;
    std::uint64_t due_today = 0;
    std::uint64_t near = 0;         // by the pack's reminders
    std::uint64_t past_target = 0;  // of those overdue
};
[[nodiscard]] Result<std::vector<CaseTally>> tally_cases(store::Database& database,
                                                         std::span<const Readable> readable,
                                                         const std::vector<NearSpan>& near,
                                                         const Targets& targets, Date today);

// Overdue open cases of one office and officer (CaseFilter::officer).
struct OverdueOf {
    UnitId unit;
    UserId officer;  // 0: nobody there has taken it up
    std::uint64_t cases = 0;
    Date oldest_due;
    std::uint64_t past_target = 0;          // of them
    std::optional<Date> oldest_due_by_law;  // none: all are past a target alone
};
[[nodiscard]] Result<std::vector<OverdueOf>> overdue_by_officer(store::Database& database,
                                                                std::span<const Readable> readable,
                                                                const CaseFilter& filter,
                                                                const Targets& targets, Date today);

// Cases by the month (YYYY-MM) in which they were closed, or in which one of these moves was made, from a day
// on; a case stands once in a month.
struct MonthCount {
    std::string month;
    std::uint64_t cases = 0;
};
[[nodiscard]] Result<std::vector<MonthCount>> closed_by_month(store::Database& database,
                                                              std::span<const Readable> readable, Date from);
[[nodiscard]] Result<std::vector<MonthCount>> made_by_month(store::Database& database,
                                                            std::span<const Readable> readable,
                                                            std::span<const MachineMove> moves, Date from);

// Overdue open cases by the day and the clock that they hang on: who is told of them follows from both.
struct OverdueCount {
    std::string machine;
    Date due_on;
    std::string due_clock;
    std::uint64_t cases = 0;
};
[[nodiscard]] Result<std::vector<OverdueCount>> count_overdue(store::Database& database,
                                                              std::span<const Readable> readable,
                                                              const CaseFilter& filter, Date today);

// Those that were raised from these, as far as they are reached; by source. Which cases answer warnings of a
// list.
[[nodiscard]] Result<std::map<std::string, ListedCase, std::less<>>> cases_raised_from(
    store::Database& database, std::span<const Readable> readable, std::span<const std::string> sources);

// Whether a scope of households reaches one, by where it belongs on a day or belonged last: one that ended is
// still its office's.
[[nodiscard]] Result<bool> reaches_household(store::Database& database, const access::Scope& households,
                                             HouseholdId household, Date day);
// The same by the office's number of it; one that nobody has is reached by nobody.
[[nodiscard]] Result<bool> reaches_household(store::Database& database, const access::Scope& households,
                                             std::string_view code, Date day);
// Where that is; none: it never belonged to an office.
[[nodiscard]] Result<std::optional<UnitId>> home_of_household(store::Database& database,
                                                              HouseholdId household, Date day);

// None also where no scope reaches it: who may not see it is not told that it is there.
[[nodiscard]] Result<std::optional<ListedCase>> find_case(store::Database& database,
                                                          std::span<const Readable> readable, CaseId of);

}  // namespace doudi::casework::repository
