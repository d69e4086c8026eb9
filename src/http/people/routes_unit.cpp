// SPDX-License-Identifier: Apache-2.0
// The offices: those of one's own unit and below (and the departments that cases are handed to), as a file of
// units would load them, tried first or done, and where each of them stood.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "access/tiles.h"
#include "http/people/account_reach.h"
#include "http/people/tile_json.h"
#include "http/people/unit_json.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr std::size_t most_units = 2000;

json::value code_or_null(const Call& call, access::UnitId unit) {
    const auto* known = call.units->find(unit);
    return known != nullptr ? json::value(known->code) : json::value(nullptr);
}

// Departments that stand under an office above one's own: cases are handed to them. A department is told of
// none but what stands below itself.
bool may_be_handed_to(const Call& call, const access::Unit& unit, const access::UnitPlace& place) {
    if (unit.kind != access::UnitKind::department || !call.who().department.empty()) return false;
    return call.who().unit != access::UnitId() &&
           call.units->within(call.who().unit, place.parent, call.today());
}

Result<json::array> units_json(Call& call) {
    const auto tiles = TRY(access::read_tiles(call.desk.database));
    json::array items;
    for (const auto& unit : call.units->units()) {
        const auto* place = call.units->place(unit.id, call.today());
        if (place == nullptr) continue;
        const bool is_within = reaches(call, unit.id);
        if (!is_within && !may_be_handed_to(call, unit, *place)) continue;
        json::object item = unit_json(call, unit, *place, is_within);
        item["tile"] = tile_json(tiles, unit.id);
        items.push_back(std::move(item));
    }
    return items;
}

// As the list tells them, for its mark.
Result<json::object> page_of(Call& call) {
    return json::object{{"items", TRY(units_json(call))}, {"next", nullptr}};
}

Outcome<Response> list(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    return listed(call, *asked, "units",
                  {{"code"}, {"title"}, {"kind"}, {"region"}, {"department"}, {"parent"}, {"within"}},
                  TRY(units_json(call)));
}

