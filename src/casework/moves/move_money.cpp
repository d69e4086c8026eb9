// SPDX-License-Identifier: Apache-2.0
// Whether a move is told no more than may be given, and takes no more than is there.
#include <fmt/format.h>

#include "casework/moves/move_check.h"

namespace doudi::casework {

namespace {

// Money is told in fen.
std::int64_t bound_of(const expr::Value& value) {
    return value.kind() == expr::TypeKind::money ? value.as_money().fen() : value.as_integer();
}

void fault_unset(MoveCheck& check, const std::string& field, const policy::Parameter& parameter) {
    const Text& title = check.move.title;
    check.add(
        field, "bound_unset",
        {fmt::format("尚未设定“{}”（由{}设定），不能“{}”", parameter.title.zh, parameter.set_by.zh, title.zh),
         fmt::format("'{}' is not set (by: {}): '{}' is not open", parameter.title.en, parameter.set_by.en,
                     title.en)});
}

// "800.00 元"
Text said(const expr::Value& bound) {
    if (bound.kind() != expr::TypeKind::money) {
        const std::string number = std::to_string(bound.as_integer());
        return {number, number};
    }
    const std::string yuan = bound.as_money().yuan_text();
    return {yuan + " 元", yuan + " yuan"};
}

void fault_too_much(MoveCheck& check, const std::string& field, const policy::ParameterValue& most) {
    const Text title = check.title_of(field);
    const Text bound = said(most.value);
    check.add(field, "field_too_much",
              {fmt::format("“{}”不得超过 {}（{}）", title.zh, bound.zh, most.cite.text()),
               fmt::format("'{}' is {} at most ({})", title.en, bound.en, most.cite.text())});
}

void check_bounds(MoveCheck& check, const Fields& told) {
    const policy::Law& law = check.question.law;
    for (const auto& [field, parameter] : check.move.at_most) {
        const std::string_view value = first_value(told, field);
        if (!is_whole_number(value)) continue;
        const int of = law.parameter_of(parameter);
        const policy::ParameterValue* most = law.value_of(of, check.actor.region, "", check.question.today);
        if (most == nullptr) {
            fault_unset(check, field, law.parameters[static_cast<std::size_t>(of)]);
        } else if (whole_number(value) > bound_of(most->value)) {
            fault_too_much(check, field, *most);
        }
    }
}

void check_balance(MoveCheck& check, const Fields& told) {
    const std::string& takes = check.move.takes;
    const std::string_view value = first_value(told, takes);
    if (takes.empty() || !is_whole_number(value)) return;
    const std::int64_t there = whole_number(first_value(check.question.state.fields, balance_field));
    if (whole_number(value) <= there) return;
    check.add(takes, "balance_short",
              {fmt::format("余额不足：现有 {} 分", there), fmt::format("there are {} fen left", there)});
}

}  // namespace

void check_money(MoveCheck& check, const Fields& told) {
    check_bounds(check, told);
    check_balance(check, told);
}

}  // namespace doudi::casework
