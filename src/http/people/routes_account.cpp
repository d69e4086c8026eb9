// SPDX-License-Identifier: Apache-2.0
// Accounts. An administrator sees those of their own unit and below, and gives no place outside of it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "access/sign_in.h"
#include "http/people/account_reach.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int created = 201;

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
            {"has_second_factor", account.has_second_factor},
            {"demo", account.demo}};
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    json::array items;
    std::optional<std::vector<std::string>> next;
    std::string after = asked->after.empty() ? "" : asked->after[0];
    // Those of other departments are passed over, so that a page may take several looks.
    bool more = true;
    while (more && items.size() < most_of(*asked)) {
        const auto page = TRY(accounts.page(call.who().unit, call.today(), after, most_of(*asked) + 1));
        more = page.size() > most_of(*asked);
        for (const auto& account : page) {
            if (items.size() == most_of(*asked)) {
                more = true;
                break;
            }
            after = access::fold_user_name(account.name);
            if (may_give_department(call, account.department)) items.push_back(account_json(call, account));
        }
    }
    if (more) next = std::vector{after};
    return listed(call, *asked, "accounts",
                  {{"name"},
                   {"full_name"},
                   {"roles"},
                   {"unit"},
                   {"department"},
                   {"active"},
                   {"must_change_password"},
                   {"has_second_factor"},
                   {"demo"}},
                  std::move(items), next);
}

Outcome<Response> one(Call& call) {
    auto account = found_account(call);
    if (!account) return std::unexpected(std::move(account).error());
    return json_answer(account_json(call, *account));
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
    const PlaceGiven place = place_given(call, fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    account.roles = place.roles;
    account.unit = place.unit;
    account.department = place.department;
    access::Accounts accounts(call.desk.database, call.services.accounts);
    (void)TRY(accounts.add(account, password));
    call.looked(fmt::format("account.add {}: {}", account.name, fmt::join(account.roles, ",")));
    Response response = json_answer(account_json(call, TRY(accounts.find(account.name))), created);
    response.headers.add("Location", "/api/v1/accounts/" + percent_encoded(account.name));
    return response;
}

Outcome<Response> change(Call& call) {
    auto account = account_to_change(call);
    if (!account) return std::unexpected(std::move(account).error());
    if (auto fits = require_match(call, etag_of(json::serialize(account_json(call, *account)))); !fits)
        return std::unexpected(std::move(fits).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const bool active = fields.flag("active", account->active);
    const auto full_name = fields.optional_text("full_name", 100);
    const PlaceGiven place = place_given(call, fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    TRY_VOID(accounts.change(*account, {full_name.value_or(account->full_name), place.roles, place.unit,
                                        place.department, active}));
    const char* lock = active == account->active ? "" : active ? "; unlocked" : "; locked";
    call.looked(fmt::format("account.change {}: {}{}", account->name, fmt::join(place.roles, ","), lock));
    return json_answer(account_json(call, TRY(accounts.find(account->id))));
}

Outcome<Response> reset(Call& call) {
    auto account = account_to_change(call);
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

Outcome<Response> end_sessions(Call& call) {
    auto account = account_to_change(call);
    if (!account) return std::unexpected(std::move(account).error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    const auto ended = TRY(accounts.end_sessions(account->id));
    call.looked("account.end_sessions " + account->name);
    return json_answer(json::object{{"ended", ended}});
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
         .creates = true,
         .claims_key = true,
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
        {.method = "DELETE",
         .path = "/api/v1/accounts/{name}/sessions",
         .operation = "endSessions",
         .handler = end_sessions,
         .verb = Verb::administer,
         .thing = Thing::account},
    };
}

}  // namespace doudi::http
