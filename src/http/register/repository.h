// SPDX-License-Identifier: Apache-2.0
// Lists as they are paged: only what a scope reaches, from a place on. Rows name households; what is told of
// one is asked of the rooms that own it. The only SQL of this room.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::http {

struct PlacedHousehold {
    HouseholdId id;
    std::string code;
    std::optional<access::UnitId> unit;  // to which it belongs on the scope's day
    bool assigned = false;               // to the asker on that day, where the scope goes by assignment

    [[nodiscard]] access::ScopedRow row() const {
        return {.household = id, .unit = unit, .assigned = assigned};
    }
};

// Where a household belongs on the scope's day: to an office or one below it, or to one alone.
struct PlaceFilter {
    std::optional<access::UnitId> below;
    std::optional<access::UnitId> at;
};

struct HouseholdFilter {
    std::string code;      // begins so
    std::string region;    // begins so
    std::string category;  // is it
    PlaceFilter place = {};
    std::optional<std::vector<HouseholdId>> among = std::nullopt;  // is one of these
};
// Those that stand; by code, after one.
[[nodiscard]] Result<std::vector<PlacedHousehold>> list_households(store::DataFolder& data,
                                                                   const access::Scope& scope,
                                                                   const HouseholdFilter& filter,
                                                                   std::string_view after, std::size_t limit);
// None also where the scope does not reach it: who may not see it is not told that it is there.
[[nodiscard]] Result<std::optional<PlacedHousehold>> find_household(store::DataFolder& data,
                                                                    const access::Scope& scope,
                                                                    std::string_view code);

// Where someone lives now; none also for who left the register.
[[nodiscard]] Result<std::optional<PlacedHousehold>> find_household_of(store::DataFolder& data,
                                                                       const access::Scope& scope,
                                                                       PersonId person);

struct ListedWarning {
    std::uint32_t id = 0;
    PlacedHousehold household;
    std::string region;
    int score = 0;
    std::string level;
    Date issued_on;
    std::optional<Date> due_on;
    bool due_provisional = false;
    std::string indicators;  // joined by ;
    std::string category;    // of the household
    std::optional<Date> closed_on;
};
struct WarningFilter {
    std::vector<std::string> levels;  // one of these; empty: any
    std::string region;
    std::optional<Date> due_from, due_until;        // both included
    std::optional<Date> issued_from, issued_until;  // both included
    std::optional<bool> is_closed = false;          // nothing: either
    PlaceFilter place = {};
    std::string indicator = {};  // it stands on this one; empty: on any
    std::string category = {};   // the household's; empty: any
};
// Where a page of warnings ends: by the day that they are due, those without one last; then by id.
struct WarningPlace {
    std::string due;  // YYYY-MM-DD, or behind all days
    std::uint32_t id = 0;
};
[[nodiscard]] std::string due_key(const std::optional<Date>& due);
[[nodiscard]] Result<std::vector<ListedWarning>> list_warnings(store::DataFolder& data,
                                                               const access::Scope& scope,
                                                               const WarningFilter& filter,
                                                               const WarningPlace& after, std::size_t limit);
struct LevelCount {
    std::string level;
    std::uint64_t count = 0;
};
[[nodiscard]] Result<std::vector<LevelCount>> count_warnings(store::DataFolder& data,
                                                             const access::Scope& scope,
                                                             const WarningFilter& filter);
// The days of the last cycle and of the one before it, each once.
struct CycleDays {
    std::optional<Date> last;
    std::optional<Date> before;
};
[[nodiscard]] Result<CycleDays> last_cycles(store::DataFolder& data);
// Warnings of one office and level: open ones, and how many the last cycles issued, whatever became of them.
struct WarningTally {
    access::UnitId unit;  // of the household; 0: of none
    std::string level;
    std::uint64_t open = 0;
    std::uint64_t fresh = 0;         // issued by the last cycle
    std::uint64_t fresh_before = 0;  // by the one before it
};
[[nodiscard]] Result<std::vector<WarningTally>> tally_warnings(store::DataFolder& data,
                                                               const access::Scope& scope,
                                                               const CycleDays& cycles);
// Issued in a month (YYYY-MM), whatever became of them, from a day on.
struct IssuedInMonth {
    std::string month;
    std::uint64_t warnings = 0;
};
[[nodiscard]] Result<std::vector<IssuedInMonth>> issued_by_month(store::DataFolder& data,
                                                                 const access::Scope& scope, Date from);
// Households that stand, by their office; 0: of none.
struct PlacedCount {
    access::UnitId unit;
    std::uint64_t households = 0;
};
[[nodiscard]] Result<std::vector<PlacedCount>> tally_households(store::DataFolder& data,
                                                                const access::Scope& scope);

// Proposed for natural exit; by code, after one.
[[nodiscard]] Result<std::vector<PlacedHousehold>> list_exits(store::DataFolder& data,
                                                              const access::Scope& scope,
                                                              std::string_view after, std::size_t limit);
// In which household each of these is registered now; who is in none is left out.
[[nodiscard]] Result<std::map<PersonId, HouseholdId>> homes_of_persons(store::DataFolder& data,
                                                                       const std::vector<PersonId>& persons);
// With an event in doubt since the last cycle; by code, after one.
[[nodiscard]] Result<std::vector<PlacedHousehold>> list_doubted(store::DataFolder& data,
                                                                const access::Scope& scope,
                                                                std::string_view after, std::size_t limit);

// Who of a household is under protection on that day (access/protection.h).
[[nodiscard]] Result<std::set<PersonId>> protected_members(store::DataFolder& data, HouseholdId household,
                                                           Date day);
// All of them, and where any of them lives.
struct Protected {
    std::set<PersonId> persons;
    std::set<HouseholdId> households;
};
[[nodiscard]] Result<Protected> protected_now(store::DataFolder& data, Date day);
// Where a register's file that is proposed would have any of them live.
[[nodiscard]] Result<std::set<HouseholdId>> proposed_for_protected(store::DataFolder& data,
                                                                   PublishId proposal, Date day);

// A key of this folder for what the server signs, made at the first call.
[[nodiscard]] Result<std::string> signing_key(store::Database& database, std::string_view fresh);

}  // namespace doudi::http
