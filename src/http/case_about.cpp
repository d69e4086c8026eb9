// SPDX-License-Identifier: Apache-2.0
#include "http/case_about.h"

#include <vector>

#include "access/audit.h"
#include "http/account_reach.h"
#include "http/case_desk.h"
#include "http/case_json.h"
#include "registry/repository.h"

namespace doudi::http {

namespace json = boost::json;

using access::FieldClass;
using casework::repository::ListedCase;

Result<CaseAbout> CaseAbout::of(Call& call, const policy::Law& law, std::span<const ListedCase> cases) {
    CaseAbout about(call, law);
    // Citizens read their own cases: whom they are about they know.
    if (call.who().kind != access::SessionKind::citizen) TRY_VOID(about.read(cases));
    return about;
}

Result<void> CaseAbout::read(std::span<const ListedCase> cases) {
    auto& data = call_->desk.data;
    std::set<HouseholdId> ids;
    for (const ListedCase& one : cases) {
        const auto& head = one.row.head;
        if (head.household) ids.insert(*head.household);
        if (head.person && !persons_.contains(*head.person))
            persons_.emplace(*head.person, TRY(registry::read_member(data, data.current(), *head.person)));
    }
    const std::vector<HouseholdId> asked(ids.begin(), ids.end());
    for (auto& household : TRY(registry::read_households(data, data.current(), asked))) {
        const HouseholdId id = household.id;
        households_.emplace(id, std::move(household));
    }
    guarded_ = TRY(protected_now(data, call_->today()));
    return read_assigned(asked);
}

// Asked of those alone who work by what is assigned to them.
Result<void> CaseAbout::read_assigned(std::span<const HouseholdId> households) {
    bool by_assignment = false;
    for (const policy::Machine& machine : law_->procedures.machines) {
        const auto thing = thing_named(machine.thing);
        by_assignment |= thing && call_->scope(access::Verb::read, *thing).by_assignment();
    }
    if (!by_assignment) return {};
    for (const HouseholdId id : households)
        if (TRY(access::is_assigned(call_->desk.database, call_->who().user, id, call_->today())))
            assigned_.insert(id);
    return {};
}

Result<CaseAbout> CaseAbout::of_one(Call& call, const policy::Law& law, const ListedCase& one) {
    CaseAbout about = TRY(of(call, law, {&one, 1}));
    const auto* household = about.household_of(one);
    if (household == nullptr || one.row.head.person) return about;
    for (auto& member : TRY(registry::members_of(call.desk.data, call.desk.data.current(), household->id)))
        if (member.name == household->head_name && !about.head_) about.head_ = std::move(member);
    return about;
}

const registry::Household* CaseAbout::household_of(const ListedCase& one) const {
    if (!one.row.head.household) return nullptr;
    const auto found = households_.find(*one.row.head.household);
    return found == households_.end() ? nullptr : &found->second;
}

const registry::Member* CaseAbout::person_of(const ListedCase& one) const {
    if (!one.row.head.person) return nullptr;
    const auto found = persons_.find(*one.row.head.person);
    return found == persons_.end() ? nullptr : &found->second;
}

// By the right that reads cases of this machine; none: the law of today has no such machine.
std::optional<Shower> CaseAbout::shower_of(const ListedCase& one) const {
    const policy::Machine* machine = law_->procedures.machine(one.row.head.machine);
    const auto thing = machine == nullptr ? std::nullopt : thing_named(machine->thing);
    if (!thing) return std::nullopt;
    return Shower(*call_, *thing);
}

// A case is read by its office or by that which opened it.
access::ScopedRow CaseAbout::row_of(const ListedCase& one) const {
    const auto& head = one.row.head;
    return {.household = head.household,
            .person = head.person,
            .unit = reaches(*call_, head.unit) ? head.unit : head.origin,
            .department = head.department,
            .assigned = head.household && assigned_.contains(*head.household)};
}

// Where somebody lives under protection, address and phone are withheld.
bool CaseAbout::is_guarded(const ListedCase& one) const {
    const auto& head = one.row.head;
    return (head.household && guarded_.households.contains(*head.household)) ||
           (head.person && guarded_.persons.contains(*head.person));
}

json::value CaseAbout::name(const ListedCase& one) const {
    const auto shower = shower_of(one);
    if (!shower) return nullptr;
    if (const auto* person = person_of(one)) return shower->text(FieldClass::name, row_of(one), person->name);
    const auto* household = household_of(one);
    return household == nullptr ? json::value(nullptr)
                                : shower->text(FieldClass::name, row_of(one), household->head_name);
}

json::value CaseAbout::whole(const ListedCase& one) const {
    const auto shower = shower_of(one);
    const auto* household = household_of(one);
    if (!shower || household == nullptr) return nullptr;
    const auto row = row_of(one);
    json::object body{
        {"name", name(one)}, {"identity_number", nullptr}, {"phone", nullptr}, {"address", nullptr}};
    const bool shows_where = !is_guarded(one) || shower->is_whole(FieldClass::shelter, row);
    if (shows_where) body["address"] = shower->text(FieldClass::address, row, household->address);
    const auto* person = head_ ? &*head_ : person_of(one);
    if (person != nullptr) {
        body["identity_number"] = shower->number(*person, row);
        if (shows_where) body["phone"] = shower->text(FieldClass::phone, row, person->phone);
    }
    return body;
}

Result<json::object> case_about_json(Call& call, const casework::CaseView& view, const ListedCase& found) {
    json::object body = TRY(case_json(call, view, found.household));
    body["about"] = TRY(CaseAbout::of_one(call, view.pack->law, found)).whole(found);
    return body;
}

}  // namespace doudi::http
