// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_values.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "casework/kept/kept_numbers.h"
#include "http/register/reach.h"

namespace doudi::http {
namespace {

using Type = policy::FieldRule::Type;

std::uint32_t number_of(const std::string& text) {
    std::uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool is_user(Type type) {
    return type == Type::user || type == Type::users;
}

bool is_person(Type type) {
    return type == Type::person || type == Type::people;
}

void fault_of(const policy::FieldRule& field, BodyFields& faults) {
    const std::string at = fmt::format("fields/{}", field.id);
    if (is_user(field.type)) {
        faults.fault(at, "no_such_account", {"没有这个账号", "there is no such account"});
    } else if (is_person(field.type)) {
        faults.fault(at, "no_such_member", {"不是这一户的成员", "is no member of the household"});
    } else {
        faults.fault(at, "no_such_unit", {"没有这个单位", "there is no such unit"});
    }
}

// Empty: of no household, or nobody is in it.
Outcome<std::set<std::string>> members_of(Call& call, std::optional<HouseholdId> household) {
    std::set<std::string> ids;
    if (!household) return ids;
    PlacedHousehold placed;
    placed.id = *household;
    const auto members = TRY(members_in(call, placed));
    for (const registry::Member& member : members) ids.insert(std::to_string(member.id.value()));
    return ids;
}

}  // namespace

Outcome<void> keep_by_number(Call& call, const policy::Procedures& procedures,
                             std::optional<HouseholdId> household, casework::Fields& told,
                             BodyFields& faults) {
    for (auto& [id, values] : told) {
        const policy::FieldRule* field = procedures.field(id);
        if (field == nullptr) continue;
        if (is_person(field->type)) {
            const auto members = TRY(members_of(call, household));
            for (const std::string& value : values)
                if (!members.contains(value)) fault_of(*field, faults);
            continue;
        }
        if (!casework::is_kept_by_number(field->type)) continue;
        for (std::string& value : values) {
            std::string number = casework::number_kept(*call.units, call.desk.database, field->type, value);
            if (number.empty()) fault_of(*field, faults);
            value = std::move(number);
        }
    }
    return {};
}

std::vector<std::string> CaseValues::of(const policy::FieldRule* field,
                                        const std::vector<std::string>& kept) {
    std::vector<std::string> shown;
    for (const std::string& value : kept) {
        if (field != nullptr && field->type == Type::unit) {
            const access::Unit* unit = call_.units->find(access::UnitId(number_of(value)));
            shown.push_back(unit == nullptr ? value : unit->code);
        } else if (field != nullptr && is_user(field->type)) {
            const access::UserId id(number_of(value));
            const std::string name = people_.login(id);
            if (!name.empty()) named_.emplace(name, people_.full(id));
            shown.push_back(name.empty() ? value : name);
        } else {
            shown.push_back(value);
        }
    }
    return shown;
}

}  // namespace doudi::http
