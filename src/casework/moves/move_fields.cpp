// SPDX-License-Identifier: Apache-2.0
// Which fields a move is told, and whether what they and the case say allows it.
#include <fmt/format.h>

#include "base/said.h"
#include "base/text_fold.h"
#include "base/utf8.h"
#include "casework/moves/move_check.h"
#include "casework/routing.h"

namespace doudi::casework {

namespace {

using policy::FieldIs;
using policy::FieldRule;

void fault_missing(MoveCheck& check, const std::string& id) {
    const Text title = check.title_of(id);
    check.add(id, "field_missing",
              {fmt::format("缺少“{}”", title.zh), fmt::format("'{}' is missing", title.en)});
}

void check_field(MoveCheck& check, const std::string& id, const std::vector<std::string>& values, Date on) {
    const FieldRule* rule = check.question.law.procedures.field(id);
    if (rule != nullptr && check.move.tells(id)) {
        check_values(check, *rule, values, on);
        return;
    }
    check.add(id, "field_unknown",
              {fmt::format("“{}”不填“{}”", check.move.title.zh, id),
               fmt::format("'{}' does not take '{}'", check.move.title.en, id)});
}

void check_condition(MoveCheck& check, const FieldIs& is, const Fields& told, bool wanted) {
    if (holds(is, told, check.question.state.fields) == wanted) return;
    const Text title = check.title_of(is.field);
    check.add(is.field, "move_condition",
              {fmt::format("“{}”的现值不允许“{}”", title.zh, check.move.title.zh),
               fmt::format("'{}' does not allow '{}' as it stands", title.en, check.move.title.en)});
}

}  // namespace

bool holds(const FieldIs& is, const Fields& told, const Fields& earlier) {
    std::string_view value = first_value(told, is.field);
    if (value.empty()) value = first_value(earlier, is.field);
    return names(is.words, value);
}

MoveRequest as_written(const policy::Law& law, MoveRequest request) {
    using Type = FieldRule::Type;
    for (auto& [id, values] : request.fields) {
        const FieldRule* rule = law.procedures.field(id);
        if (rule == nullptr || (rule->type != Type::text && rule->type != Type::texts)) continue;
        for (std::string& value : values)
            value = says_something(value) || !is_valid_utf8(value) ? std::string(trim(value)) : std::string();
        if (rule->type == Type::texts) std::erase_if(values, &std::string::empty);
    }
    std::erase_if(request.fields, [&](const auto& field) {
        const FieldRule* rule = law.procedures.field(field.first);
        return rule != nullptr && rule->type == Type::texts && field.second.empty();
    });
    return request;
}

void check_fields(MoveCheck& check, const MoveRequest& request) {
    for (const std::string& need : check.move.needs)
        if (is_empty(request.fields, need)) fault_missing(check, need);
    for (const auto& [id, values] : request.fields) check_field(check, id, values, request.on);
}

void check_conditions(MoveCheck& check, const Fields& told) {
    for (const FieldIs& is : check.move.only_if) check_condition(check, is, told, true);
    for (const FieldIs& is : check.move.not_if) check_condition(check, is, told, false);
}

void check_standing(MoveCheck& check) {
    for (const FieldIs& is : check.move.only_if)
        if (!check.move.tells(is.field)) check_condition(check, is, {}, true);
    for (const FieldIs& is : check.move.not_if)
        if (!check.move.tells(is.field)) check_condition(check, is, {}, false);
}

void check_among(MoveCheck& check, const Fields& told) {
    const Fields& earlier = check.question.state.ever;
    for (const auto& [field, of] : check.move.among) {
        const auto values = told.find(field);
        if (values == told.end()) continue;
        const auto ever = earlier.find(of);
        const Text title = check.title_of(field);
        const Text from = check.title_of(of);
        for (const std::string& value : values->second) {
            if (ever != earlier.end() && names(ever->second, value)) continue;
            check.add(field, "field_never_told",
                      {fmt::format("“{}”须是本件中“{}”已登记的", title.zh, from.zh),
                       fmt::format("'{}' names what '{}' of this case was never told", title.en, from.en)});
        }
    }
}

void check_route(MoveCheck& check, const Fields& told) {
    const std::string_view department = first_value(told, department_field);
    if (department.empty()) return;
    const policy::Law& law = check.question.law;
    const auto route = route_of(law, told, check.question.state.fields);
    if (!route || route->department == department || names(route->others, department)) return;
    const policy::RouteElement* own = law.route_of("departments", route->department);
    const Text title = own == nullptr ? Text{route->department, route->department} : own->title;
    check.add(department_field, "route_other",
              {fmt::format("按{}应转“{}”", route->cite.text(), title.zh),
               fmt::format("by {} this goes to: {}", route->cite.text(), title.en)});
}

}  // namespace doudi::casework
