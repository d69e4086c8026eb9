// SPDX-License-Identifier: Apache-2.0
#include "access/units_repository.h"

namespace doudi::access::repository {

namespace {

std::int64_t number_of(UnitId id) {
    return id.value();
}
UnitId unit_id(std::int64_t value) {
    return UnitId(static_cast<std::uint32_t>(value));
}

Unit unit_of_row(const store::Statement& row) {
    Unit unit;
    unit.id = unit_id(row.integer(0));
    unit.code = row.text_view(1);
    unit.title = row.text_view(2);
    const std::optional<UnitKind> kind = unit_kind(row.text_view(3));
    ensure(kind.has_value(), "a kind of unit that this program wrote");
    unit.kind = *kind;
    unit.region = RegionCode::parse(row.text_view(4));
    unit.department = row.text_view(5);
    return unit;
}

}  // namespace

Result<std::vector<Unit>> select_units(store::Database& database) {
    auto query =
        TRY(database.prepare("select id, code, title, kind, region, department from unit order by id"));
    std::vector<Unit> units;
    while (TRY(query.step())) units.push_back(unit_of_row(query));
    return units;
}

Result<std::vector<UnitPlace>> select_places(store::Database& database) {
    auto query = TRY(
        database.prepare("select unit, parent, from_on, until_on from unit_place order by unit, from_on"));
    std::vector<UnitPlace> places;
    while (TRY(query.step())) {
        places.push_back({unit_id(query.integer(0)), unit_id(query.integer(1)),
                          query.date(2).value_or(forever), query.date(3).value_or(forever)});
    }
    return places;
}

Result<void> put_units(store::Database& database, std::span<const Unit> units) {
    auto put = TRY(database.prepare(
        "insert into unit (id, code, title, kind, region, department) values ($1, $2, $3, $4, $5, $6)"
        " on conflict (id) do update set title = excluded.title, kind = excluded.kind,"
        " region = excluded.region, department = excluded.department"));
    for (const Unit& unit : units) {
        put.bind(1, number_of(unit.id)).bind(2, std::string_view(unit.code));
        put.bind(3, std::string_view(unit.title)).bind(4, name_of(unit.kind));
        put.bind(5, std::string_view(unit.region ? unit.region->text() : std::string()));
        put.bind(6, std::string_view(unit.department));
        TRY_VOID(put.run());
    }
    return {};
}

Result<void> replace_places(store::Database& database, std::span<const UnitPlace> places,
                            std::span<const UnitSpan> within) {
    for (const char* sql : {"delete from unit_place", "delete from unit_within"}) {
        auto clear = TRY(database.prepare(sql));
        TRY_VOID(clear.run());
    }
    auto put_place = TRY(
        database.prepare("insert into unit_place (unit, parent, from_on, until_on) values ($1, $2, $3, $4)"));
    for (const UnitPlace& place : places) {
        put_place.bind(1, number_of(place.unit)).bind(2, number_of(place.parent));
        TRY_VOID(put_place.bind(3, place.from).bind(4, place.until).run());
    }
    auto put_span = TRY(database.prepare(
        "insert into unit_within (ancestor, unit, from_on, until_on) values ($1, $2, $3, $4)"));
    for (const UnitSpan& span : within) {
        put_span.bind(1, number_of(span.ancestor)).bind(2, number_of(span.unit));
        TRY_VOID(put_span.bind(3, span.from).bind(4, span.until).run());
    }
    return {};
}

Result<std::vector<HouseholdPlace>> select_household_places(store::Database& database,
                                                            HouseholdId household) {
    auto query = TRY(database.prepare(
        "select unit, from_on, until_on from household_unit where household = $1 order by from_on"));
    query.bind(1, std::int64_t{household.value()});
    std::vector<HouseholdPlace> places;
    while (TRY(query.step())) {
        places.push_back(
            {unit_id(query.integer(0)), query.date(1).value_or(forever), query.date(2).value_or(forever)});
    }
    return places;
}

Result<std::optional<UnitId>> select_unit_of(store::Database& database, HouseholdId household, Date day) {
    auto query = TRY(database.prepare(
        "select unit from household_unit where household = $1 and from_on <= $2 and until_on > $2"));
    query.bind(1, std::int64_t{household.value()}).bind(2, day);
    if (!TRY(query.step())) return std::optional<UnitId>();
    return std::optional(unit_id(query.integer(0)));
}

Result<void> put_household_place(store::Database& database, HouseholdId household,
                                 const HouseholdPlace& place, std::string_view why) {
    auto put = TRY(database.prepare(
        "insert into household_unit (household, unit, from_on, until_on, why) values ($1, $2, $3, $4, $5)"
        " on conflict (household, from_on) do update set unit = excluded.unit, until_on = excluded.until_on,"
        " why = excluded.why"));
    put.bind(1, std::int64_t{household.value()}).bind(2, number_of(place.unit));
    return put.bind(3, place.from).bind(4, place.until).bind(5, why).run();
}

Result<std::vector<UnplacedHousehold>> select_unplaced(store::Database& database) {
    auto query = TRY(database.prepare(
        "select h.id, h.region from household h where h.publish ="
        " (select max(n.publish) from household n where n.id = h.id"
        " and n.publish <= (select c.id from current_publication c))"
        " and not exists (select 1 from household_unit u where u.household = h.id) order by h.id"));
    std::vector<UnplacedHousehold> found;
    while (TRY(query.step()))
        found.push_back({HouseholdId(static_cast<std::uint32_t>(query.integer(0))), query.text(1)});
    return found;
}

}  // namespace doudi::access::repository
