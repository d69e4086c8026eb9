// SPDX-License-Identifier: Apache-2.0
#include "casework/ties/hanging.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <string>

#include "casework/found.h"

namespace doudi::casework {

namespace {

// Of several payments the first: a household has two or three.
constexpr std::size_t most_named = 5;

bool is_of_other(const Fields& named, CaseId paid) {
    std::string of = first_of(named, paid_case_field);
    if (of.empty()) of = first_of(named, found::paid);
    return !of.empty() && of != std::to_string(paid.value());
}

// A step of the case that was decided made this one of the payment: the same move, on the day and by the hand
// of the step of which it follows.
Result<bool> is_followed(Desk& desk, const CaseHead& decided, std::span<const CaseEvent> steps,
                         const CaseHead& paid) {
    const auto law = TRY(need_pack(desk, decided.pack, decided.opened_on));
    const policy::Machine* machine = TRY(need_machine(*law, decided.machine));
    const auto paid_law = TRY(need_pack(desk, paid.pack, paid.opened_on));
    const policy::Machine* payment = TRY(need_machine(*paid_law, paid.machine));
    const auto paid_steps = TRY(repository::select_events(desk.shelf, paid));
    Fields named;  // of several payments it went to the one that was named
    for (const CaseEvent& step : steps) {
        for (const std::string_view field : {paid_case_field, found::paid})
            if (std::string of = first_of(step.fields, field); !of.empty()) named[std::string(field)] = {of};
        const policy::Move* move = machine->move(step.move);
        if (move == nullptr || is_of_other(named, paid.id)) continue;
        for (const policy::AlsoRule& rule : move->also) {
            if (rule.machine != paid.machine) continue;
            const auto follows = [&](const CaseEvent& one) {
                return one.on == step.on && one.by == step.by && may_become(*payment, rule.move, one.move);
            };
            if (std::ranges::any_of(paid_steps, follows)) return true;
        }
    }
    return false;
}

Text title_of(const policy::Pack& pack, const std::string& machine) {
    const policy::Machine* found = pack.law.procedures.machine(machine);
    return found == nullptr ? Text{machine, machine} : found->title;
}

// "第 9 号“救助申请审核确认”"
Text case_said(const policy::Pack& pack, const CaseHead& head) {
    const Text title = title_of(pack, head.machine);
    return {fmt::format("第 {} 号“{}”", head.id.value(), title.zh),
            fmt::format("case {} ('{}')", head.id.value(), title.en)};
}

// What it is paid as, and by which case it was granted, where that is known.
Result<Text> payment_said(Desk& desk, const policy::Pack& pack, const repository::CaseRow& row) {
    Text said = case_said(pack, row.head);
    Text more;
    if (const int at = pack.law.category_of(row.now.track); at >= 0)
        more = pack.law.categories[static_cast<std::size_t>(at)].title;
    if (row.head.parent) {
        if (const auto granted = TRY(repository::select_case(desk.shelf, *row.head.parent))) {
            const Text by = case_said(pack, granted->head);
            more.zh += fmt::format("{}由{}确认", more.zh.empty() ? "" : "，", by.zh);
            more.en += fmt::format("{}granted by {}", more.en.empty() ? "" : ", ", by.en);
        }
    }
    if (more.zh.empty()) return said;
    said.zh += fmt::format("（{}）", more.zh);
    said.en += fmt::format(" ({})", more.en);
    return said;
}

}  // namespace

Result<bool> hangs_on(Desk& desk, const CaseHead& paid, const CaseHead& decided) {
    if (paid.id == decided.id || paid.parent == decided.id) return true;
    if (!paid.household || paid.household != decided.household) return false;
    const auto steps = TRY(repository::select_events(desk.shelf, decided));
    const bool is_found = std::ranges::any_of(steps, [&](const CaseEvent& step) {
        return first_of(step.fields, found::paid) == std::to_string(paid.id.value());
    });
    return is_found || TRY(is_followed(desk, decided, steps, paid));
}

Result<MoveFault> of_other_decision(Desk& desk, const OfOther& asked) {
    const policy::Pack& pack = asked.pack;
    const policy::Machine* machine = pack.law.procedures.machine(asked.rule.machine);
    const policy::Move* next = machine == nullptr ? nullptr : machine->move(asked.rule.move);
    const Text step = next == nullptr ? Text{asked.rule.move, asked.rule.move} : next->title;
    Text payments;
    Text numbers;
    for (const repository::CaseRow& row : asked.payments | std::views::take(most_named)) {
        const Text said = TRY(payment_said(desk, pack, row));
        payments.zh += (payments.zh.empty() ? "" : "、") + said.zh;
        payments.en += (payments.en.empty() ? "" : ", ") + said.en;
        numbers.zh += fmt::format("{}第 {} 号", numbers.zh.empty() ? "" : "、", row.head.id.value());
        numbers.en += fmt::format("{}case {}", numbers.en.empty() ? "" : ", ", row.head.id.value());
    }
    const Text decided = asked.decided
                             ? case_said(pack, *asked.decided)
                             : Text{"本件（没有针对的决定）", "this case, which is about no decision"};
    const std::string field = asked.rule.only_if.empty() ? std::string() : asked.rule.only_if.front().field;
    return MoveFault{
        field,
        "paid_by_other_decision",
        {fmt::format(
             "“{}”只涉及所针对的决定发放、变更、暂停或停发的待遇；{}不是由{}办理的。对这笔待遇有异议的，"
             "请在{}下另行提出异议",
             step.zh, payments.zh, decided.zh, numbers.zh),
         fmt::format("'{}' is of a payment that the decision began, changed, held or ended; {} has none of "
                     "this from {}: an objection to that payment is filed below {}",
                     step.en, payments.en, decided.en, numbers.en)}};
}

}  // namespace doudi::casework
