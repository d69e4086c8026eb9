// SPDX-License-Identifier: Apache-2.0
// Whom a move may name beside oneself: who visits with one, to whom work is handed over. Those who sit at the
// same office and department and may sign in, by name and role; nothing else of their accounts. A township
// and its villages go to doors together. Whoever hands work out to the offices below theirs chooses among the
// people of these too (`below`).
#include "access/colleagues.h"
#include "http/cases/case_desk.h"
#include "http/people/account_reach.h"
#include "http/register/fact_routes.h"
#include "http/request/listed.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

json::array roles_json(const Call& call, const std::vector<std::string>& roles) {
    json::array all;
    for (const std::string& id : roles) {
        const access::Role* role = call.services.roles.find(id);
        all.push_back(
            json::object{{"id", id}, {"title", words(role == nullptr ? Text{id, id} : role->title)}});
    }
    return all;
}

// One's own office; a township's villages with it, and a village's township.
std::vector<access::UnitId> offices_of(const Call& call) {
    using access::UnitKind;
    const auto* own = call.units->find(call.who().unit);
    if (own == nullptr) return {};
    std::vector<access::UnitId> offices{own->id};
    const auto* here = call.units->place(own->id, call.today());
    if (own->kind == UnitKind::village && here != nullptr) offices.push_back(here->parent);
    if (own->kind != UnitKind::township) return offices;
    for (const access::Unit& unit : call.units->units()) {
        const auto* place = call.units->place(unit.id, call.today());
        if (unit.kind == UnitKind::village && place != nullptr && place->parent == own->id)
            offices.push_back(unit.id);
    }
    return offices;
}

// One's own and all below it, to which an assignment reaches (account_reach.h).
std::vector<access::UnitId> offices_below(const Call& call) {
    std::vector<access::UnitId> offices;
    for (const access::Unit& unit : call.units->units())
        if (reaches(call, unit.id)) offices.push_back(unit.id);
    return offices;
}

Outcome<std::vector<access::UnitId>> offices_asked(const Call& call, bool below) {
    constexpr int forbidden = 403;
    if (!below) return offices_of(call);
    if (!call.scope(access::Verb::assign, access::Thing::task).is_empty()) return offices_below(call);
    return std::unexpected(Failure(forbidden, "not_allowed",
                                   {"只有可以分派工作的岗位能查看下级单位的人员",
                                    "the people of offices below are told to whoever hands work out alone"}));
}

Outcome<Response> colleagues(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    if (auto may = readable_cases(call); !may) return std::unexpected(std::move(may).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const bool below = query->word("below", {"true", "false"}) == "true";
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto offices = offices_asked(call, below);
    if (!offices) return std::unexpected(offices.error());
    json::array items;
    for (const auto& account :
         TRY(access::repository::colleagues_of(call.desk.database, *offices, call.who().department))) {
        const auto* unit = call.units->find(account.unit);
        items.push_back(json::object{{"name", account.name},
                                     {"full_name", account.full_name},
                                     {"unit", unit == nullptr ? std::string() : unit->title},
                                     {"roles", roles_json(call, account.roles)},
                                     {"self", account.id == call.who().user}});
    }
    return listed(call, *asked, "colleagues", {{"name"}, {"full_name"}, {"unit"}}, std::move(items));
}

}  // namespace

std::vector<Route> colleague_routes() {
    return {{.method = "GET",
             .path = "/api/v1/colleagues",
             .operation = "listColleagues",
             .handler = colleagues,
             .who = Who::signed_in}};
}

}  // namespace doudi::http
