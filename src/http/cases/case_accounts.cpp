// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_accounts.h"

#include <algorithm>
#include <utility>

#include "access/case_reveal.h"
#include "casework/payments/accounts.h"
#include "casework/payments/accounts_repository.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_subject.h"
#include "http/people/flags.h"
#include "http/register/reach.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

// The field by which a step told one; empty: it told none, or it was forgotten.
std::string account_field(const casework::CaseView& view, const casework::CaseEvent& event) {
    for (const auto& [id, values] : event.fields) {
        const policy::FieldRule* field = view.pack->law.procedures.field(id);
        if (field != nullptr && field->account && !values.empty()) return id;
    }
    return {};
}

// Whether the payment goes into what that step told: it may wait for another person, or have been admitted by
// none, or be the account of before.
std::string_view standing_of(const casework::CaseView& view, const std::string& field, int event) {
    const auto& procedures = view.pack->law.procedures;
    const policy::Machine* machine = procedures.machine(view.head.machine);
    const policy::FieldRule* rule = procedures.field(field);
    if (machine == nullptr || rule == nullptr) return "past";
    const casework::Accounts all = casework::accounts_of(*rule, *machine, view.events);
    if (all.in_force && all.in_force->event == event) return "in_force";
    return all.proposed && all.proposed->event == event ? "proposed" : "past";
}

access::Scope revealing(const Call& call) {
    return access::Scope::of(call.services.roles, *call.units, call.who(), Verb::reveal, Thing::person,
                             call.today(), FieldClass::account);
}

// Whose account it is, for the log: the person of the case, else everybody of its household.
Result<std::vector<PersonId>> persons_of(Call& call, const casework::CaseHead& head) {
    if (head.person) return std::vector{*head.person};
    auto& data = call.desk.data;
    std::vector<PersonId> persons;
    for (const auto& member : TRY(registry::members_of(data, data.current(), *head.household)))
        persons.push_back(member.id);
    return persons;
}

}  // namespace

Result<json::array> accounts_json(Call& call, const casework::CaseView& view,
                                  const std::function<bool(const casework::CaseEvent&)>& sees) {
    json::array all;
    if (!view.head.household) return all;
    const access::ScopedRow row = TRY(row_of_household(call, revealing(call), *view.head.household));
    const Shower shower(call, Thing::person, TRY(reveals_for_case(call, view.head.id)));
    auto desk = case_desk(call);
    for (const auto& event : view.events) {
        const std::string field = account_field(view, event);
        if (field.empty() || !sees(event)) continue;
        std::optional<std::string> number;
        if (shower.shown(FieldClass::account, row) == access::Shown::whole)  // the look says so too
            number = TRY(casework::repository::select_account(desk.shelf, view.head, event.number));
        all.push_back(json::object{{"event", event.number},
                                   {"field", field},
                                   {"standing", standing_of(view, field, event.number)},
                                   {"shown", number.value_or(casework::first_of(event.fields, field))},
                                   {"whole", number.has_value()},
                                   {"revealable", revealing(call).covers(row)}});
    }
    return all;
}

Outcome<Response> reveal_accounts(Call& call, const casework::CaseView& view, const std::string& reason) {
    constexpr int created = 201;
    constexpr int conflict = 409;
    TRY_VOID(call.services.roles.require(call.who(), Verb::reveal, Thing::person));
    const bool tells_one = std::ranges::any_of(
        view.events, [&](const casework::CaseEvent& event) { return !account_field(view, event).empty(); });
    if (!tells_one || !view.head.household)
        return std::unexpected(Failure(conflict, "no_account",
                                       {"此件没有登记收款账号", "no step of this case tells an account"}));
    const std::string id = std::to_string(view.head.id.value());
    call.session->why.case_ref = id;
    const access::RevealRequest request{.household = *view.head.household,
                                        .persons = TRY(persons_of(call, view.head)),
                                        .field = FieldClass::account,
                                        .reason = reason,
                                        .flag = TRY(flag_of(call, *view.head.household))};
    const access::RevealingCase of_case{
        Thing::person, TRY(row_of_household(call, revealing(call), *view.head.household)), id};
    const auto given =
        TRY(access::reveal_of_case(call.desk.database, call.services.audit, call.services.roles, *call.units,
                                   call.services.rules, call.services.clock, call.who(), request, of_case));
    return json_answer(
        json::object{{"field", "account"}, {"expires_at", time_text(micros_of(given.expires_at))}}, created);
}

}  // namespace doudi::http
