// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_subject.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "access/case_reveal.h"
#include "casework/moves/moves.h"
#include "http/cases/case_accounts.h"
#include "http/cases/case_desk.h"
#include "http/register/reach.h"
#include "http/register/repository.h"
#include "http/request/reason.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

// The person of the case; where it is about a household, its head.
const registry::Member* person_of(const casework::CaseView& view, const registry::Household& household,
                                  const std::vector<registry::Member>& members) {
    const auto found = std::ranges::find_if(members, [&](const registry::Member& member) {
        return view.head.person ? member.id == *view.head.person : member.name == household.head_name;
    });
    return found == members.end() ? nullptr : &*found;
}

Result<access::ScopedRow> row_of(const Call& call, const casework::CaseView& view, Thing thing) {
    access::ScopedRow row{.household = view.head.household,
                          .person = view.head.person,
                          .unit = view.head.unit,
                          .department = view.head.department};
    if (call.scope(Verb::read, thing).by_assignment())
        row.assigned =
            TRY(access::is_assigned(call.desk.database, call.who().user, *view.head.household, call.today()));
    return row;
}

// The number and the phone: what a department needs to find somebody. What a case tells no one can show.
constexpr std::array<std::pair<std::string_view, FieldClass>, 2> fields_to_reveal{
    {{"identity_number", FieldClass::identity_number}, {"phone", FieldClass::phone}}};

struct Subject {
    registry::Household household;
    std::vector<registry::Member> members;
    const registry::Member* person = nullptr;  // one of `members`; null: none is meant
    access::ScopedRow row;
};

Result<Subject> subject_of(Call& call, const casework::CaseView& view, Thing thing) {
    auto& data = call.desk.data;
    Subject subject{.household = TRY(registry::read_household(data, data.current(), *view.head.household))};
    subject.members = TRY(registry::members_of(data, data.current(), subject.household.id));
    subject.person = person_of(view, subject.household, subject.members);
    subject.row = TRY(row_of(call, view, thing));
    return subject;
}

// It waits for a step of this reader's: what was answered, returned or closed is somebody else's by then.
bool is_at_hand(Call& call, const casework::CaseView& view) {
    return !casework::open_moves(view.question(call.today()), actor_of(call)).empty();
}

json::array revealable_json(Call& call, Thing thing, const access::ScopedRow& row) {
    json::array fields;
    for (const auto& [name, field] : fields_to_reveal) {
        const auto scope = access::Scope::of(call.services.roles, *call.units, call.who(), Verb::reveal,
                                             thing, call.today(), field);
        if (scope.covers(row)) fields.emplace_back(name);
    }
    return fields;
}

// Who reaches the household has its own page.
Result<bool> tells_subject(Call& call, const casework::CaseView& view) {
    if (!view.head.household) return false;
    auto& data = call.desk.data;
    const auto household = TRY(registry::read_household(data, data.current(), *view.head.household));
    return !TRY(find_household(data, call.scope(Verb::read, Thing::household), household.code));
}

Failure not_at_hand() {
    constexpr int conflict = 409;
    return {conflict,
            "case_not_at_hand",
            {"此件现不在您手上办理，不能查看完整信息",
             "this case waits for no step of yours: nothing is shown whole"}};
}

}  // namespace

Result<std::vector<access::Reveal>> reveals_for_case(Call& call, casework::CaseId of) {
    access::Session session = call.who();
    session.why.case_ref = std::to_string(of.value());
    return access::reveals_of(call.desk.database, session, call.services.clock.now());
}

Result<json::value> subject_json(Call& call, const casework::CaseView& view) {
    const auto thing = thing_named(view.machine->thing);
    if (!thing || !TRY(tells_subject(call, view))) return json::value(nullptr);
    const Subject of = TRY(subject_of(call, view, *thing));
    const auto guarded = TRY(protected_members(call.desk.data, of.household.id, call.today()));
    const bool at_hand = is_at_hand(call, view);
    const Shower shower(call, *thing,
                        at_hand ? TRY(reveals_for_case(call, view.head.id)) : std::vector<access::Reveal>());
    json::object subject{
        {"name", shower.text(FieldClass::name, of.row,
                             of.person == nullptr ? of.household.head_name : of.person->name)},
        {"identity_number", nullptr},
        {"phone", nullptr},
        {"address", nullptr},
        {"revealable", json::array()}};
    // Where somebody lives under protection, and by which number they are reached, is withheld.
    if (guarded.empty()) subject["address"] = shower.text(FieldClass::address, of.row, of.household.address);
    if (of.person != nullptr) {
        subject["identity_number"] = shower.number(*of.person, of.row);
        if (!guarded.contains(of.person->id))
            subject["phone"] = shower.text(FieldClass::phone, of.row, of.person->phone);
        if (at_hand) subject["revealable"] = revealable_json(call, *thing, of.row);
        if (call.look) call.look->persons.push_back(of.person->id);
    }
    return json::value(std::move(subject));
}

Outcome<Response> reveal_subject(Call& call) {
    constexpr int created = 201;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string name = fields.word("field", {"identity_number", "phone", "account"});
    const std::string reason = fields.prose("reason", {.most = longest_reason});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    // Nothing is shown of a household that the case was tied to beyond the asker's reach.
    if (found->is_beyond) return std::unexpected(not_at_hand());
    const auto view = TRY(casework::read_case(desk, found->row.head.id, call.today()));
    if (name == "account") return reveal_accounts(call, view, reason);
    const auto thing = thing_named(view.machine->thing);
    TRY_VOID(call.services.roles.require(call.who(), Verb::reveal, thing.value_or(Thing::person)));
    if (!thing || !TRY(tells_subject(call, view)) || !is_at_hand(call, view))
        return std::unexpected(not_at_hand());
    const Subject of = TRY(subject_of(call, view, *thing));
    if (of.person == nullptr) return std::unexpected(not_at_hand());
    // An office handed the case to this department: the look needs no mark.
    access::RevealRequest request{
        .household = of.household.id, .persons = {of.person->id}, .reason = reason, .flag = std::string()};
    request.field =
        std::ranges::find(fields_to_reveal, name, &std::pair<std::string_view, FieldClass>::first)->second;
    const access::RevealingCase of_case{*thing, of.row, std::to_string(view.head.id.value())};
    const auto given =
        TRY(access::reveal_of_case(call.desk.database, call.services.audit, call.services.roles, *call.units,
                                   call.services.rules, call.services.clock, call.who(), request, of_case));
    return json_answer(json::object{{"field", name}, {"expires_at", time_text(micros_of(given.expires_at))}},
                       created);
}

}  // namespace doudi::http
