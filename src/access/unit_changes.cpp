// SPDX-License-Identifier: Apache-2.0
#include "access/unit_changes.h"

#include <algorithm>
#include <tuple>

namespace doudi::access {
namespace {

const Unit* unit_in(const UnitTables& tables, UnitId id) {
    const auto at = std::ranges::find(tables.units, id, &Unit::id);
    return at == tables.units.end() ? nullptr : &*at;
}

std::string code_in(const UnitTables& tables, UnitId id) {
    const Unit* unit = unit_in(tables, id);
    return unit == nullptr ? std::string() : unit->code;
}

const UnitPlace* newest_place(const UnitTables& tables, UnitId id) {
    const UnitPlace* newest = nullptr;
    for (const UnitPlace& one : tables.places) {
        if (one.unit == id && (newest == nullptr || one.from > newest->from)) newest = &one;
    }
    return newest;
}

std::string day_text(Date day) {
    return day == forever ? std::string() : day.iso();
}

class Difference {
  public:
    Difference(const UnitTables& before, const UnitTables& after) : before_(before), after_(after) {}

    std::vector<UnitChange> find() {
        for (const Unit& unit : after_.units) {
            const Unit* old = unit_in(before_, unit.id);
            const UnitPlace* place = newest_place(after_, unit.id);
            ensure(place != nullptr, "a loaded unit has a place");
            if (old == nullptr) {
                add(unit, *place, "added", "", code_in(after_, place->parent));
            } else {
                compare_words(*old, unit, *place);
                compare_places(unit, *newest_place(before_, unit.id), *place);
            }
        }
        std::ranges::sort(changes_, {}, [](const UnitChange& one) { return std::tie(one.code, one.what); });
        return std::move(changes_);
    }

  private:
    void add(const Unit& unit, const UnitPlace& place, const char* what, std::string before,
             std::string after) {
        changes_.push_back({unit.code, what, std::move(before), std::move(after), place.from});
    }

    void compare_words(const Unit& old, const Unit& unit, const UnitPlace& place) {
        const auto region = [](const Unit& one) { return one.region ? one.region->text() : std::string(); };
        if (old.title != unit.title) add(unit, place, "title", old.title, unit.title);
        if (old.kind != unit.kind)
            add(unit, place, "kind", std::string(name_of(old.kind)), std::string(name_of(unit.kind)));
        if (region(old) != region(unit)) add(unit, place, "region", region(old), region(unit));
        if (old.department != unit.department)
            add(unit, place, "department", old.department, unit.department);
    }

    void compare_places(const Unit& unit, const UnitPlace& old, const UnitPlace& now) {
        if (old.parent != now.parent)
            add(unit, now, "parent", code_in(before_, old.parent), code_in(after_, now.parent));
        if (old.until != now.until) add(unit, now, "until", day_text(old.until), day_text(now.until));
    }

    const UnitTables& before_;
    const UnitTables& after_;
    std::vector<UnitChange> changes_;
};

}  // namespace

std::vector<UnitChange> unit_changes(const UnitTables& before, const UnitTables& after) {
    return Difference(before, after).find();
}

}  // namespace doudi::access
