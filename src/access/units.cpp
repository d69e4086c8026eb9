// SPDX-License-Identifier: Apache-2.0
#include "access/units.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/unit_changes.h"
#include "access/unit_spans.h"
#include "access/units_repository.h"
#include "base/text_fold.h"

namespace doudi::access {

namespace {

std::unexpected<Error> refuse(const UnitRow& row, std::string code, Text text) {
    return fail(ErrorKind::invalid, std::move(code), std::move(text), row.place);
}

// The tables as they will be, one row of the file after the other.
class Loading {
  public:
    Loading(std::vector<Unit> units, std::vector<UnitPlace> places)
        : units_(std::move(units)), places_(std::move(places)) {
        for (const Unit& unit : units_) {
            by_code_.emplace(unit.code, unit.id);
            last_ = std::max(last_, unit.id.value());
        }
    }

    Result<void> take(std::span<const UnitRow> rows) {
        std::map<std::string_view, const UnitRow*> seen;
        for (const UnitRow& row : rows) {
            if (const auto [at, fresh] = seen.emplace(row.code, &row); !fresh) {
                return refuse(row, "unit_twice",
                              {fmt::format("单位 {} 已在 {} 出现", row.code, at->second->place),
                               fmt::format("the unit {} stands at {} already", row.code, at->second->place)});
            }
            TRY_VOID(take_unit(row));
        }
        for (const UnitRow& row : rows) TRY_VOID(take_place(row));
        return {};
    }

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] const std::vector<UnitPlace>& places() const { return places_; }
    [[nodiscard]] UnitsLoaded loaded() const { return loaded_; }

  private:
    Result<void> take_unit(const UnitRow& row) {
        Unit told = TRY(unit_of(row));
        const auto known = by_code_.find(row.code);
        if (known == by_code_.end()) {
            told.id = UnitId(++last_);
            by_code_.emplace(told.code, told.id);
            units_.push_back(std::move(told));
            ++loaded_.added;
            return {};
        }
        Unit& unit = *std::ranges::find(units_, known->second, &Unit::id);
        told.id = unit.id;
        const bool same = told.title == unit.title && told.kind == unit.kind && told.region == unit.region &&
                          told.department == unit.department;
        ++(same ? loaded_.unchanged : loaded_.changed);
        unit = std::move(told);
        return {};
    }

    static Result<Unit> unit_of(const UnitRow& row) {
        Unit unit;
        if (row.code.empty() || trim(row.title).empty()) {
            return refuse(row, "unit_without_name",
                          {"单位须有 code 和 title", "a unit needs a code and a title"});
        }
        unit.code = row.code;
        unit.title = trim(row.title);
        const std::optional<UnitKind> kind = unit_kind(row.kind);
        if (!kind) {
            return refuse(row, "unit_kind",
                          {fmt::format("未知的单位类别“{}”", row.kind),
                           fmt::format("unknown kind of unit '{}'", row.kind)});
        }
        unit.kind = *kind;
        if (!row.region.empty()) {
            unit.region = RegionCode::parse(row.region);
            if (!unit.region) {
                return refuse(row, "unit_region",
                              {fmt::format("“{}”不是区划代码", row.region),
                               fmt::format("'{}' is no region code", row.region)});
            }
        }
        unit.department = row.department;
        if ((unit.kind == UnitKind::department) == unit.department.empty()) {
            return refuse(row, "unit_department",
                          {"部门单位须写 department，其他单位不写",
                           "a unit of kind department names its department, no other does"});
        }
        return unit;
    }

    Result<void> take_place(const UnitRow& row) {
        const UnitId unit = by_code_.find(row.code)->second;
        UnitId parent;
        if (!row.parent.empty()) {
            const auto at = by_code_.find(row.parent);
            if (at == by_code_.end()) {
                return refuse(row, "unit_parent",
                              {fmt::format("没有上级单位“{}”", row.parent),
                               fmt::format("there is no unit '{}' to stand below", row.parent)});
            }
            parent = at->second;
        }
        const std::optional<Date> from = Date::parse_iso(row.from);
        const std::optional<Date> until =
            row.until.empty() ? std::optional(forever) : Date::parse_iso(row.until);
        if (!from || !until || *from >= *until) {
            return refuse(row, "unit_days",
                          {"from、until 应为日期，且 until 晚于 from",
                           "from and until must be days, until after from"});
        }
        return place(row, {unit, parent, *from, *until});
    }

    Result<void> place(const UnitRow& row, const UnitPlace& told) {
        const auto newest = [&]() -> UnitPlace* {
            UnitPlace* last = nullptr;
            for (UnitPlace& one : places_) {
                if (one.unit == told.unit && (last == nullptr || one.from > last->from)) last = &one;
            }
            return last;
        }();
        if (newest == nullptr) {
            places_.push_back(told);
            return {};
        }
        if (newest->parent == told.parent) {
            newest->until = told.until;  // a unit that ends, or goes on after all
            return {};
        }
        if (told.from < newest->from || told.from >= newest->until) {
            return refuse(row, "unit_move_day",
                          {fmt::format("“{}”现在的隶属关系自 {} 起，不能在 {} 变更", row.title,
                                       newest->from.iso(), told.from.iso()),
                           fmt::format("the present place of {} begins on {}: it cannot move on {}",
                                       row.title, newest->from.iso(), told.from.iso())});
        }
        ++loaded_.moved;
        if (told.from == newest->from) {
            *newest = told;
            return {};
        }
        newest->until = told.from;
        places_.push_back(told);
        return {};
    }

