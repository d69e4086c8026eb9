// SPDX-License-Identifier: Apache-2.0
// Who asks, and what for.
#include <fmt/format.h>

#include "access/visibility.h"
#include "http/people/flags.h"
#include "http/request/app.h"
#include "http/server/cookie.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int unauthorized = 401;
constexpr int forbidden = 403;

Failure sign_in_first() {
    return {unauthorized, "sign_in", {"请先登录", "sign in first"}};
}

Outcome<access::Session> session_of(Call& call) {
    const Services& services = call.services;
    const std::string_view authorization = call.request.headers.get("authorization");
    constexpr std::string_view bearer = "Bearer ";
    if (authorization.size() > bearer.size() && same_header(authorization.substr(0, bearer.size()), bearer))
        return TRY(access::token_session(call.desk.database, services.accounts,
                                         authorization.substr(bearer.size()), call.request.peer));
    call.token = session_cookie(call.request.headers.get("cookie"));
    if (call.token.empty()) return std::unexpected(sign_in_first());
    access::Accounts accounts(call.desk.database, services.accounts);
    return TRY(accounts.session(call.token, call.request.peer));
}

// A page of another site can send our cookie, but it cannot know the mark.
Outcome<void> check_csrf(const Call& call) {
    const bool reads = call.route.method == "GET";
    if (reads || call.token.empty()) return {};
    const auto mark = call.request.headers.find("x-csrf-token");
    if (mark && access::Accounts::csrf_matches(call.token, *mark)) return {};
    return std::unexpected(
        Failure(forbidden, "csrf", {"缺少或错误的 X-CSRF-Token", "X-CSRF-Token is missing or wrong"}));
}

// Whoever opens a case looks for that case, said or not.
void name_case_of_path(Call& call) {
    std::string& named = call.session->why.case_ref;
    const auto of_path = call.parameters.find("id");
    if (named.empty() && of_path != call.parameters.end() &&
        call.route.path.starts_with("/api/v1/cases/{id}"))
        named = of_path->second;
}

// Headers are ASCII: words in them are percent-encoded.
Outcome<void> read_why(Call& call) {
    constexpr std::size_t longest = 200;
    const auto purpose = percent_decoded(call.request.headers.get("x-purpose"));
    const auto about = percent_decoded(call.request.headers.get("x-case"));
    const bool known = purpose && (purpose->empty() || call.services.roles.purpose(*purpose) != nullptr);
    if (known && about && about->size() <= longest && is_plain_text(*about)) {
        const std::string_view stated = *purpose;
        const auto assumed = call.services.roles.purpose_of(call.who(), call.route.thing);
        call.session->why = {std::string(stated.empty() ? assumed : stated), *about};
        name_case_of_path(call);
        return {};
    }
    Failure failure(bad_request, "purpose", {"查询目的或案件号无效", "the purpose or the case is none"});
    failure.fields.push_back({"header", known ? "/X-Case" : "/X-Purpose", "purpose", failure.text});
    return std::unexpected(std::move(failure));
}

// What was whole by a reveal alone stands in the look too.
void tell_revealed(Call& call) {
    for (const access::FieldClass field : call.revealed)
        call.look->what += fmt::format(" {}=whole", access::name_of(field));
}

}  // namespace

void settle_look(Call& call) {
    // A look that cannot be judged is written down all the same.
    if (call.look && !flag_look(call)) call.look->flag = "unknown";
    if (call.look) tell_revealed(call);
}

Outcome<void> has_right(const Call& call) {
    const Route& route = call.route;
    if (route.who == Who::entitled || route.who == Who::office)
        TRY_VOID(call.services.roles.require(call.who(), route.verb, route.thing));
    if (route.who == Who::office && !access::is_office(access::reader_kind(call.who())))
        return std::unexpected(
            Failure(forbidden, "not_allowed",
                    {"仅限民政部门工作人员", "for the staff of the offices of civil affairs only"}));
    return {};
}

Outcome<void> let_in(Call& call) {
    auto session = session_of(call);
    if (!session) return std::unexpected(std::move(session).error());
    call.session = std::move(*session);
    if (auto fine = check_csrf(call); !fine) return fine;
    if (auto fine = read_why(call); !fine) return fine;
    if (call.route.who == Who::any_stage) return {};
    if (call.who().stage == access::SessionStage::needs_second_factor)
        return std::unexpected(
            Failure(forbidden, "second_factor", {"请先完成第二步验证", "the second factor is still owed"}));
    if (call.who().stage == access::SessionStage::needs_new_password)
        return std::unexpected(
            Failure(forbidden, "new_password", {"请先修改初始密码", "the first password must be changed"}));
    return has_right(call);
}

}  // namespace doudi::http
