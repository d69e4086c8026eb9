// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_names.h"

#include <utility>
#include <vector>

#include "access/audit.h"
#include "http/cases/case_desk.h"
#include "http/people/account_reach.h"
#include "http/register/reach.h"
#include "registry/repository.h"

namespace doudi::http {

namespace json = boost::json;

using access::FieldClass;
using casework::repository::ListedCase;

Result<CaseNames> CaseNames::of(Call& call, const policy::Law& law, std::span<const ListedCase> cases) {
    CaseNames names(call, law);
    // Citizens read their own cases: whom they are about they know.
    if (call.who().kind != access::SessionKind::citizen) TRY_VOID(names.read(cases));
    return names;
}

Result<void> CaseNames::read(std::span<const ListedCase> cases) {
    auto& data = call_->desk.data;
    std::set<HouseholdId> ids;
    for (const ListedCase& one : cases) {
        if (one.is_beyond) continue;
        const auto& head = one.row.head;
        if (head.household) ids.insert(*head.household);
        if (head.person && !persons_.contains(*head.person))
            persons_.emplace(*head.person,
                             TRY(registry::read_member(data, data.current(), *head.person)).name);
    }
    const std::vector<HouseholdId> asked(ids.begin(), ids.end());
    for (auto& household : TRY(registry::read_households(data, data.current(), asked)))
        households_.emplace(household.id,
                            Household{std::move(household.head_name), std::move(household.category)});
    return read_assigned(asked);
}

// Asked of those alone who work by what is assigned to them.
Result<void> CaseNames::read_assigned(std::span<const HouseholdId> households) {
    bool by_assignment = false;
    for (const policy::Machine& machine : law_->procedures.machines) {
        const auto thing = thing_named(machine.thing);
        by_assignment = by_assignment || (thing && call_->scope(access::Verb::read, *thing).by_assignment());
    }
    if (!by_assignment) return {};
    for (const HouseholdId id : households)
        if (TRY(access::is_assigned(call_->desk.database, call_->who().user, id, call_->today())))
            assigned_.insert(id);
    return {};
}

// A case is read by its office or by that which opened it; from a village, of its own households, while it
// has a step to make there.
access::ScopedRow CaseNames::row_of(const casework::CaseHead& head) const {
    access::UnitId unit = reaches(*call_, head.unit) ? head.unit : head.origin;
    const access::Unit* own = call_->units->find(call_->who().unit);
    const bool is_village = own != nullptr && own->kind == access::UnitKind::village;
    if (is_village && !reaches(*call_, unit)) unit = own->id;
    return {.household = head.household,
            .person = head.person,
            .unit = unit,
            .department = head.department,
            .assigned = head.household && assigned_.contains(*head.household)};
}

json::value CaseNames::name(const ListedCase& one) const {
    const auto& head = one.row.head;
    const policy::Machine* machine = law_->procedures.machine(head.machine);
    const auto thing = machine == nullptr ? std::nullopt : thing_named(machine->thing);
    // Of a household beyond the reader's reach; or the law of today has no such machine.
    if (one.is_beyond || !thing) return nullptr;
    const Shower shower(*call_, *thing);
    if (const auto person = head.person ? persons_.find(*head.person) : persons_.end();
        person != persons_.end())
        return shower.text(FieldClass::name, row_of(head), person->second);
    const auto household = head.household ? households_.find(*head.household) : households_.end();
    if (household == households_.end()) return nullptr;
    return shower.text(FieldClass::name, row_of(head), household->second.head);
}

json::value CaseNames::category(const ListedCase& one) const {
    const auto& id = one.row.head.household;
    const auto household = id && !one.is_beyond ? households_.find(*id) : households_.end();
    if (household == households_.end() || household->second.category.empty()) return nullptr;
    return json::value(household->second.category);
}

}  // namespace doudi::http
