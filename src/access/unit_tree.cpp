// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "access/units.h"

namespace doudi::access {

namespace {

constexpr std::pair<UnitKind, std::string_view> kind_names[] = {
    {UnitKind::province, "province"}, {UnitKind::city, "city"},       {UnitKind::county, "county"},
    {UnitKind::township, "township"}, {UnitKind::village, "village"}, {UnitKind::department, "department"},
};

constexpr int deepest = 16;

}  // namespace

std::string_view name_of(UnitKind kind) {
    for (const auto& [one, name] : kind_names) {
        if (one == kind) return name;
    }
    ensure(false, "a kind of unit");
    return {};
}

std::optional<UnitKind> unit_kind(std::string_view name) {
    for (const auto& [kind, known] : kind_names) {
        if (known == name) return kind;
    }
    return std::nullopt;
}

UnitTree::UnitTree(std::vector<Unit> units, std::vector<UnitPlace> places) : units_(std::move(units)) {
    std::ranges::sort(units_, {}, &Unit::id);
    for (const Unit& unit : units_) by_code_.emplace(unit.code, unit.id);
    std::ranges::sort(places, {}, &UnitPlace::from);
    for (const UnitPlace& place : places) places_[place.unit].push_back(place);
}

const Unit* UnitTree::find(UnitId id) const {
    const auto at = std::ranges::lower_bound(units_, id, {}, &Unit::id);
    return at != units_.end() && at->id == id ? &*at : nullptr;
}

const Unit* UnitTree::find(std::string_view code) const {
    const auto at = by_code_.find(code);
    return at == by_code_.end() ? nullptr : find(at->second);
}

std::span<const UnitPlace> UnitTree::places_of(UnitId unit) const {
    const auto found = places_.find(unit);
    return found == places_.end() ? std::span<const UnitPlace>{} : found->second;
}

const UnitPlace* UnitTree::place(UnitId unit, Date day) const {
    const auto found = places_.find(unit);
    if (found == places_.end()) return nullptr;
    for (const UnitPlace& place : found->second) {
        if (place.from <= day && day < place.until) return &place;
    }
    return nullptr;
}

std::vector<UnitId> UnitTree::path(UnitId unit, Date day) const {
    std::vector<UnitId> up;
    for (UnitId at = unit; at != UnitId() && static_cast<int>(up.size()) <= deepest;) {
        const UnitPlace* here = place(at, day);
        if (here == nullptr) return {};
        up.push_back(at);
        at = here->parent;
    }
    std::ranges::reverse(up);
    return up;
}

bool UnitTree::within(UnitId unit, UnitId ancestor, Date day) const {
    bool met = false;
    int steps = 0;
    for (UnitId at = unit; at != UnitId() && steps <= deepest; ++steps) {
        const UnitPlace* here = place(at, day);
        if (here == nullptr) return false;  // as path(): who hangs nowhere is within nothing
        met = met || at == ancestor;
        at = here->parent;
    }
    return met;
}

std::string UnitTree::shown_path(UnitId unit, Date day) const {
    std::vector<std::string_view> titles;
    for (const UnitId id : path(unit, day)) titles.push_back(find(id)->title);
    return fmt::format("{}", fmt::join(titles, " / "));
}

std::string UnitTree::region_of(UnitId unit, Date day) const {
    const auto above = path(unit, day);
    for (auto at = above.rbegin(); at != above.rend(); ++at) {
        const Unit* one = find(*at);
        if (one != nullptr && one->region) return one->region->text();
    }
    return {};
}

const Unit* UnitTree::of_region(std::string_view region, Date day) const {
    const std::optional<RegionCode> wanted = RegionCode::parse(region);
    if (!wanted) return nullptr;
    const Unit* best = nullptr;
    std::size_t best_length = 0;
    std::size_t best_depth = 0;
    for (const Unit& unit : units_) {
        // A department's office stands beside the households, it keeps none.
        if (!unit.region || unit.kind == UnitKind::department) continue;
        const RegionCode code = unit.region->trimmed();
        if (!code.covers(wanted->trimmed())) continue;
        const std::size_t depth = path(unit.id, day).size();
        if (depth == 0) continue;
        const std::size_t length = code.text().size();
        if (best == nullptr || length > best_length || (length == best_length && depth < best_depth)) {
            best = &unit;
            best_length = length;
            best_depth = depth;
        }
    }
    return best;
}

}  // namespace doudi::access
