// SPDX-License-Identifier: Apache-2.0
// Whoever is on no register applies or objects for the first time: from the public page, without a session,
// or written down at a window. The office of the place opens a case of it, or says why not. The register is
// not read for any answer to the public.
#include <fmt/format.h>

#include <algorithm>

#include "base/id_number.h"
#include "http/cases/case_desk.h"
#include "http/lists/first_request.h"
#include "http/office/desk_routes.h"
#include "http/register/reach.h"
#include "http/register/register_shown.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/server/rate_limiter.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using casework::FirstRequest;
using casework::FirstRequestId;
namespace json = boost::json;

constexpr int accepted = 202;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr int too_many = 429;

// --- the public door

// A village behind one address has so many in a row, and then so many a minute (access/security.yaml).
bool is_too_often(const Call& call) {
    return !call.services.strangers.allows(call.request.peer, SteadyClock::now());
}

Failure too_often(const access::SecurityRules& rules) {
    constexpr int minute = 60;
    Failure failure(too_many, "too_many_requests",
                    {"登记的人太多，请稍等一会儿再试", "too many are asking: try again in a moment"});
    failure.retry_after = (minute + rules.strangers_a_minute - 1) / rules.strangers_a_minute;
    return failure;
}

bool is_phone(const std::string& text) {
    constexpr std::size_t shortest = 7;
    constexpr std::size_t longest = 20;
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == ' '; };
    return text.size() >= shortest && text.size() <= longest && std::ranges::all_of(text, fits);
}

std::string number_told(BodyFields& fields) {
    const std::string written = fields.text("identity_number");
    const IdText read = read_id_text(written);
    if (read.kind == IdTextKind::valid) return std::string(read.view());
    if (!written.empty())
        fields.fault("identity_number", "not_a_number",
                     {"不是有效的公民身份号码", "it is no identity number"});
    return {};
}

FirstRequest request_told(const Call& call, BodyFields& fields, const policy::Law& law) {
    constexpr std::size_t longest_need = 2000;
    constexpr std::size_t digits = 10;
    FirstRequest request;
    request.machine = fields.text("machine");
    if (!request.machine.empty() && !casework::is_open_to_citizens(law, request.machine))
        fields.fault("machine", "no_such_machine",
                     {"网上不能办这件事，请到窗口", "this is not done online: go to the window"});
    request.told[std::string(casework::first_name)] = {fields.text("name")};
    request.told[std::string(casework::first_number)] = {number_told(fields)};
    const std::string phone = fields.text("phone");
    if (!phone.empty() && !is_phone(phone))
        fields.fault("phone", "not_a_phone", {"不是电话号码", "it is no telephone number"});
    request.told[std::string(casework::first_phone)] = {phone};
    if (auto need = fields.optional_text("need", longest_need); need && !need->empty())
        request.told[std::string(casework::first_need)] = {std::move(*need)};
    const std::string region = fields.text("region");
    const auto* unit = region.empty() ? nullptr : call.units->of_region(region, call.today());
    if (unit != nullptr) request.unit = unit->id;
    if (!region.empty() && unit == nullptr)
        fields.fault("region", "no_such_place", {"没有这个地方", "there is no such place"});
    if (!fields.flag("consent", false))
        fields.fault("consent", "not_consented",
                     {"须同意把这些信息交给当地办理", "they have to agree that the office there gets this"});
    request.client_key = fields.text("client_key");
    // What another platform sends is called so: nobody files in its name.
    if (request.client_key.starts_with(casework::sent_prefix))
        fields.fault("client_key", "not_told", {"这个键留给平台之间使用", "this key is kept for platforms"});
    request.receipt = sha256_hex("first request " + request.client_key).substr(0, digits);
    request.at = call.services.clock.now();
    return request;
}

Outcome<Response> ask_first(Call& call) {
    if (is_too_often(call)) return std::unexpected(too_often(call.services.rules));
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const FirstRequest request = request_told(call, fields, (*law)->pack.law);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto desk = case_desk(call);
    const FirstRequest kept = TRY(casework::keep_first_request(desk, request));
    return json_answer(
        json::object{{"receipt", kept.receipt}, {"office", call.units->shown_path(kept.unit, call.today())}},
        accepted);
}

// --- the office

// By which platform it was sent, as the file of peers names it; null: from the public page, or a window.
json::value peer_of(const FirstRequest& request) {
    if (!request.client_key.starts_with(casework::sent_prefix)) return nullptr;
    const std::string rest = request.client_key.substr(casework::sent_prefix.size());
    return json::value(rest.substr(0, rest.find('/')));
}

