// SPDX-License-Identifier: Apache-2.0
// The boundaries of an office's area, brought by itself with the number of the map's approval.
#include "http/office/desk_routes.h"
#include "http/people/account_reach.h"
#include "http/people/boundary.h"
#include "http/request/call.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr std::uint64_t largest = std::uint64_t{4} << 20U;

Failure no_such_unit() {
    return {
        404, "no_such_unit", {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"}};
}

Response pack_answer(const Call& call, const BoundaryPack& pack) {
    const auto* unit = call.units->find(pack.unit);
    json::value geojson = parse_json(pack.content).value_or(json::value(nullptr));
    Response response = json_answer(json::object{{"unit", unit == nullptr ? std::string() : unit->code},
                                                 {"name", pack.name},
                                                 {"source", pack.source},
                                                 {"drawn_on", pack.drawn_on.iso()},
                                                 {"approval_number", pack.approval_number},
                                                 {"put_at", time_text(pack.put_at)},
                                                 {"sha256", pack.sha256},
                                                 {"geojson", std::move(geojson)}});
    return response;
}

Outcome<Response> get(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto code = query->text("unit");
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto* unit = code ? call.units->find(std::string_view(*code)) : call.units->find(call.who().unit);
    if (unit == nullptr || !reaches(call, unit->id)) return std::unexpected(no_such_unit());
    const auto pack = TRY(read_boundaries(call.desk.database, unit->id));
    if (!pack)
        return std::unexpected(
            Failure(404, "no_boundaries", {"尚未导入边界数据", "no boundaries were brought yet"}));
    return pack_answer(call, *pack);
}

Outcome<Response> put(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string code = fields.text("unit", {.most = 60});
    BoundaryPack pack;
    pack.name = fields.text("name", {.most = 100});
    pack.source = fields.prose("source", {.most = 300});
    pack.drawn_on = fields.date("drawn_on");
    pack.approval_number = fields.prose("approval_number", {.most = 100});
    if (!pack.approval_number.empty() && !is_approval_number(pack.approval_number))
        fields.fault("approval_number", "not_a_number",
                     {"应为审图号，如 GS(2024)0650号",
                      "takes the number of a map's approval, such as GS(2024)0650号"});
    const auto* geojson = fields.value("geojson");
    fields.finish();
    const auto* unit = call.units->find(std::string_view(code));
    if (!code.empty() && (unit == nullptr || !reaches(call, unit->id)))
        fields.fault("unit", "no_such_unit", no_such_unit().text);
    json::object kept;
    if (faults.empty() && geojson != nullptr) kept = checked_boundaries(call, unit->id, *geojson, fields);
    if (!faults.empty()) return std::unexpected(faults.failure());
    pack.unit = unit->id;
    pack.content = json::serialize(kept);
    pack.sha256 = sha256_hex(pack.content);
    pack.put_at = micros_of(call.services.clock.now());
    TRY_VOID(put_boundaries(call.desk.database, pack, call.who().user));
    call.looked("boundaries of " + code);
    return pack_answer(call, pack);
}

}  // namespace

std::vector<Route> boundary_routes() {
    return {{.method = "GET",
             .path = "/api/v1/boundaries",
             .operation = "getBoundaries",
             .handler = get,
             .thing = Thing::unit},
            {.method = "PUT",
             .path = "/api/v1/boundaries",
             .operation = "putBoundaries",
             .handler = put,
             .verb = Verb::change,
             .thing = Thing::unit,
             .request_type = "application/json",
             .body_limit = largest}};
}

}  // namespace doudi::http
