// SPDX-License-Identifier: Apache-2.0
// Identities that others vouch for: signing in by one, and whom they are linked to. Calls to a provider block
// a worker, so long and so many at once as its file says.
#include <fmt/format.h>

#include <algorithm>

#include "access/outside.h"
#include "base/id_number.h"
#include "http/people/account_reach.h"
#include "http/request/routes.h"
#include "http/request/signed_in.h"
#include "http/server/cookie.h"
#include "identity/provider.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
using identity::Provider;
namespace json = boost::json;

constexpr int created = 201;
constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int not_found = 404;

Failure no_such_provider() {
    return {
        not_found, "no_such_provider", {"没有这个身份认证平台", "there is no such provider of identities"}};
}

Outcome<const Provider*> found_provider(const Call& call) {
    const auto* provider = identity::find_provider(call.services.outside, call.parameter("provider"));
    if (provider == nullptr) return std::unexpected(no_such_provider());
    return provider;
}

Outcome<Response> list(Call& call) {
    json::array items;
    for (const auto& provider : call.services.outside) {
        json::array holders;
        if (provider->rules().for_staff) holders.emplace_back("staff");
        if (provider->rules().for_citizens) holders.emplace_back("citizen");
        items.push_back(json::object{{"id", provider->rules().id},
                                     {"title", words(provider->rules().title)},
                                     {"for", std::move(holders)}});
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

// --- there
// ----------------------------------------------------------------------------------------------------------

Outcome<Response> begin(Call& call) {
    const auto provider = found_provider(call);
    if (!provider) return std::unexpected(provider.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string invitation = fields.text("invitation", {.most = 64, .required = false});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto attempt = TRY(access::begin_outside(call.desk.database, call.services.accounts,
                                                   (*provider)->rules().id, invitation));
    const std::string url = TRY((*provider)->way_there(attempt.state, attempt.nonce, attempt.verifier));
    Response response = json_answer(json::object{{"url", url}});
    response.headers.add("Set-Cookie", set_outside_cookie(attempt.browser, call.request.secure));
    return response;
}

// --- and back
// ----------------------------------------------------------------------------------------------------------

Failure not_linked() {
    return {forbidden,
            "outside_not_linked",
            {"身份已核实，但没有与这里的账号或名册关联，或账号已停用：请联系管理员或到窗口办理",
             "the identity holds, but nobody here is linked to it, or the account is locked: ask an "
             "administrator, or go to a window"}};
}

// What the log is told, and what the browser is.
Outcome<identity::Vouched> vouched_for(Call& call, const Provider& provider,
                                       const access::OutsideAttempt& attempt, const std::string& code) {
    auto vouched = provider.come_back(code, attempt.nonce, attempt.verifier);
    if (vouched) return std::move(*vouched);
    const Error& error = vouched.error();
    const std::string why = fmt::format("{} {}", error.code, error.where);
    TRY_VOID(access::note_outside_refused(call.services.accounts, attempt.provider, why, call.request.peer));
    if (error.code == "busy" || error.code == "outside_unreachable" || error.code == "outside_answer")
        return std::unexpected(Failure(error));
    return std::unexpected(Failure(unauthorized, "outside_refused",
                                   {"身份认证平台没有证明您的身份，请重新登录",
                                    "the provider's answer does not prove who you are: sign in anew"}));
}

// The person of the register whose number the provider tells; none: it tells no number, or nobody has it.
Outcome<std::optional<PersonId>> person_of(Call& call, const std::string& number) {
    const IdText text = read_id_text(number);
    const auto parsed =
        text.kind == IdTextKind::valid ? IdNumber::parse(text.view()) : std::optional<IdNumber>();
    if (!parsed) return std::optional<PersonId>();
    const PersonId found = TRY(registry::find_by_number(call.desk.data, call.desk.data.current(), *parsed));
    return found == PersonId() ? std::optional<PersonId>() : std::optional(found);
}

// Whether someone here is linked to it: an account; or, by the number, a person of the register.
Outcome<bool> is_linked(Call& call, const Provider& provider, const access::Accounts::OutsideSubject& subject,
                        const std::string& number) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    if (TRY(accounts.linked_account(subject))) return provider.rules().for_staff;
    if (!provider.rules().for_citizens) return false;
    const auto person = person_of(call, number);
    if (!person) return std::unexpected(person.error());
    if (!*person) return false;
    TRY_VOID(accounts.link(subject, **person));
    return true;
}

Outcome<void> use_invitation(Call& call, const Provider& provider, const access::OutsideAttempt& attempt,
                             const access::Accounts::OutsideSubject& subject) {
    if (attempt.invitation.empty()) return {};
    if (!provider.rules().for_staff) return std::unexpected(not_linked());
    const auto accepted = access::accept_invitation(call.desk.database, call.services.accounts, subject,
                                                    attempt.invitation, call.request.peer);
    if (accepted) return {};
    TRY_VOID(access::note_outside_refused(call.services.accounts, attempt.provider, accepted.error().code,
                                          call.request.peer));
    return std::unexpected(Failure(accepted.error()));
}

Outcome<Response> enter(Call& call, const access::OutsideAttempt& attempt, const std::string& code) {
    const auto* provider = identity::find_provider(call.services.outside, attempt.provider);
    if (provider == nullptr) return std::unexpected(no_such_provider());
    const auto vouched = vouched_for(call, *provider, attempt, code);
    if (!vouched) return std::unexpected(vouched.error());
    const access::Accounts::OutsideSubject subject{vouched->issuer, vouched->subject};
    if (auto used = use_invitation(call, *provider, attempt, subject); !used)
        return std::unexpected(std::move(used).error());
    const auto linked = is_linked(call, *provider, subject, vouched->number);
    if (!linked) return std::unexpected(linked.error());
    if (!*linked) {
        TRY_VOID(access::note_outside_refused(call.services.accounts, attempt.provider, "not linked",
                                              call.request.peer));
        return std::unexpected(not_linked());
    }
    access::Accounts accounts(call.desk.database, call.services.accounts);
    const auto in = accounts.sign_in(subject, call.request.peer);
    if (!in && in.error().code == "sign_in_refused") return std::unexpected(not_linked());
    if (!in) return std::unexpected(Failure(in.error()));
    Response response = signed_in(call, *in);
    response.headers.add("Set-Cookie", set_outside_cookie("", call.request.secure));
    return response;
}

Outcome<Response> come_back(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string code = fields.text("code", {.most = 4096});
    const std::string state = fields.text("state", {.most = 256});
    const auto issuer = fields.optional_text("iss", 1024);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const std::string browser = outside_cookie(call.request.headers.get("cookie"));
    const auto attempt = TRY(
        access::take_outside(call.desk.database, call.services.accounts, state, browser, call.request.peer));
    // RFC 9207: who answers is who was asked.
    const auto* provider = identity::find_provider(call.services.outside, attempt.provider);
    if (provider != nullptr && issuer && *issuer != provider->rules().issuer) {
        TRY_VOID(access::note_outside_refused(call.services.accounts, attempt.provider, "another issuer",
                                              call.request.peer));
        return std::unexpected(Failure(unauthorized, "outside_refused",
                                       {"回答的不是所请求的身份认证平台", "another provider answers"}));
    }
    return enter(call, attempt, code);
}

// --- links
// ----------------------------------------------------------------------------------------------------------

Outcome<Response> links_of(Call& call, access::UserId user) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    json::array items;
    for (const auto& subject : TRY(accounts.links(user))) {
        const auto provider = std::ranges::find_if(
            call.services.outside, [&](const auto& one) { return one->rules().issuer == subject.issuer; });
        items.push_back(json::object{
            {"provider", provider == call.services.outside.end() ? json::value(nullptr)
                                                                 : json::value((*provider)->rules().id)},
            {"issuer", subject.issuer},
            {"subject", subject.subject}});
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Outcome<Response> list_links(Call& call) {
    const auto account = found_account(call);
    if (!account) return std::unexpected(account.error());
    return links_of(call, account->id);
}

Outcome<Response> put_link(Call& call) {
    const auto account = account_to_change(call);
    if (!account) return std::unexpected(account.error());
    const auto provider = found_provider(call);
    if (!provider) return std::unexpected(provider.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string subject = fields.text("subject", {.most = 255});
    if (!(*provider)->rules().for_staff)
        fields.fault("subject", "not_for_staff",
                     {"这个平台不供工作人员使用", "this provider is not for staff"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    TRY_VOID(accounts.link({(*provider)->rules().issuer, subject}, account->id));
    call.looked(fmt::format("account.link {}: {}", account->name, (*provider)->rules().id));
    return links_of(call, account->id);
}

Outcome<Response> remove_link(Call& call) {
    const auto account = account_to_change(call);
    if (!account) return std::unexpected(account.error());
    const auto provider = found_provider(call);
    if (!provider) return std::unexpected(provider.error());
    access::Accounts accounts(call.desk.database, call.services.accounts);
    if (TRY(accounts.unlink(account->id, (*provider)->rules().issuer)) == 0)
        return std::unexpected(Failure(
            not_found, "no_such_link",
            {"这个账号没有关联这个平台的身份", "the account is linked to no identity of this provider"}));
    call.looked(fmt::format("account.unlink {}: {}", account->name, (*provider)->rules().id));
    return no_content();
}

Outcome<Response> invite(Call& call) {
    const auto account = account_to_change(call);
    if (!account) return std::unexpected(account.error());
    const auto invitation =
        TRY(access::invite(call.desk.database, call.services.accounts, account->id, call.who().user));
    call.looked("account.invite " + account->name);
    return json_answer(
        json::object{{"code", invitation.code}, {"expires_at", time_text(micros_of(invitation.expires_at))}},
        created);
}

}  // namespace

std::vector<Route> outside_routes() {
    constexpr std::string_view type = "application/json";
    constexpr std::uint64_t small = 8U << 10U;
    constexpr std::chrono::seconds slow{75};  // a provider's own limit is a minute at most
    return {
        {.method = "GET",
         .path = "/api/v1/session/outside",
         .operation = "listOutside",
         .handler = list,
         .who = Who::anyone},
        {.method = "POST",
         .path = "/api/v1/session/outside",
         .operation = "signInOutside",
         .handler = come_back,
         .who = Who::anyone,
         .secret = true,
         .request_type = type,
         .body_limit = small,
         .deadline = slow},
        {.method = "POST",
         .path = "/api/v1/session/outside/{provider}",
         .operation = "beginOutside",
         .handler = begin,
         .who = Who::anyone,
         .secret = true,
         .request_type = type,
         .body_limit = small,
         .deadline = slow},
        {.method = "GET",
         .path = "/api/v1/accounts/{name}/outside",
         .operation = "listOutsideLinks",
         .handler = list_links,
         .verb = Verb::administer,
         .thing = Thing::account},
        {.method = "PUT",
         .path = "/api/v1/accounts/{name}/outside/{provider}",
         .operation = "linkOutside",
         .handler = put_link,
         .verb = Verb::administer,
         .thing = Thing::account,
         .request_type = type,
         .body_limit = small},
        {.method = "DELETE",
         .path = "/api/v1/accounts/{name}/outside/{provider}",
         .operation = "unlinkOutside",
         .handler = remove_link,
         .verb = Verb::administer,
         .thing = Thing::account},
        {.method = "POST",
         .path = "/api/v1/accounts/{name}/invitations",
         .operation = "inviteAccount",
         .handler = invite,
         .verb = Verb::administer,
         .thing = Thing::account,
         .creates = true,
         .claims_key = true,
         .secret = true},
    };
}

}  // namespace doudi::http
