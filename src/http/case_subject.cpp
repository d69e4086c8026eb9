// SPDX-License-Identifier: Apache-2.0
#include "http/case_subject.h"

#include <algorithm>
#include <set>
#include <vector>

#include "http/case_desk.h"
#include "http/reach.h"
#include "http/repository.h"
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

}  // namespace

Result<json::value> subject_json(Call& call, const casework::CaseView& view) {
    const auto thing = thing_named(view.machine->thing);
    if (!thing || !view.head.household) return json::value(nullptr);
    auto& data = call.desk.data;
    const auto household = TRY(registry::read_household(data, data.current(), *view.head.household));
    // Who reaches the household has its own page.
    if (TRY(find_household(data, call.scope(Verb::read, Thing::household), household.code)))
        return json::value(nullptr);
    const auto members = TRY(registry::members_of(data, data.current(), household.id));
    const registry::Member* person = person_of(view, household, members);
    const auto guarded = TRY(protected_members(data, household.id, call.today()));
    const auto row = TRY(row_of(call, view, *thing));
    const Shower shower(call, *thing);
    json::object subject{
        {"name", shower.text(FieldClass::name, row, person == nullptr ? household.head_name : person->name)},
        {"identity_number", nullptr},
        {"phone", nullptr},
        {"address", nullptr}};
    // Where somebody lives under protection, and by which number they are reached, is withheld.
    if (guarded.empty()) subject["address"] = shower.text(FieldClass::address, row, household.address);
    if (person != nullptr) {
        subject["identity_number"] = shower.number(*person, row);
        if (!guarded.contains(person->id))
            subject["phone"] = shower.text(FieldClass::phone, row, person->phone);
        if (call.look) call.look->persons.push_back(person->id);
    }
    return json::value(std::move(subject));
}

}  // namespace doudi::http
