// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/payroll_accounts.h"

#include <algorithm>

#include "casework/payments/accounts_repository.h"

namespace doudi::casework {

namespace {

// What a step keeps of its account.
std::string mask_of(const policy::Procedures& procedures, std::span<const CaseEvent> events, int number) {
    const policy::FieldRule* field = account_field(procedures);
    const auto found = std::ranges::find(events, number, &CaseEvent::number);
    if (field == nullptr || found == events.end()) return {};
    return first_of(found->fields, field->id);
}

struct Payment {
    CaseHead head;
    std::vector<CaseEvent> events;
    std::shared_ptr<const policy::Pack> pack;  // today's

    [[nodiscard]] const policy::Procedures& procedures() const { return pack->law.procedures; }
    // What the list has; of one that was closed before lists kept it, by the steps that it had seen.
    [[nodiscard]] int account_of(const PayrollLine& line) const {
        if (line.account) return *line.account;
        const auto seen =
            std::ranges::find_if(events, [&](const CaseEvent& e) { return e.number > line.seen; });
        return account_in_force(procedures(), head.machine, {events.begin(), seen});
    }
};

Result<std::optional<Payment>> payment_of(Desk& desk, const PayrollLine& line) {
    const auto row = TRY(repository::select_case(desk.shelf, line.of));
    if (!row) return std::optional<Payment>();
    const auto pack = desk.law_of(row->head.pack, civil_day(desk.clock.now()));
    if (pack == nullptr) return std::optional<Payment>();
    return std::optional(Payment{row->head, TRY(repository::select_events(desk.shelf, row->head)), pack});
}

}  // namespace

int account_in_force(const policy::Procedures& procedures, std::string_view machine,
                     std::span<const CaseEvent> events) {
    const policy::FieldRule* field = account_field(procedures);
    const policy::Machine* of = procedures.machine(machine);
    if (field == nullptr || of == nullptr) return 0;
    const auto told = accounts_of(*field, *of, events).in_force;
    return told ? told->event : 0;
}

Result<bool> is_one_account(Desk& desk, const CaseHead& head, std::span<const CaseEvent> events, int one,
                            int other) {
    if (one == other) return true;
    if (one == 0 || other == 0) return false;
    const auto pack = desk.law_of(head.pack, civil_day(desk.clock.now()));
    if (pack == nullptr) return false;
    const auto mask = [&](int event) { return mask_of(pack->law.procedures, events, event); };
    if (mask(one) != mask(other)) return false;
    return TRY(repository::select_account(desk.shelf, head, one)) ==
           TRY(repository::select_account(desk.shelf, head, other));
}

Result<LineAccounts> accounts_of_line(Desk& desk, const PayrollLine& line, bool is_closed) {
    LineAccounts all;
    const auto payment = TRY(payment_of(desk, line));
    if (!payment) return all;
    const auto mask = [&](int event) { return mask_of(payment->procedures(), payment->events, event); };
    const int now = payment->account_of(line);
    all.shown = mask(now);
    all.is_other = has_other_account(line);
    if (all.is_other) all.was = mask(*line.account_was);
    if (!is_closed) return all;
    const int next = account_in_force(payment->procedures(), payment->head.machine, payment->events);
    all.is_next = !TRY(is_one_account(desk, payment->head, payment->events, now, next));
    if (all.is_next) all.next = mask(next);
    return all;
}

Result<std::string> account_number(Desk& desk, const PayrollLine& line) {
    const auto payment = TRY(payment_of(desk, line));
    const int told = payment ? payment->account_of(line) : 0;
    if (told == 0) return std::string();
    return TRY(repository::select_account(desk.shelf, payment->head, told)).value_or(std::string());
}

}  // namespace doudi::casework
