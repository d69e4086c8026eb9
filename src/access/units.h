// SPDX-License-Identifier: Apache-2.0
// The offices as a tree with keys of their own and validity dates. A unit's region code is only told, never
// its key: Dongguan has no counties, the zones of Chongqing have no code, two units may share one. A place in
// the tree holds from a day until (not on) another; a move closes one and opens the next, so there is no gap.
// A household belongs to one unit on each day.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/session.h"
#include "base/date.h"
#include "base/region_code.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

enum class UnitKind : std::uint8_t { province, city, county, township, village, department };
[[nodiscard]] std::string_view name_of(UnitKind kind);
[[nodiscard]] std::optional<UnitKind> unit_kind(std::string_view name);

// The last day of time, for places that have no end yet.
inline constexpr Date forever = Date::from_days(2932896);  // 9999-12-31

struct Unit {
    UnitId id;
    std::string code;  // the office's own key, unique for ever: "longchuan", "longchuan-yidu"
    std::string title;
    UnitKind kind{};
    std::optional<RegionCode> region;  // told, not unique
    std::string department;            // of kind department: id as in datasets/
};

// Where a unit stands from a day until (not on) another.
struct UnitPlace {
    UnitId unit;
    UnitId parent;  // 0: the root
    Date from;
    Date until = forever;
};

// The whole tree in memory, some thousand units; made anew when `units_version` says so.
class UnitTree {
  public:
    UnitTree() = default;
    UnitTree(std::vector<Unit> units, std::vector<UnitPlace> places);

    [[nodiscard]] const Unit* find(UnitId id) const;
    [[nodiscard]] const Unit* find(std::string_view code) const;
    [[nodiscard]] std::span<const Unit> units() const { return units_; }
    [[nodiscard]] const UnitPlace* place(UnitId unit, Date day) const;
    // Whether the unit stands below the other one, or is it, on that day. False where either does not exist
    // then.
    [[nodiscard]] bool within(UnitId unit, UnitId ancestor, Date day) const;
    // All of its places, by day.
    [[nodiscard]] std::span<const UnitPlace> places_of(UnitId unit) const;
    // From the root to the unit, itself last; empty if it does not exist on that day.
    [[nodiscard]] std::vector<UnitId> path(UnitId unit, Date day) const;
    // Titles of the path, joined by " / ".
    [[nodiscard]] std::string shown_path(UnitId unit, Date day) const;
    // The region code of the unit, or of the nearest one above it that has one; empty: none has.
    [[nodiscard]] std::string region_of(UnitId unit, Date day) const;
    // The one whose region code is the longest that covers this one on that day; of several that share it,
    // the highest.
    [[nodiscard]] const Unit* of_region(std::string_view region, Date day) const;

  private:
    std::vector<Unit> units_;                          // by id
    std::map<UnitId, std::vector<UnitPlace>> places_;  // of each unit, by day
    std::map<std::string, UnitId, std::less<>> by_code_;
};

// One row of a units file.
struct UnitRow {
    std::string place;  // for errors: "units.yaml:12:5"
    std::string code;
    std::string title;
    std::string kind;
    std::string parent;  // code; empty: the root
    std::string region;
    std::string department;
    std::string from;  // YYYY-MM-DD
    std::string until;
};
// A YAML list of {code, title, kind, parent, region, department, from, until}; every fault with its place.
[[nodiscard]] std::expected<std::vector<UnitRow>, std::vector<Error>> read_unit_file(
    const std::filesystem::path& file);

// One thing that a load does to a unit.
struct UnitChange {
    std::string code;
    std::string what;    // added | title | kind | region | department | parent | until
    std::string before;  // empty: there was none
    std::string after;   // of `added` and `parent` the parent's code, of `until` a day; empty: none
    Date on;             // from when; of a word the day of the row
};
struct UnitsLoaded {
    std::uint32_t added = 0;
    std::uint32_t changed = 0;  // title, kind, region or department told anew
    std::uint32_t moved = 0;
    std::uint32_t unchanged = 0;
    std::vector<UnitChange> changes;  // by code and what
};
// All or nothing; rows may come in any order. A unit that is there with another parent moves on the row's
// `from`. Whoever is absent stays.
[[nodiscard]] Result<UnitsLoaded> load_units(store::Database& database, std::span<const UnitRow> rows);
// The same without doing it: what would be refused is, and nothing changes.
[[nodiscard]] Result<UnitsLoaded> plan_units(store::Database& database, std::span<const UnitRow> rows);

// From that day on the unit, with all below it, stands under another. Refused: under itself or one of its
// own, on a day before its present place begins, under a unit that does not exist then.
[[nodiscard]] Result<void> move_unit(store::Database& database, UnitId unit, UnitId parent, Date from);

[[nodiscard]] Result<UnitTree> read_units(store::Database& database);

// --- households ---

// The unit to which a household belongs on a day; none: it was never placed.
[[nodiscard]] Result<std::optional<UnitId>> unit_of(store::Database& database, HouseholdId household,
                                                    Date day);
// From that day on. The place before ends the day it begins, so that there is no gap.
// Inside write().
[[nodiscard]] Result<void> place_household(store::Database& database, HouseholdId household, UnitId unit,
                                           Date from, std::string_view why);
struct HouseholdsPlaced {
    std::uint64_t by_region = 0;
    std::uint64_t by_file = 0;  // no unit has their region: the unit that the file came for
};
// Every household of the register that has no place yet, from that day on.
[[nodiscard]] Result<HouseholdsPlaced> place_new_households(store::Database& database, UnitId fallback,
                                                            Date from);

}  // namespace doudi::access
