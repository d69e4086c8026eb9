// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/account_number.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;

MoveFault said_of(const FieldRule& rule, std::string code, const Text& what) {
    return {rule.id,
            std::move(code),
            {fmt::format("“{}”{}", rule.title.zh, what.zh), fmt::format("'{}' {}", rule.title.en, what.en)}};
}

MoveFault wrong_check_digit(const FieldRule& rule) {
    return said_of(rule, "account_check_digit",
                   {"校验位不符，请核对（存折账号可能没有校验位）",
                    "has a check digit that does not fit: look again (a passbook may have none)"});
}

}  // namespace

std::optional<MoveFault> check_account(const FieldRule& rule, const std::string& value) {
    const policy::AccountRule of = rule.account.value_or(policy::AccountRule());
    const auto digits = fold_account(value);
    if (!digits)
        return said_of(
            rule, "field_account",
            {"应为银行账号（数字，可带空格）", "is a bank account: digits, blanks may stand between"});
    const auto length = static_cast<int>(digits->size());
    if (length < of.least || length > of.most)
        return said_of(rule, "field_account",
                       {fmt::format("应为 {} 至 {} 位", of.least, of.most),
                        fmt::format("has {} to {} digits", of.least, of.most)});
    if (of.refuses_check_digit && !has_check_digit(*digits)) return wrong_check_digit(rule);
    return std::nullopt;
}

std::vector<MoveFault> account_hints(const policy::Procedures& procedures, const Fields& fields) {
    std::vector<MoveFault> hints;
    for (const auto& [id, values] : fields) {
        const FieldRule* rule = procedures.field(id);
        if (rule == nullptr || !rule->account || rule->account->refuses_check_digit) continue;
        const auto digits = values.empty() ? std::nullopt : fold_account(values.front());
        if (digits && !has_check_digit(*digits)) hints.push_back(wrong_check_digit(*rule));
    }
    return hints;
}

std::optional<std::string> take_account(const policy::Procedures& procedures, Fields& fields) {
    std::optional<std::string> number;
    for (auto& [id, values] : fields) {
        const FieldRule* rule = procedures.field(id);
        if (rule == nullptr || !rule->account) continue;
        for (std::string& value : values) {
            const auto digits = fold_account(value);
            value = mask_account(digits.value_or(std::string()));
            if (digits) number = *digits;
        }
    }
    return number;
}

const FieldRule* account_field(const policy::Procedures& procedures) {
    const auto found = std::ranges::find_if(procedures.fields,
                                            [](const FieldRule& field) { return field.account.has_value(); });
    return found == procedures.fields.end() ? nullptr : &*found;
}

Accounts accounts_of(const FieldRule& rule, const policy::Machine& machine,
                     std::span<const CaseEvent> events) {
    const policy::AccountRule of = rule.account.value_or(policy::AccountRule());
    Accounts all;
    std::string proposal;  // the move that told what is proposed
    for (const CaseEvent& event : events) {
        const policy::Move* move = machine.move(event.move);
        const bool answers = all.proposed && move != nullptr &&
                             std::ranges::find(move->answers, proposal) != move->answers.end();
        const bool names_payee = !of.payee.empty() && !first_of(event.fields, of.payee).empty();
        if (names_payee) all.in_force = answers ? all.proposed : std::nullopt;
        if (answers || event.move == proposal) all.proposed.reset();
        const std::string masked = first_of(event.fields, rule.id);
        if (masked.empty()) continue;
        all.proposed = AccountTold{event.number, masked, first_of(event.fields, of.whose)};
        proposal = event.move;
    }
    return all;
}

std::optional<int> account_dropped(const FieldRule& rule, const policy::Machine& machine,
                                   std::span<const CaseEvent> events, bool is_closed) {
    if (events.empty()) return std::nullopt;
    const auto before = accounts_of(rule, machine, events.first(events.size() - 1)).proposed;
    if (!before) return std::nullopt;
    const Accounts now = accounts_of(rule, machine, events);
    if (now.in_force && now.in_force->event == before->event) return std::nullopt;
    const bool waits = !is_closed && now.proposed && now.proposed->event == before->event;
    return waits ? std::nullopt : std::optional(before->event);
}

}  // namespace doudi::casework
