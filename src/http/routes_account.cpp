// SPDX-License-Identifier: Apache-2.0
// Accounts; the log of looks. An administrator sees the accounts of their
// own unit and below, and gives no place outside of it.
#include <fmt/format.h>

#include <algorithm>

#include "http/lists.h"
#include "http/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int created = 201;
constexpr int forbidden = 403;
constexpr int not_found = 404;

Failure no_such_account() {
    return {not_found,
            "no_such_account",
            {"没有这个账号，或不在您的管辖内", "there is no such account within your reach"}};
}

bool reaches(const Call& call, access::UnitId unit) {
    return call.who().unit != access::UnitId() && call.units->within(unit, call.who().unit, call.today());
}

json::object account_json(const Call& call, const access::Account& account) {
    json::array roles;
    for (const auto& role : account.roles) roles.emplace_back(role);
    const auto* unit = call.units->find(account.unit);
    return {{"name", account.name},
            {"full_name", account.full_name},
            {"roles", std::move(roles)},
            {"unit", unit != nullptr ? json::value(unit->code) : json::value(nullptr)},
            {"department", account.department},
            {"active", account.active},
            {"must_change_password", account.must_change_password},
            {"has_second_factor", account.has_second_factor}};
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    auto all = TRY(accounts.list());
    std::ranges::sort(all, {}, &access::Account::name);
    json::array items;
    std::optional<std::vector<std::string>> next;
    std::string last;
    for (const auto& account : all) {
        if (!reaches(call, account.unit)) continue;
        if (!asked->after.empty() && account.name <= asked->after[0]) continue;
        if (items.size() == asked->limit) {
            next = std::vector{last};
            break;
        }
        items.push_back(account_json(call, account));
        last = account.name;
    }
    return page_answer(call, *asked, std::move(items), next);
}

Outcome<access::Account> found(Call& call) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    auto account = accounts.find(call.parameter("name"));
    if (!account && account.error().kind == ErrorKind::not_found) return std::unexpected(no_such_account());
    if (!account) return std::unexpected(Failure(account.error()));
    if (!reaches(call, account->unit)) return std::unexpected(no_such_account());
    return std::move(*account);
}

Outcome<Response> one(Call& call) {
    auto account = found(call);
    if (!account) return std::unexpected(std::move(account).error());
    return json_answer(account_json(call, *account));
}