Outcome<Response> history(Call& call) {
    const auto* unit = call.units->find(std::string_view(call.parameter("unit")));
    const bool was_below =
        unit != nullptr && std::ranges::any_of(call.units->places_of(unit->id), [&](const auto& place) {
            return call.units->within(unit->id, call.who().unit, place.from);
        });
    if (unit == nullptr || call.who().unit == access::UnitId() || (!was_below && !reaches(call, unit->id)))
        return std::unexpected(
            Failure(404, "no_such_unit",
                    {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"}));
    json::array places;
    for (const auto& place : call.units->places_of(unit->id)) {
        json::object one{
            {"parent", code_or_null(call, place.parent)}, {"from", place.from.iso()}, {"until", nullptr}};
        if (place.until != access::forever) one["until"] = place.until.iso();
        places.push_back(std::move(one));
    }
    return json_answer(
        json::object{{"code", unit->code}, {"title", unit->title}, {"places", std::move(places)}});
}

// --- loading

std::optional<access::Tile> tile_of(BodyFields& fields, FieldFaults& faults, const std::string& at) {
    const auto* tile = fields.value("tile", false);
    if (tile == nullptr || tile->is_null()) return std::nullopt;
    BodyFields place(*tile, faults, at + "/tile");
    const access::Tile told{static_cast<int>(place.number("column", 1, access::last_tile)),
                            static_cast<int>(place.number("row", 1, access::last_tile))};
    place.finish();
    return told;
}

access::UnitRow row_of(const json::value& item, FieldFaults& faults, std::size_t n,
                       std::vector<access::UnitTile>& tiles) {
    BodyFields fields(item, faults, fmt::format("/units/{}", n));
    access::UnitRow row;
    row.place = fmt::format("/units/{}", n);
    row.code = fields.text("code", {.most = 60});
    row.title = fields.text("title");
    row.kind = fields.text("kind", {.most = 20});
    row.parent = fields.text("parent", {.most = 60, .required = false});
    row.region = fields.text("region", {.most = 12, .required = false});
    row.department = fields.text("department", {.most = 60, .required = false});
    row.from = fields.date("from").iso();
    if (const auto until = fields.optional_date("until")) row.until = until->iso();
    if (const auto tile = tile_of(fields, faults, row.place)) tiles.push_back({row.code, *tile});
    fields.finish();
    return row;
}

// Whether these rows stay below the asker's own unit, which is not theirs to change; who stands at the root
// may do all.
class Reachable {
  public:
    explicit Reachable(const Call& call) : call_(call) {
        const auto* place = call.units->place(call.who().unit, call.today());
        is_root_ = place != nullptr && place->parent == access::UnitId();
    }

    void check(const std::vector<access::UnitRow>& rows, FieldFaults& faults) {
        if (is_root_) return;
        for (const auto& row : rows) {
            if (call_.units->find(std::string_view(row.code)) == nullptr) made_.insert(row.code);
        }
        for (const auto& row : rows) {
            const auto* known = call_.units->find(std::string_view(row.code));
            const bool theirs =
                known == nullptr || (known->id != call_.who().unit && reaches(call_, known->id));
            if (!theirs || !may_stand_below(row.parent))
                faults.add("body", row.place, "unit_out_of_reach",
                           {"不在您的管辖内", "lies outside of your reach"});
        }
    }

  private:
    [[nodiscard]] bool may_stand_below(const std::string& parent) const {
        if (made_.contains(parent)) return true;
        const auto* known = call_.units->find(std::string_view(parent));
        return known != nullptr && reaches(call_, known->id);
    }

    const Call& call_;
    bool is_root_ = false;
    std::set<std::string> made_;
};

json::object loaded_json(const access::UnitsLoaded& loaded, bool dry_run) {
    json::array changes;
    for (const auto& one : loaded.changes)
        changes.push_back(json::object{{"unit", one.code},
                                       {"what", one.what},
                                       {"before", one.before},
                                       {"after", one.after},
                                       {"on", one.on.iso()}});
    return {{"dry_run", dry_run},    {"added", loaded.added},         {"changed", loaded.changed},
            {"moved", loaded.moved}, {"unchanged", loaded.unchanged}, {"changes", std::move(changes)}};
}

Outcome<Response> load(Call& call) {
    const json::object now = TRY(page_of(call));
    if (auto fits = require_match(call, etag_of(json::serialize(now))); !fits)
        return std::unexpected(std::move(fits).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const bool dry_run = fields.flag("dry_run", false);
    const auto* list = fields.value("units");
    const auto* items = list != nullptr ? list->if_array() : nullptr;
    if (list != nullptr && (items == nullptr || items->empty() || items->size() > most_units))
        fields.fault("units", "not_in_range",
                     {fmt::format("应为 1 到 {} 项的列表", most_units),
                      fmt::format("takes a list of 1 to {}", most_units)});
    std::vector<access::UnitRow> rows;
    std::vector<access::UnitTile> tiles;
    for (std::size_t n = 0; items != nullptr && n < items->size() && n < most_units; ++n)
        rows.push_back(row_of((*items)[n], faults, n, tiles));
    fields.finish();
    if (faults.empty()) Reachable(call).check(rows, faults);
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto loaded =
        dry_run ? access::plan_units(call.desk.database, rows) : access::load_units(call.desk.database, rows);
    if (!loaded && loaded.error().where.starts_with("/units/")) {
        faults.add("body", loaded.error().where, loaded.error().code, loaded.error().text);
        return std::unexpected(faults.failure());
    }
    if (!loaded) return std::unexpected(Failure(loaded.error()));
    if (!dry_run) {
        TRY_VOID(access::put_tiles(call.desk.database, tiles));
        call.services.units.changed();
        call.looked(fmt::format("units load: {} added, {} changed, {} moved", loaded->added, loaded->changed,
                                loaded->moved));
    }
    return json_answer(loaded_json(*loaded, dry_run));
}

}  // namespace

std::vector<Route> unit_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/units",
         .operation = "listUnits",
         .handler = list,
         .thing = Thing::unit},
        {.method = "PUT",
         .path = "/api/v1/units",
         .operation = "loadUnits",
         .handler = load,
         .verb = Verb::change,
         .thing = Thing::unit,
         .request_type = "application/json",
         .body_limit = std::uint64_t{1} << 20U},
        {.method = "GET",
         .path = "/api/v1/units/{unit}/history",
         .operation = "getUnitHistory",
         .handler = history,
         .thing = Thing::unit},
    };
}

}  // namespace doudi::http
