// SPDX-License-Identifier: Apache-2.0
#include "upkeep/verbs.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/units.h"
#include "base/said.h"
#include "base/text_fold.h"
#include "registry/repository.h"
#include "upkeep/checks.h"
#include "upkeep/draft.h"
#include "upkeep/effect.h"
#include "upkeep/lists_repository.h"
#include "upkeep/repository.h"
#include "upkeep/steps.h"

namespace doudi::upkeep {

namespace {

bool is_by(const Step& step, const access::Session& session) {
    if (step.user != 0 || session.user != access::UserId()) return step.user == session.user.value();
    return step.name == session.user_name;
}

// What is not in reach is told like what is not there.
Result<void> check_reach(Desk& desk, std::span<const HouseholdId> households) {
    if (desk.scope == nullptr) return {};
    for (const HouseholdId id : households) {
        const auto unit = TRY(access::unit_of(desk.database, id, desk.scope->day()));
        if (desk.scope->covers({.household = id, .unit = unit})) continue;
        return fail(ErrorKind::not_found, "household_unknown",
                    {"没有这一户，或不在您的辖区内", "there is no such household within your reach"});
    }
    return {};
}

Result<void> check_paper(const Kind& kind, const Wish& wish) {
    const bool needed =
        kind.paper == PaperRule::always || (kind.paper == PaperRule::by_hand && wish.source == "hand");
    if (!needed || !trim(wish.paper).empty()) return {};
    return fail(ErrorKind::invalid, "paper_missing",
                {fmt::format("“{}”须写明所依据的材料", kind.title.zh),
                 fmt::format("this needs the paper that shows it: {}", kind.title.en)},
                "paper");
}

Result<void> check_day(const Desk& desk, const Kind& kind, Date day) {
    if (kind.from_month && static_cast<unsigned>(day.ymd().day()) != 1) {
        return fail(ErrorKind::invalid, "not_month_start",
                    {fmt::format("自月初起变更：应为某月 1 日，而不是 {}", day.iso()),
                     fmt::format("it changes with a month: name its first day, not {}", day.iso())},
                    "effective_on");
    }
    if (day <= civil_day(desk.clock.now()) + kind.ahead_days) return {};
    return fail(ErrorKind::invalid, "too_far_ahead",
                {fmt::format("{} 太远：这类变动最多提前 {} 天", day.iso(), kind.ahead_days),
                 fmt::format("{} is too far ahead: at most {} days", day.iso(), kind.ahead_days)},
                "effective_on");
}

std::string act_list(std::uint32_t acts) {
    std::string names;
    for (std::uint32_t i = 0; acts >> i != 0; ++i) {
        if ((acts >> i & 1U) != 0)
            names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(static_cast<Act>(i)));
    }
    return names;
}

Result<void> check_acts(const Kind& kind, std::uint32_t acts) {
    if (const std::uint32_t beyond = acts & ~kind.may; beyond != 0) {
        return fail(ErrorKind::invalid, "change_may_not",
                    {fmt::format("“{}”不能包含：{}", kind.title.zh, act_list(beyond)),
                     fmt::format("a {} does not do this: {}", kind.id, act_list(beyond))});
    }
    for (const std::uint32_t one_of : kind.must) {
        if ((acts & one_of) != 0) continue;
        return fail(ErrorKind::invalid, "change_must",
                    {fmt::format("“{}”须包含：{}", kind.title.zh, act_list(one_of)),
                     fmt::format("a {} does one of this: {}", kind.id, act_list(one_of))});
    }
    return {};
}

Case case_of(const Desk& desk, const Kind& kind, const Wish& wish, Draft draft) {
    Case change;
    change.kind = kind.id;
    change.effective_on = wish.effective_on;
    change.source = wish.source;
    change.paper = trim(wish.paper);
    change.note = trim(wish.note);
    change.unit = desk.session.unit;
    change.to_unit = draft.to_unit;
    change.changes = std::move(draft.changes);
    change.steps = {step_of(desk, State::proposed)};
    change.persons = std::move(draft.persons);
    change.households = std::move(draft.households);
    return change;
}

}  // namespace

Result<Case> prepare(Desk& desk, const Wish& wish) {
    const Kind& kind = *TRY(need_kind(desk, wish.kind));
    if (kind.takes_back || kind.is_question()) {
        return fail(ErrorKind::usage, "change_kind_other_way",
                    {fmt::format("“{}”不能这样提出", kind.title.zh),
                     fmt::format("a {} is not proposed this way", kind.id)});
    }
    TRY_VOID(need_role(desk, kind, kind.propose));
    TRY_VOID(check_paper(kind, wish));
    TRY_VOID(check_day(desk, kind, wish.effective_on));
    Draft draft = TRY(upkeep::draft(desk.folder, kind, wish));
    TRY_VOID(check_acts(kind, draft.acts));
    TRY_VOID(check_reach(desk, draft.households));
    Case change = case_of(desk, kind, wish, std::move(draft));
    TRY_VOID(check_changes(desk.folder, change));
    return change;
}

Result<CaseId> propose(Desk& desk, const Wish& wish) {
    return keep(desk, TRY(prepare(desk, wish)));
}