    std::vector<Unit> units_;
    std::vector<UnitPlace> places_;
    std::map<std::string, UnitId, std::less<>> by_code_;
    std::uint32_t last_ = 0;
    UnitsLoaded loaded_;
};

Result<void> keep(store::Database& database, const Loading& loading) {
    const auto within = TRY(spans_of(loading.units(), loading.places()));
    TRY_VOID(repository::put_units(database, loading.units()));
    return repository::replace_places(database, loading.places(), within);
}

}  // namespace

namespace {

Result<Loading> taken(store::Database& database, std::span<const UnitRow> rows, UnitsLoaded& loaded) {
    const auto units = TRY(repository::select_units(database));
    const auto places = TRY(repository::select_places(database));
    Loading loading(units, places);
    TRY_VOID(loading.take(rows));
    loaded = loading.loaded();
    loaded.changes = unit_changes({units, places}, {loading.units(), loading.places()});
    return loading;
}

}  // namespace

Result<UnitsLoaded> load_units(store::Database& database, std::span<const UnitRow> rows) {
    UnitsLoaded loaded;
    TRY_VOID(database.write([&]() -> Result<void> {
        const Loading loading = TRY(taken(database, rows, loaded));
        return keep(database, loading);
    }));
    database.gather_statistics();  // a county's households have got their offices
    return loaded;
}

Result<UnitsLoaded> plan_units(store::Database& database, std::span<const UnitRow> rows) {
    UnitsLoaded loaded;
    const Loading loading = TRY(taken(database, rows, loaded));
    (void)TRY(spans_of(loading.units(), loading.places()));
    return loaded;
}

Result<void> move_unit(store::Database& database, UnitId unit, UnitId parent, Date from) {
    return database.write([&]() -> Result<void> {
        const auto units = TRY(repository::select_units(database));
        auto places = TRY(repository::select_places(database));
        UnitPlace* newest = nullptr;
        for (UnitPlace& one : places) {
            if (one.unit == unit && (newest == nullptr || one.from > newest->from)) newest = &one;
        }
        if (newest == nullptr) {
            return fail(ErrorKind::not_found, "unit_unknown", {"没有这个单位", "there is no such unit"});
        }
        if (from < newest->from || from >= newest->until) {
            return fail(
                ErrorKind::invalid, "unit_move_day",
                {fmt::format("现在的隶属关系自 {} 起，不能在 {} 变更", newest->from.iso(), from.iso()),
                 fmt::format("its present place begins on {}: it cannot move on {}", newest->from.iso(),
                             from.iso())});
        }
        const UnitPlace moved{unit, parent, from, newest->until};
        if (newest->from == from) {
            *newest = moved;
        } else {
            newest->until = from;
            places.push_back(moved);
        }
        return repository::replace_places(database, places, TRY(spans_of(units, places)));
    });
}

Result<UnitTree> read_units(store::Database& database) {
    return UnitTree(TRY(repository::select_units(database)), TRY(repository::select_places(database)));
}

Result<std::optional<UnitId>> unit_of(store::Database& database, HouseholdId household, Date day) {
    return repository::select_unit_of(database, household, day);
}

Result<void> place_household(store::Database& database, HouseholdId household, UnitId unit, Date from,
                             std::string_view why) {
    auto places = TRY(repository::select_household_places(database, household));
    if (!places.empty() && from < places.back().from) {
        return fail(
            ErrorKind::invalid, "household_move_day",
            {fmt::format("该户现属单位自 {} 起，不能在 {} 变更", places.back().from.iso(), from.iso()),
             fmt::format("the household's present place begins on {}: it cannot move on {}",
                         places.back().from.iso(), from.iso())});
    }
    if (!places.empty() && places.back().from < from) {
        places.back().until = from;
        TRY_VOID(repository::put_household_place(database, household, places.back(), why));
    }
    return repository::put_household_place(database, household, {unit, from, forever}, why);
}

Result<HouseholdsPlaced> place_new_households(store::Database& database, UnitId fallback, Date from) {
    HouseholdsPlaced placed;
    const UnitTree tree = TRY(read_units(database));
    ensure(tree.find(fallback) != nullptr, "a unit that the file came for");
    TRY_VOID(database.write([&]() -> Result<void> {
        std::map<std::string, const Unit*, std::less<>> known;  // a county has some hundred codes
        for (const auto& household : TRY(repository::select_unplaced(database))) {
            auto at = known.find(household.region);
            if (at == known.end())
                at = known.emplace(household.region, tree.of_region(household.region, from)).first;
            const Unit* unit = at->second;
            ++(unit != nullptr ? placed.by_region : placed.by_file);
            TRY_VOID(repository::put_household_place(database, household.id,
                                                     {unit != nullptr ? unit->id : fallback, from, forever},
                                                     unit != nullptr ? "region" : "file"));
        }
        return {};
    }));
    return placed;
}

}  // namespace doudi::access