json::object request_json(Call& call, const Shower& shower, const policy::Law& law,
                          const FirstRequest& request) {
    const access::Unit* unit = call.units->find(request.unit);
    const policy::Machine* machine = law.procedures.machine(request.machine);
    const std::string need = casework::first_of(request.told, casework::first_need);
    return {{"id", std::to_string(request.id.value())},
            {"receipt", request.receipt},
            {"peer", peer_of(request)},
            {"machine", request.machine},
            {"title", words(machine == nullptr ? Text{request.machine, request.machine} : machine->title)},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"at", time_text(micros_of(request.at))},
            {"name", told_of_first(shower, FieldClass::name, request, casework::first_name)},
            {"identity_number",
             told_of_first(shower, FieldClass::identity_number, request, casework::first_number)},
            {"phone", told_of_first(shower, FieldClass::phone, request, casework::first_phone)},
            {"need", need.empty() ? json::value(nullptr) : json::value(need)},
            {"state", request.state},
            {"case",
             request.opened ? json::value(std::to_string(request.opened->value())) : json::value(nullptr)},
            {"reason", request.reason}};
}

Outcome<Response> list_requests(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const bool all = query->word("state", {"waiting", "all"}).value_or("waiting") == "all";
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto law = TRY(call.law());
    call.looked("first_requests");
    auto desk = case_desk(call);
    const Shower shower(call, Thing::application);
    json::array items;
    for (const FirstRequest& one : TRY(casework::list_first_requests(desk, !all)))
        if (reaches_first_request(call, one)) items.push_back(request_json(call, shower, law->pack.law, one));
    return listed(call, *asked, "first-requests",
                  {{"receipt"},
                   {"peer"},
                   {"title"},
                   {"unit"},
                   {"at"},
                   {"name"},
                   {"identity_number"},
                   {"phone"},
                   {"need"},
                   {"state"},
                   {"case"},
                   {"reason"}},
                  std::move(items));
}

Outcome<std::optional<FirstRequest>> reached(Call& call, std::uint64_t number) {
    auto desk = case_desk(call);
    auto found = TRY(casework::find_first_request(desk, FirstRequestId(number)));
    if (!found || !reaches_first_request(call, *found)) return std::optional<FirstRequest>();
    return std::optional(std::move(*found));
}

Outcome<Response> decline_request(Call& call) {
    const auto number = case_number(call.parameter("id"));
    auto found = reached(call, number.value_or(0));
    if (!found) return std::unexpected(std::move(found).error());
    if (!*found)
        return std::unexpected(
            Failure(not_found, "no_such_first_request",
                    {"没有这件登记，或不在您的管辖内", "there is no such request within your reach"}));
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string reason = fields.prose("reason", {.most = longest_reason});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto& look = call.looked("first_request.declined");
    look.verb = Verb::change;
    look.reason = reason;
    auto desk = case_desk(call);
    if (!TRY(casework::decline_first_request(desk, (*found)->id, reason, call.who().user)))
        return std::unexpected(first_request_settled());
    return no_content();
}

}  // namespace

bool reaches_first_request(const Call& call, const FirstRequest& request) {
    return call.scope(Verb::read, Thing::application).covers({.unit = request.unit});
}

json::value told_of_first(const Shower& shower, FieldClass of, const FirstRequest& request,
                          std::string_view field) {
    const std::string value = casework::first_of(request.told, field);
    if (value.empty()) return nullptr;
    const access::ScopedRow row{.unit = request.unit};
    if (of == FieldClass::identity_number && shower.shown(of, row) == access::Shown::masked)
        return json::value(mask_text(value));
    return shower.text(of, row, value);
}

Failure first_request_settled() {
    return {conflict,
            "first_request_settled",
            {"这件登记已由他人办理", "somebody else has settled this request"}};
}

Outcome<std::optional<FirstRequestId>> first_request_told(Call& call, BodyFields& fields) {
    const auto number = fields.optional_number("first_request");
    if (!number) return std::optional<FirstRequestId>();
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto found = reached(call, *number);
    if (!found) return std::unexpected(std::move(found).error());
    if (*found && (*found)->state == "waiting") return std::optional((*found)->id);
    fields.fault("first_request", "no_such_first_request",
                 {"没有这件登记，或已办理", "there is no such request, or it was settled"});
    return std::optional<FirstRequestId>();
}

std::vector<Route> first_request_routes() {
    constexpr std::uint64_t small = 16U << 10U;
    return {{.method = "POST",
             .path = "/api/v1/first-requests",
             .operation = "askFirst",
             .handler = ask_first,
             .who = Who::anyone,
             .request_type = "application/json",
             .body_limit = small},
            {.method = "GET",
             .path = "/api/v1/first-requests",
             .operation = "listFirstRequests",
             .handler = list_requests,
             .who = Who::office,
             .verb = Verb::read,
             .thing = Thing::application},
            {.method = "POST",
             .path = "/api/v1/first-requests/{id}/decline",
             .operation = "declineFirstRequest",
             .handler = decline_request,
             .who = Who::office,
             .verb = Verb::change,
             .thing = Thing::application,
             .request_type = "application/json",
             .body_limit = small}};
}

}  // namespace doudi::http
