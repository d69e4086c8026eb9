// SPDX-License-Identifier: Apache-2.0
// What is due by rhythm, in the store: what it is made of, its lines, and the lines that a scope reaches.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "casework/lists/lists_repository.h"
#include "casework/rhythms/rhythms.h"

namespace doudi::casework::repository {

struct RegisteredTenure {
    std::string region;
    Tenure tenure;
};
// Households that stand and of whom anybody is left, by id, after one; with what these moves said of them.
[[nodiscard]] Result<std::vector<RegisteredTenure>> select_tenures(Shelf& shelf,
                                                                   std::span<const MachineMove> moves,
                                                                   HouseholdId after, std::size_t limit);

// Of the households behind `after`, up to `last`; none: to the end.
[[nodiscard]] Result<std::vector<DueLine>> select_due_between(Shelf& shelf, HouseholdId after,
                                                              std::optional<HouseholdId> last);
// Within write().
[[nodiscard]] Result<void> insert_due(Shelf& shelf, const DueLine& line);
[[nodiscard]] Result<void> delete_due(Shelf& shelf, const DueLine& line);

// Lines as lists ask for them. Whoever has an open case of the line's machine is in none: it is being done.
struct DueFilter {
    Date day;  // as of which the lines stand
    // Each line is in one of these: past its day; this month; perhaps, since which rhythm holds is not known;
    // of no known day; later than this month. Empty: all.
    enum class Part : std::uint8_t { overdue, month, perhaps, unknown, later };
    std::vector<Part> parts;
    std::string machine;          // that a line opens
    std::string category;         // empty: any
    std::string rhythm;           // by which it is due first, or in any case
    std::optional<bool> is_seen;  // a last day is known
    std::string code;             // of the household
    std::optional<UnitId> below;  // the household belongs to it on the scope's day, or to one below it
    std::optional<UnitId> at;     // to it alone
};
[[nodiscard]] std::string_view name_of(DueFilter::Part part);
[[nodiscard]] DueFilter::Part part_on(const DueLine& line, Date day);

struct ListedDue {
    DueLine line;
    std::string code;
    std::string region;
    std::optional<UnitId> unit;  // of the household
};
// Where a page ends: by the first day on which a line may be due, those of no day last.
struct DuePlace {
    std::string due;
    std::uint32_t household = 0;
    std::string category;
    std::string machine;
};
[[nodiscard]] Result<std::vector<ListedDue>> list_due(store::Database& database, const access::Scope& scope,
                                                      const DueFilter& filter, const DuePlace& after,
                                                      std::size_t limit);
// Of everybody's reach: for whoever has the data folder itself in hand.
[[nodiscard]] Result<std::vector<ListedDue>> list_due(store::Database& database, const DueFilter& filter);

// How many lines are in each part; `seen`: of whom a last day is known.
struct DueCount {
    std::uint64_t overdue = 0;
    std::uint64_t month = 0;
    std::uint64_t perhaps = 0;
    std::uint64_t unknown = 0;
    std::uint64_t later = 0;
    std::uint64_t seen = 0;

    [[nodiscard]] std::uint64_t lines() const { return overdue + month + perhaps + unknown + later; }
};
[[nodiscard]] Result<DueCount> count_due(store::Database& database, const access::Scope& scope,
                                         const DueFilter& filter);

// The last event of one of these moves among the cases that are reached.
struct LastMade {
    Date on;
    CaseId of;
};
[[nodiscard]] Result<std::optional<LastMade>> last_made(store::Database& database,
                                                        std::span<const Readable> readable,
                                                        std::span<const MachineMove> moves);

}  // namespace doudi::casework::repository
