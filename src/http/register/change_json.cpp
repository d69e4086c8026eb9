// SPDX-License-Identifier: Apache-2.0
#include "http/register/change_json.h"

#include <algorithm>

#include "http/lists/due_left.h"
#include "http/register/household_warnings.h"
#include "http/register/people_names.h"
#include "http/register/register_shown.h"
#include "http/register/repository.h"
#include "registry/repository.h"

namespace doudi::http {

namespace json = boost::json;
using upkeep::Case;

Result<Reached> reached(Call& call, const Case& change, const access::Scope& scope) {
    Reached all;
    const Protected guarded = TRY(protected_now(call.desk.data, call.today()));
    const auto is_among = [](const auto& set) { return [&set](auto id) { return set.contains(id); }; };
    all.guarded = std::ranges::any_of(change.persons, is_among(guarded.persons)) ||
                  std::ranges::any_of(change.households, is_among(guarded.households));
    for (const HouseholdId id : change.households) {
        const access::ScopedRow row = TRY(row_of_household(call, scope, id));
        const bool receives = change.to_unit != access::UnitId() && scope.covers({.unit = change.to_unit});
        if (!scope.covers(row) && !receives) continue;
        if (scope.covers(row) && all.row.household == std::nullopt) all.row = row;
        all.ids.push_back(id);
        all.codes.push_back(TRY(registry::read_household(call.desk.data, call.desk.data.current(), id)).code);
    }
    return all;
}

namespace {

// Null of everything but a question about a member whose household is in reach.
Result<json::value> asked_about(Call& call, const Case& change, const Reached& of) {
    const auto* kind = call.services.changes.find(change.kind);
    const bool of_member = kind != nullptr && kind->is_question() && kind->about == upkeep::Subject::person;
    if (!of_member || change.persons.empty() || of.row.household == std::nullopt) return json::value(nullptr);
    const auto member =
        TRY(registry::read_member(call.desk.data, call.desk.data.current(), change.persons.front()));
    access::ScopedRow row = of.row;
    row.person = member.id;
    return json::value(
        json::object{{"id", std::to_string(member.id.value())},
                     {"name", RegisterValues(call).shown("name", member.name, row, of.guarded)},
                     {"relation", member.relation}});
}

}  // namespace

Result<json::object> case_json(Call& call, const Case& change, const Reached& of) {
    const auto* kind = call.services.changes.find(change.kind);
    json::object body{{"id", std::to_string(change.id.value())},
                      {"kind", change.kind},
                      {"title", kind == nullptr ? words({change.kind, change.kind}) : words(kind->title)},
                      {"effective_on", change.effective_on.iso()},
                      {"source", change.source},
                      {"state", name_of(change.state())},
                      {"in_force", change.in_force.has_value() && change.effective_on <= call.today()},
                      {"households", text_array(of.codes)},
                      {"asked_about", TRY(asked_about(call, change, of))},
                      {"to_unit", nullptr},
                      {"follows", number_or_null(change.follows.value())},
                      {"taken_back_by", number_or_null(change.taken_back_by.value())},
                      {"proposal", number_or_null(change.proposal.value())},
                      {"proposed_by", change.steps.front().name},
                      {"proposed_by_name", PeopleNames(call).told(change.steps.front().name)},
                      {"proposed_at", time_text(micros_of(change.steps.front().at))}};
    if (const auto* unit = call.units->find(change.to_unit)) body["to_unit"] = unit->code;
    return body;
}

namespace {

// A value that is an id of a household is told as its number, where that is reached.
Result<std::string> told(Call& call, const upkeep::Change& change, const std::string& value,
                         const Reached& of) {
    if ((change.field != "household" && change.field != "successor") || value.empty() || value.front() == '-')
        return value;
    const HouseholdId id(static_cast<std::uint32_t>(std::stoul(value)));
    if (std::ranges::find(of.ids, id) == of.ids.end()) return std::string("***");
    return TRY(registry::read_household(call.desk.data, call.desk.data.current(), id)).code;
}

}  // namespace

Result<json::array> changes_json(Call& call, const Case& change, const Reached& of) {
    const RegisterValues values(call);
    json::array changes;
    for (const upkeep::Change& one : change.changes) {
        const bool household = one.subject == upkeep::Subject::household;
        access::ScopedRow row = of.row;
        if (!household && one.subject_id > 0)
            row.person = PersonId(static_cast<std::uint32_t>(one.subject_id));
        json::object body{
            {"of", household ? "household" : "person"},
            {"is_new", one.subject_id < 0},
            {"id", nullptr},
            {"field", one.field},
            {"before", values.shown(one.field, TRY(told(call, one, one.before, of)), row, of.guarded)},
            {"after", values.shown(one.field, TRY(told(call, one, one.after, of)), row, of.guarded)}};
        const auto at = household ? std::ranges::find(of.ids, HouseholdId(static_cast<std::uint32_t>(
                                                                  std::max<std::int64_t>(one.subject_id, 0))))
                                  : of.ids.end();
        if (at != of.ids.end()) body["id"] = of.codes[static_cast<std::size_t>(at - of.ids.begin())];
        if (!household && one.subject_id > 0) body["id"] = std::to_string(one.subject_id);
        changes.push_back(std::move(body));
    }
    return changes;
}

json::array steps_json(Call& call, const Case& change, const Reached& of) {
    const RegisterValues values(call);
    PeopleNames people(call);
    json::array steps;
    for (const upkeep::Step& one : change.steps) {
        steps.push_back(json::object{
            {"state", name_of(one.state)},
            {"name", one.name},
            {"full_name", people.told(one.name)},
            {"at", time_text(micros_of(one.at))},
            {"reason", values.words(one.reason, of.row, of.guarded)},
            {"warnings", one.warnings == upkeep::WarningsGo::unsaid ? json::value(nullptr)
                                                                    : json::value(name_of(one.warnings))}});
    }
    return steps;
}

namespace {

// Null where it is out of reach, or opened by the case.
json::value reached_code(const Reached& of, HouseholdId household) {
    const auto at = std::ranges::find(of.ids, household);
    if (at == of.ids.end()) return nullptr;
    return json::value(of.codes[static_cast<std::size_t>(at - of.ids.begin())]);
}

}  // namespace

Result<json::array> warnings_json(Call& call, const Case& change, const Reached& of) {
    json::array warnings;
    const auto scope = call.scope(access::Verb::read, access::Thing::warning);
    for (const WarningAtStake& one : TRY(warnings_at_stake(call.desk.data, change))) {
        if (!scope.covers(TRY(row_of_household(call, scope, one.household)))) continue;
        json::object body{{"household", reached_code(of, one.household)},
                          {"level", one.warning.level},
                          {"issued_on", one.warning.issued_on.iso()},
                          {"due_on", nullptr},
                          {"due_provisional", is_provisional(call, one.warning.due_on)},
                          {"working_days_left", working_days_left(call, one.warning.due_on)},
                          {"may_carry", one.has_heir},
                          {"heir", reached_code(of, one.heir)},
                          {"heir_has_one", one.heir_has_one}};
        if (one.warning.due_on) body["due_on"] = one.warning.due_on->iso();
        warnings.push_back(std::move(body));
    }
    return warnings;
}

}  // namespace doudi::http
