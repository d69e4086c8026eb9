// SPDX-License-Identifier: Apache-2.0
// What a citizen signed about their own means, or for another: read, signed at a screen, revoked. An adult's
// papers are nobody else's to see or to revoke, also at home.
#include <fmt/format.h>

#include <algorithm>

#include "access/authorisations.h"
#include "http/register/own_household.h"
#include "http/register/reach.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

// Stands where an office writes the shelf mark of a form that was signed by hand.
constexpr std::string_view signed_at_a_screen = "online";

struct Myself {
    PlacedHousehold household;
    PersonId person;
    std::optional<Date> born_on;
};

// Whoever is on no register any more has nothing to sign for.
Outcome<Myself> myself(Call& call) {
    auto placed = own_household(call);
    if (!placed) return std::unexpected(std::move(placed).error());
    if (*placed) {
        const PersonId person = *call.who().person;
        const auto members = members_in(call, **placed);
        if (!members) return std::unexpected(members.error());
        const auto me = std::ranges::find(*members, person, &registry::Member::id);
        if (me != members->end()) {
            return Myself{std::move(**placed), person,
                          me->id_number ? std::optional(me->id_number->birth_date()) : std::nullopt};
        }
    }
    return std::unexpected(Failure(409, "not_registered",
                                   {"您目前不在低收入人口台账中，无需在此授权；申请救助时可在窗口签署",
                                    "you are on no register now: nothing is to be signed here; "
                                    "at an application it is signed at the window"}));
}

json::object paper_json(const access::Authorisation& paper, PersonId me, Date today) {
    return {{"id", std::to_string(paper.id)},
            {"of", paper.person == me ? "me" : "another"},
            {"signed_as", access::name_of(paper.signed_as)},
            {"by_me", paper.signer == me},
            {"scope", paper.scope},
            {"online", paper.paper == signed_at_a_screen},
            {"signed_on", paper.signed_on.iso()},
            {"from", paper.from.iso()},
            {"until", paper.until.iso()},
            {"revoked_on", day_or_null(paper.revoked_on)},
            {"revocable", access::may_revoke(paper, me, today)}};
}

Outcome<Response> list(Call& call) {
    auto me = myself(call);
    if (!me) return std::unexpected(std::move(me).error());
    const Date today = call.today();
    const auto papers = TRY(access::own_authorisations(call.desk.database, me->person));
    std::vector<access::Authorisation> about_me;
    std::ranges::copy_if(papers, std::back_inserter(about_me),
                         [&](const auto& paper) { return paper.person == me->person; });
    const access::HouseholdPerson person{me->person, me->born_on};
    const auto state = access::signing_states(access::AuthorisationBook(about_me), call.services.rules,
                                              std::span(&person, 1), access::whole_check, today)
                           .front();
    json::array items;
    for (const auto& paper : papers) items.push_back(paper_json(paper, me->person, today));
    auto& look = call.looked("my.authorisations");
    look.households.push_back(me->household.id);
    look.persons.push_back(me->person);
    return json_answer(json::object{
        {"day", today.iso()},
        {"signs_as", state.signs_as ? json::value(access::name_of(*state.signs_as)) : json::value(nullptr)},
        {"answer", access::name_of(state.answer)},
        {"said", words(access::describe(state.answer))},
        {"until_at_most", today.plus_months(call.services.rules.authorisation_longest_months).iso()},
        {"basis", words(call.services.rules.authorisation_basis)},
        {"items", std::move(items)}});
}

Outcome<access::Authorisation> asked(Call& call, const Myself& me) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    access::Authorisation paper;
    paper.person = me.person;
    paper.signer = me.person;
    paper.scope = access::whole_check;
    paper.signed_on = call.today();
    paper.from = paper.signed_on;
    paper.until = fields.date("until");
    paper.paper = signed_at_a_screen;
    if (!fields.flag("agrees", false) && faults.empty())
        fields.fault("agrees", "not_agreed", {"须勾选同意", "must be agreed to"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return paper;
}

Outcome<Response> sign(Call& call) {
    auto me = myself(call);
    if (!me) return std::unexpected(std::move(me).error());
    auto paper = asked(call, *me);
    if (!paper) return std::unexpected(std::move(paper).error());
    paper->id =
        TRY(access::record_authorisation(call.desk.database, call.desk.data.seal(), call.services.rules,
                                         call.who(), call.services.clock, *paper, {.on = me->born_on}));
    auto& look = call.looked(fmt::format("my.authorisation {} signed", paper->id));
    look.households.push_back(me->household.id);
    look.persons.push_back(me->person);
    return json_answer(paper_json(*paper, me->person, call.today()), 201);
}

Outcome<Response> revoke(Call& call) {
    auto me = myself(call);
    if (!me) return std::unexpected(std::move(me).error());
    const Date today = call.today();
    auto papers = TRY(access::own_authorisations(call.desk.database, me->person));
    const auto paper = std::ranges::find_if(
        papers, [&](const auto& one) { return std::to_string(one.id) == call.parameter("id"); });
    if (paper == papers.end())
        return std::unexpected(
            Failure(404, "authorisation_unknown", {"没有您的这份授权书", "there is no such paper of yours"}));
    if (!access::may_revoke(*paper, me->person, today))
        return std::unexpected(
            Failure(409, "authorisation_not_revocable",
                    {"这份授权书已经失效，或者须由签署人撤销",
                     "this paper covers nothing any more, or it is for its signer to revoke"}));
    TRY_VOID(access::revoke_authorisation(call.desk.database, paper->id, today));
    paper->revoked_on = today;
    auto& look = call.looked(fmt::format("my.authorisation {} revoked", paper->id));
    look.households.push_back(me->household.id);
    look.persons.push_back(paper->person);
    return json_answer(paper_json(*paper, me->person, today));
}

}  // namespace

std::vector<Route> my_authorisation_routes() {
    Route read{.method = "GET",
               .path = "/api/v1/my/authorisations",
               .operation = "listMyAuthorisations",
               .handler = list,
               .thing = Thing::authorisation};
    Route signs{.method = "POST",
                .path = "/api/v1/my/authorisations",
                .operation = "signMyAuthorisation",
                .handler = sign,
                .verb = Verb::create,
                .thing = Thing::authorisation,
                .creates = true,
                .claims_key = true,
                .request_type = "application/json"};
    Route revokes{.method = "POST",
                  .path = "/api/v1/my/authorisations/{id}/revocation",
                  .operation = "revokeMyAuthorisation",
                  .handler = revoke,
                  .verb = Verb::create,
                  .thing = Thing::authorisation};
    return {read, signs, revokes};
}

}  // namespace doudi::http