Result<Case> prepare_counter(Desk& desk, CaseId id, std::string_view note) {
    const Case before = TRY(need(desk, id));
    const Kind& kind = desk.rules.counter();
    TRY_VOID(need_role(desk, kind, kind.propose));
    if (!before.in_force || before.taken_back_by != CaseId()) {
        return fail(ErrorKind::conflict, "change_not_in_force",
                    {fmt::format("第 {} 号变动没有生效或已撤销", id.value()),
                     fmt::format("case {} does not hold, or was taken back", id.value())});
    }
    Wish wish;
    wish.effective_on = before.effective_on;
    wish.note = note;
    Case change = case_of(desk, kind, wish, TRY(draft_of_counter(desk.folder, before)));
    change.follows = id;
    TRY_VOID(check_reach(desk, change.households));
    TRY_VOID(check_changes(desk.folder, change));
    return change;
}

Result<CaseId> propose_counter(Desk& desk, CaseId id, std::string_view note) {
    return keep(desk, TRY(prepare_counter(desk, id, note)));
}

namespace {

Result<void> check_word(const Case& change, const WarningsWord& word) {
    if (word.go == WarningsGo::unsaid) return {};
    if (endings_of(change).empty()) {
        return fail(ErrorKind::invalid, "no_household_ends",
                    {"这项变动不终止任何户，无须说明预警的去向",
                     "no household ends by this case: there is nothing to say of warnings"},
                    "warnings");
    }
    if (word.go != WarningsGo::close || says_something(word.reason)) return {};
    return fail(ErrorKind::invalid, "reason_missing", {"办结预警须写明理由", "who closes a warning says why"},
                "reason");
}

}  // namespace

Result<void> confirm(Desk& desk, HouseholdWarnings& warnings, CaseId id, const WarningsWord& word) {
    const Case change = TRY(need(desk, id));
    const Kind& kind = *TRY(need_kind(desk, change.kind));
    TRY_VOID(need_role(desk, kind, kind.confirm));
    const bool is_said_later = change.waits() && word.go != WarningsGo::unsaid;
    if (!is_said_later) TRY_VOID(need_open(change));
    if (kind.is_question()) {
        return fail(
            ErrorKind::usage, "change_is_question",
            {"这是一个待答的问题，不是待确认的变动", "this is a question: it is answered, not confirmed"});
    }
    if (kind.second_person && is_by(change.steps.front(), desk.session)) {
        return fail(
            ErrorKind::usage, "change_own",
            {"须由另一人确认，不能确认自己提出的变动", "another person confirms: nobody confirms their own"});
    }
    TRY_VOID(check_word(change, word));
    TRY_VOID(check_changes(desk.folder, change));
    TRY_VOID(check_warnings(warnings, change, word));
    // Said again by the same person (whose command was cut off, say): it stands already.
    const Step& last = change.steps.back();
    if (is_said_later && is_by(last, desk.session) && last.warnings == word.go &&
        last.reason == trim(word.reason))
        return {};
    Step step = step_of(desk, State::confirmed, std::string(trim(word.reason)));
    step.warnings = word.go;
    return take_step(desk, change, step);
}

Result<void> refuse(Desk& desk, CaseId id, std::string_view reason) {
    const Case change = TRY(need(desk, id));
    const Kind& kind = *TRY(need_kind(desk, change.kind));
    TRY_VOID(need_role(desk, kind, kind.confirm));
    TRY_VOID(need_open(change));
    if (!says_something(reason)) {
        return fail(ErrorKind::invalid, "reason_missing", {"不予确认须写明理由", "a refusal says why"},
                    "reason");
    }
    return take_step(desk, change, step_of(desk, State::refused, std::string(trim(reason))));
}

Result<void> withdraw(Desk& desk, CaseId id, std::string_view reason) {
    const Case change = TRY(need(desk, id));
    if (!is_by(change.steps.front(), desk.session)) {
        return fail(ErrorKind::usage, "change_not_own",
                    {"只有提出人可以撤回", "only the one who proposed it withdraws it"});
    }
    if (!change.waits()) TRY_VOID(need_open(change));
    return take_step(desk, change, step_of(desk, State::withdrawn, std::string(trim(reason))));
}

namespace {

// An office's calendar holds days that are still to come.
bool is_due(const Case& change, Date as_of) {
    return change.effective_on <= as_of ||
           std::ranges::all_of(change.changes, [](const Change& one) { return one.field == "unit"; });
}

}  // namespace

namespace {

Result<void> check_now(store::DataFolder& folder, HouseholdWarnings& warnings, const Case& change) {
    TRY_VOID(check_changes(folder, change));
    const Step* said = change.warnings_said();
    const WarningsWord word = said == nullptr ? WarningsWord{} : WarningsWord{said->warnings, said->reason};
    return check_warnings(warnings, change, word);
}

}  // namespace

Result<TakenEffect> take_due(store::DataFolder& folder, HouseholdWarnings& warnings, Date as_of) {
    TakenEffect taken;
    for (const CaseId id : TRY(repository::waiting_cases(folder.database(), folder))) {
        const auto change = TRY(repository::find_case(folder.database(), folder, id));
        ensure(change.has_value(), "a case that was listed");
        if (!is_due(*change, as_of)) continue;
        if (const auto fine = check_now(folder, warnings, *change); !fine) {
            if (fine.error().kind == ErrorKind::io) return std::unexpected(fine.error());
            taken.hindered.push_back({id, fine.error()});
            continue;
        }
        const auto emptied = TRY(carry_out(folder, warnings, *change));
        taken.emptied.insert(taken.emptied.end(), emptied.begin(), emptied.end());
        taken.cases.push_back(id);
    }
    return taken;
}

}  // namespace doudi::upkeep
