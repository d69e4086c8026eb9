// SPDX-License-Identifier: Apache-2.0
// Signing in and out, the password of one's own, the second factor, and who I am.
#include <chrono>

#include "http/register/people_names.h"
#include "http/request/call.h"
#include "http/request/routes.h"
#include "http/request/signed_in.h"
#include "http/server/cookie.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

std::string_view stage_name(access::SessionStage stage) {
    switch (stage) {
        case access::SessionStage::full:
            return "full";
        case access::SessionStage::needs_second_factor:
            return "needs_second_factor";
        case access::SessionStage::needs_new_password:
            return "needs_new_password";
    }
    return "";
}

std::string_view kind_name(access::SessionKind kind) {
    switch (kind) {
        case access::SessionKind::staff:
            return "staff";
        case access::SessionKind::citizen:
            return "citizen";
        case access::SessionKind::token:
            return "token";
        case access::SessionKind::machine:
            return "machine";
    }
    return "";
}

// What the session may do, verb by verb: a client shows nothing that would be refused.
json::array rights_json(const Call& call, const access::Session& session) {
    json::array rights;
    for (int verb = 0; verb < access::verb_count; ++verb) {
        for (int thing = 0; thing < access::thing_count; ++thing) {
            const auto as_verb = static_cast<access::Verb>(verb);
            const auto as_thing = static_cast<access::Thing>(thing);
            if (!call.services.roles.may(session, as_verb, as_thing)) continue;
            rights.push_back(json::value(std::string(access::name_of(as_verb)) + ":" +
                                         std::string(access::name_of(as_thing))));
        }
    }
    return rights;
}

json::object session_json(Call& call, const access::Session& session, std::string_view csrf) {
    json::array roles;
    for (const std::string& id : session.roles) {
        const auto* role = call.services.roles.find(id);
        roles.push_back(
            json::object{{"id", id}, {"title", words(role != nullptr ? role->title : Text{id, id})}});
    }
    json::object body{{"kind", kind_name(session.kind)},
                      {"stage", stage_name(session.stage)},
                      {"user", session.user_name},
                      {"full_name", PeopleNames(call).told(session.user)},
                      {"roles", std::move(roles)},
                      {"unit", nullptr},
                      {"department", session.department},
                      {"rights", rights_json(call, session)},
                      {"csrf", csrf}};
    if (const auto* unit = call.units->find(session.unit))
        body["unit"] = json::object{{"code", unit->code},
                                    {"title", unit->title},
                                    {"path", call.units->shown_path(unit->id, call.today())}};
    return body;
}

Outcome<Response> sign_in(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string name = fields.text("name");
    const std::string password = fields.text("password", {.most = 1024});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    return signed_in(call, TRY(accounts.sign_in(name, password, call.request.peer)));
}

Outcome<Response> redeem_code(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string code = fields.text("code");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return signed_in(call, TRY(access::redeem_window_code(call.desk.database, call.services.accounts, code,
                                                          call.request.peer)));
}

Outcome<Response> me(Call& call) {
    const std::string csrf = call.token.empty() ? "" : access::Accounts::csrf_of(call.token);
    return json_answer(session_json(call, call.who(), csrf));
}

Outcome<Response> sign_out(Call& call) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    if (!call.token.empty()) TRY_VOID(accounts.sign_out(call.token, call.request.peer));
    Response response = no_content();
    response.headers.add("Set-Cookie", set_session_cookie("", call.request.secure));
    return response;
}

Outcome<Response> change_password(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string old_one = fields.text("old", {.most = 1024});
    const std::string new_one = fields.text("new", {.most = 1024});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    return signed_in(call, TRY(accounts.change_password(call.token, old_one, new_one, call.request.peer)));
}

Outcome<std::string> code_of_body(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    std::string code = fields.text("code");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return code;
}

Outcome<Response> second_factor(Call& call) {
    const auto code = code_of_body(call);
    if (!code) return std::unexpected(code.error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    return signed_in(call, TRY(accounts.second_factor(call.token, *code, call.request.peer)));
}

Outcome<Response> offer_second_factor(Call& call) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    const auto offer = TRY(accounts.offer_second_factor(call.who()));
    return json_answer(json::object{{"secret", offer.secret}, {"uri", offer.uri}});
}

Outcome<Response> confirm_second_factor(Call& call) {
    const auto code = code_of_body(call);
    if (!code) return std::unexpected(code.error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    json::array recovery;
    for (const auto& one : TRY(accounts.confirm_second_factor(call.who(), *code))) recovery.emplace_back(one);
    return json_answer(json::object{{"recovery_codes", std::move(recovery)}});
}

}  // namespace

Response signed_in(Call& call, const access::SignedIn& in) {
    Response response = json_answer(session_json(call, in.session, in.csrf));
    response.headers.add("Set-Cookie", set_session_cookie(in.token, call.request.secure));
    return response;
}

std::vector<Route> session_routes() {
    constexpr std::string_view type = "application/json";
    constexpr std::uint64_t small = 8U << 10U;
    return {
        {.method = "POST",
         .path = "/api/v1/session",
         .operation = "signIn",
         .handler = sign_in,
         .who = Who::anyone,
         .secret = true,
         .request_type = type,
         .body_limit = small},
        {.method = "POST",
         .path = "/api/v1/session/window-code",
         .operation = "redeemWindowCode",
         .handler = redeem_code,
         .who = Who::anyone,
         .secret = true,
         .request_type = type,
         .body_limit = small},
        {.method = "GET",
         .path = "/api/v1/session",
         .operation = "getSession",
         .handler = me,
         .who = Who::any_stage,
         .secret = true},
        {.method = "DELETE",
         .path = "/api/v1/session",
         .operation = "signOut",
         .handler = sign_out,
         .who = Who::any_stage},
        {.method = "PUT",
         .path = "/api/v1/session/password",
         .operation = "changePassword",
         .handler = change_password,
         .who = Who::any_stage,
         .secret = true,
         .request_type = type,
         .body_limit = small},
        {.method = "POST",
         .path = "/api/v1/session/second-factor",
         .operation = "passSecondFactor",
         .handler = second_factor,
         .who = Who::any_stage,
         .secret = true,
         .request_type = type,
         .body_limit = small},
        {.method = "POST",
         .path = "/api/v1/session/second-factor/offer",
         .operation = "offerSecondFactor",
         .handler = offer_second_factor,
         .who = Who::any_stage,
         .secret = true},
        {.method = "POST",
         .path = "/api/v1/session/second-factor/confirm",
         .operation = "confirmSecondFactor",
         .handler = confirm_second_factor,
         .who = Who::any_stage,
         .secret = true,
         .request_type = type,
         .body_limit = small},
    };
}

}  // namespace doudi::http