// Roles, unit and department of a body; the unit must be within reach.
struct Place {
    std::vector<std::string> roles;
    access::UnitId unit;
    std::string department;
};
Place place_of(const Call& call, BodyFields& fields) {
    Place place;
    place.roles = fields.texts("roles", 20);
    for (const auto& role : place.roles) {
        const auto* known = call.services.roles.find(role);
        if (known == nullptr || known->kind != access::SessionKind::staff)
            fields.fault("roles", "no_such_role", {"没有这个角色", "there is no such role of staff"});
    }
    const std::string unit = fields.text("unit");
    const auto* known = call.units->find(std::string_view(unit));
    if (known != nullptr && reaches(call, known->id)) {
        place.unit = known->id;
    } else if (!unit.empty()) {
        fields.fault("unit", "no_such_unit",
                     {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"});
    }
    place.department = fields.text("department", {.required = false});
    return place;
}

Outcome<Response> create(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    access::Account account;
    account.name = fields.text("name", {.most = 60});
    account.full_name = fields.text("full_name", {.most = 100});
    const std::string password = fields.text("first_password", {.most = 1024});
    const Place place = place_of(call, fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    account.roles = place.roles;
    account.unit = place.unit;
    account.department = place.department;
    access::Accounts accounts(call.desk.database, call.services.accounts);
    (void)TRY(accounts.add(account, password));
    call.looked("account.add " + account.name);
    Response response = json_answer(account_json(call, TRY(accounts.find(account.name))), created);
    response.headers.add("Location", "/api/v1/accounts/" + percent_encoded(account.name));
    return response;
}

Outcome<Response> change(Call& call) {
    auto account = found(call);
    if (!account) return std::unexpected(std::move(account).error());
    if (account->id == call.who().user)
        return std::unexpected(Failure(forbidden, "own_account",
                                       {"不能修改自己的角色，请由另一位管理员办理",
                                        "nobody changes their own roles: another administrator does"}));
    if (auto fits = require_match(call, etag_of(json::serialize(account_json(call, *account)))); !fits)
        return std::unexpected(std::move(fits).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const bool active = fields.flag("active", account->active);
    const Place place = place_of(call, fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    TRY_VOID(accounts.set_roles(account->id, place.roles, place.unit, place.department));
    if (active != account->active) TRY_VOID(accounts.set_active(account->id, active));
    call.looked("account.change " + account->name);
    return json_answer(account_json(call, TRY(accounts.find(account->id))));
}

Outcome<Response> reset(Call& call) {
    auto account = found(call);
    if (!account) return std::unexpected(std::move(account).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string password = fields.text("first_password", {.most = 1024});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    TRY_VOID(accounts.reset(account->id, password));
    call.looked("account.reset " + account->name);
    return no_content();
}

// --- looks
// ----------------------------------------------------------------------------------------------------------

json::array ids_json(std::string_view joined) {
    json::array ids;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(','), joined.size());
        ids.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return ids;
}

json::object record_json(const access::AuditRecord& record) {
    return {{"seq", record.seq},
            {"at", time_text(micros_of(record.at))},
            {"user", record.user_name},
            {"roles", record.roles},
            {"purpose", record.purpose},
            {"case", record.case_ref},
            {"verb", record.verb},
            {"thing", record.thing},
            {"persons", ids_json(record.persons)},
            {"households", ids_json(record.households)},
            {"what", record.what},
            {"reason", record.reason},
            {"flag", record.flag},
            {"from", record.from},
            {"hash", record.hash}};
}

Outcome<Response> audit(Call& call) {
    constexpr int most = 200;
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    access::AuditQuery asked;
    asked.most = static_cast<int>(query->number("limit", 1, most, 50));
    asked.before =
        static_cast<std::uint64_t>(query->number("before", 0, std::numeric_limits<std::int64_t>::max(), 0));
    asked.flagged_only = query->word("flagged", {"true", "false"}) == "true";
    if (const auto person = query->number("person", 0, std::numeric_limits<std::uint32_t>::max(), 0);
        person != 0)
        asked.person = PersonId(static_cast<std::uint32_t>(person));
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    json::array items;
    for (const auto& record : TRY(access::read_audit(call.desk.database, asked))) {
        // Outside of one's own offices not even who looks is told.
        if (!reaches(call, record.unit)) continue;
        items.push_back(record_json(record));
    }
    call.looked("audit");
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Outcome<Response> my_looks(Call& call) {
    constexpr int most = 200;
    if (!call.who().person)
        return std::unexpected(Failure(forbidden, "not_a_citizen",
                                       {"只有群众本人可以查询", "only the person themselves may ask"}));
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto before =
        static_cast<std::uint64_t>(query->number("before", 0, std::numeric_limits<std::int64_t>::max(), 0));
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    json::array items;
    for (const auto& look : TRY(access::looks_at(call.desk.database, *call.who().person, before, most))) {
        const auto* purpose = call.services.roles.purpose(look.purpose);
        items.push_back(json::object{{"seq", look.seq},
                                     {"at", time_text(micros_of(look.at))},
                                     {"unit", call.units->shown_path(look.unit, call.today())},
                                     {"purpose", words(purpose != nullptr ? purpose->title : Text{})},
                                     {"verb", look.verb},
                                     {"thing", look.thing}});
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

}  // namespace

std::vector<Route> account_routes() {
    constexpr std::string_view type = "application/json";
    return {
        {.method = "GET",
         .path = "/api/v1/accounts",
         .operation = "listAccounts",
         .handler = list,
         .verb = Verb::administer,
         .thing = Thing::account},
        {.method = "POST",
         .path = "/api/v1/accounts",
         .operation = "addAccount",
         .handler = create,
         .verb = Verb::administer,
         .thing = Thing::account,
         .request_type = type},
        {.method = "GET",
         .path = "/api/v1/accounts/{name}",
         .operation = "getAccount",
         .handler = one,
         .verb = Verb::administer,
         .thing = Thing::account},
        {.method = "PUT",
         .path = "/api/v1/accounts/{name}",
         .operation = "changeAccount",
         .handler = change,
         .verb = Verb::administer,
         .thing = Thing::account,
         .request_type = type},
        {.method = "POST",
         .path = "/api/v1/accounts/{name}/reset",
         .operation = "resetAccount",
         .handler = reset,
         .verb = Verb::administer,
         .thing = Thing::account,
         .request_type = type},
        {.method = "GET",
         .path = "/api/v1/audit",
         .operation = "listLooks",
         .handler = audit,
         .thing = Thing::audit},
        {.method = "GET",
         .path = "/api/v1/my/looks",
         .operation = "listMyLooks",
         .handler = my_looks,
         .thing = Thing::audit},
    };
}

}  // namespace doudi::http
