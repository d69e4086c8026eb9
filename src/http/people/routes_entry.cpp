// SPDX-License-Identifier: Apache-2.0
// What lets others in: tokens of departments' machines, and codes of a window for citizens. Each is shown
// once.
#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "http/people/account_reach.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int created = 201;
constexpr int not_found = 404;

// --- tokens
// ---------------------------------------------------------------------------------------------------------

Failure no_such_token() {
    return {not_found,
            "no_such_token",
            {"没有这个接口令牌，或不在您的管辖内", "there is no such token within your reach"}};
}

// In groups: eleven digits in a row would be taken for a person's number, and the log hides those.
std::string shown_id(std::uint64_t id) {
    constexpr std::size_t group = 8;
    const std::string digits = std::to_string(id);
    std::string out = digits.substr(0, group);
    for (std::size_t at = group; at < digits.size(); at += group) out += "-" + digits.substr(at, group);
    return out;
}

bool is_mine(const Call& call, const access::ApiToken& token) {
    return reaches(call, token.unit) && may_give_department(call, token.department);
}

json::object token_json(const Call& call, const access::ApiToken& token) {
    const auto* unit = call.units->find(token.unit);
    const Date today = call.today();
    const char* state = token.revoked_at       ? "revoked"
                        : today < token.from   ? "not_yet"
                        : today >= token.until ? "ended"
                                               : "active";
    return {{"id", std::to_string(token.id)},
            {"title", token.title},
            {"role", token.role},
            {"unit", unit != nullptr ? json::value(unit->code) : json::value(nullptr)},
            {"department", token.department},
            {"from", token.from.iso()},
            {"until", token.until.iso()},
            {"state", state},
            {"revoked_at",
             token.revoked_at ? json::value(time_text(micros_of(*token.revoked_at))) : json::value(nullptr)}};
}

Outcome<Response> list_tokens(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    for (const auto& token : TRY(access::list_tokens(call.desk.database))) {
        if (is_mine(call, token)) items.push_back(token_json(call, token));
    }
    return listed(call, *asked, "tokens",
                  {{"id"},
                   {"title"},
                   {"role"},
                   {"unit"},
                   {"department"},
                   {"from"},
                   {"until"},
                   {"state"},
                   {"revoked_at"}},
                  std::move(items));
}

Outcome<Response> issue_token(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    access::ApiToken token;
    token.title = fields.text("title");
    token.role = fields.text("role");
    if (!token.role.empty() && !call.services.roles.may_grant(call.who(), token.role))
        fields.fault("role", "beyond_own_rights", {"您不能授予这个角色", "this role is not yours to give"});
    token.unit = unit_given(call, fields);
    token.department = department_given(call, fields, true);
    token.from = fields.optional_date("from").value_or(call.today());
    token.until = fields.date("until");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::ApiToken made;
    const std::string secret =
        TRY(access::issue_token(call.desk.database, call.services.accounts, token, call.who().user, &made));
    call.looked(fmt::format("token.issue {}: {} {} {} to {}", shown_id(made.id), made.role, made.department,
                            made.from.iso(), made.until.iso()));
    json::object answer = token_json(call, made);
    answer["token"] = secret;
    Response response = json_answer(answer, created);
    response.headers.add("Location", fmt::format("/api/v1/tokens/{}", made.id));
    return response;
}

Outcome<Response> revoke_token(Call& call) {
    std::uint64_t id = 0;
    const std::string& text = call.parameter("id");
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::unexpected(no_such_token());
    const auto token = access::find_token(call.desk.database, id);
    if (!token && token.error().kind != ErrorKind::not_found) return std::unexpected(Failure(token.error()));
    if (!token || !is_mine(call, *token)) return std::unexpected(no_such_token());
    TRY_VOID(access::revoke_token(call.desk.database, call.services.clock, id));
    call.looked(fmt::format("token.revoke {}", shown_id(id)));
    return no_content();
}

// --- codes of a window
// ----------------------------------------------------------------------------------------------

Outcome<Response> issue_code(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string paper = fields.prose("paper_seen", {.most = 200});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    std::uint32_t person = 0;
    const std::string& text = call.parameter("id");
    const auto read = std::from_chars(text.data(), text.data() + text.size(), person);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || person == 0)
        return std::unexpected(
            Failure(not_found, "out_of_scope", {"此人不在本单位范围内", "this person is not of your units"}));
    // The log has it before the code exists.
    const std::string code =
        TRY(access::issue_window_code(call.desk.database, call.services.accounts, call.services.audit,
                                      call.who(), PersonId(person), paper));
    const Instant end = call.services.clock.now() + call.services.rules.window_code_term;
    return json_answer(json::object{{"code", code}, {"expires_at", time_text(micros_of(end))}}, created);
}

}  // namespace

std::vector<Route> entry_routes() {
    constexpr std::string_view type = "application/json";
    constexpr std::uint64_t small = 8U << 10U;
    return {
        {.method = "GET",
         .path = "/api/v1/tokens",
         .operation = "listTokens",
         .handler = list_tokens,
         .thing = Thing::account},
        {.method = "POST",
         .path = "/api/v1/tokens",
         .operation = "issueToken",
         .handler = issue_token,
         .verb = Verb::issue,
         .thing = Thing::account,
         .creates = true,
         .claims_key = true,
         .secret = true,
         .request_type = type,
         .body_limit = small},
        {.method = "DELETE",
         .path = "/api/v1/tokens/{id}",
         .operation = "revokeToken",
         .handler = revoke_token,
         .verb = Verb::issue,
         .thing = Thing::account},
        {.method = "POST",
         .path = "/api/v1/persons/{id}/window-codes",
         .operation = "issueWindowCode",
         .handler = issue_code,
         .verb = Verb::issue,
         .thing = Thing::person,
         .creates = true,
         .claims_key = true,
         .secret = true,
         .request_type = type,
         .body_limit = small},
    };
}

}  // namespace doudi::http
