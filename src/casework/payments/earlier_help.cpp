// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/earlier_help.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "casework/marks.h"

namespace doudi::casework {

namespace {

bool gives_help(const CaseEvent& event) {
    return std::ranges::find(event.marks, help_mark) != event.marks.end();
}

// The first sum that the decision was told, whatever its field is called.
std::optional<Money> sum_of(const CaseEvent& event, const policy::Procedures& procedures) {
    for (const auto& [id, values] : event.fields) {
        const policy::FieldRule* field = procedures.field(id);
        if (field == nullptr || field->type != policy::FieldRule::Type::money || values.empty()) continue;
        std::int64_t fen = 0;
        std::from_chars(values.front().data(), values.front().data() + values.front().size(), fen);
        return Money::fen(fen);
    }
    return std::nullopt;
}

MoveFault helped_before(const policy::Move& move, const EarlierHelp& earlier, const policy::FieldRule* why) {
    const Text ask = why == nullptr ? Text{"理由", "why"} : why->title;
    return {
        move.repeats->unless,
        "helped_before",
        {fmt::format("{}已因同一事由获得救助（第 {} 号），再次“{}”请填写“{}”（{}）", earlier.on.iso(),
                     earlier.of.value(), move.title.zh, ask.zh, move.cite.text()),
         fmt::format("help was given for the same cause on {} (case {}): to make '{}' again tell '{}' ({})",
                     earlier.on.iso(), earlier.of.value(), move.title.en, ask.en, move.cite.text())}};
}

MoveFault helped_too_often(const policy::Move& move, std::size_t times, const policy::Parameter& most) {
    return {"",
            "helped_too_often",
            {fmt::format("近 {} 个月已救助 {} 次，达到“{}”，不能“{}”", move.repeats->months, times,
                         most.title.zh, move.title.zh),
             fmt::format("help was given {} times in {} months, which is '{}': '{}' is not open", times,
                         move.repeats->months, most.title.en, move.title.en)}};
}

bool may_help(const policy::Machine& machine) {
    return std::ranges::any_of(machine.moves, [](const policy::Move& move) {
        return std::ranges::find(move.marks, help_mark) != move.marks.end();
    });
}

}  // namespace

Result<std::vector<RunningHelp>> running_help(Desk& desk, const CaseHead& head) {
    std::vector<RunningHelp> running;
    if (!head.household) return running;
    for (const auto& row : TRY(repository::select_cases_of(desk.shelf, *head.household))) {
        if (row.head.id == head.id || row.now.is_closed) continue;
        const auto pack = desk.law_of(row.head.pack, row.head.opened_on);
        const policy::Machine* machine =
            pack == nullptr ? nullptr : pack->law.procedures.machine(row.head.machine);
        if (machine == nullptr || !may_help(*machine)) continue;
        const policy::MachineState* state = machine->state(row.now.state);
        running.push_back({row.head.id, machine->id, machine->thing, row.head.unit, machine->title,
                           state == nullptr ? Text{} : state->title, row.head.opened_on});
    }
    std::ranges::sort(running, std::greater{},
                      [](const RunningHelp& one) { return std::pair(one.since, one.of); });
    return running;
}

Result<std::vector<EarlierHelp>> earlier_help(Desk& desk, const CaseHead& head, Date day, int months) {
    std::vector<EarlierHelp> helped;
    if (!head.household) return helped;
    const Date from = day.plus_months(-months);
    for (const auto& row : TRY(repository::select_cases_of(desk.shelf, *head.household))) {
        if (row.head.id == head.id) continue;
        const auto pack = desk.law_of(row.head.pack, row.head.opened_on);
        const policy::Machine* machine =
            pack == nullptr ? nullptr : pack->law.procedures.machine(row.head.machine);
        if (machine == nullptr) continue;
        CaseState state;
        for (const CaseEvent& event : TRY(repository::select_events(desk.shelf, row.head))) {
            fold(state, event);
            if (!gives_help(event) || event.on <= from || event.on > day) continue;
            helped.push_back({row.head.id, machine->id, machine->thing, row.head.unit, machine->title,
                              event.on, sum_of(event, pack->law.procedures), state.fields});
        }
    }
    std::ranges::sort(helped, std::greater{},
                      [](const EarlierHelp& one) { return std::pair(one.on, one.of); });
    return helped;
}

Result<std::vector<MoveFault>> check_repeats(Desk& desk, const MoveQuestion& question,
                                             const policy::Move& move, const Actor& actor,
                                             const CaseHead& head, const MoveRequest& request) {
    std::vector<MoveFault> faults;
    if (!move.repeats) return faults;
    const policy::RepeatRule& rule = *move.repeats;
    auto helped = TRY(earlier_help(desk, head, request.on, rule.months));
    std::erase_if(helped, [&](const EarlierHelp& one) { return one.machine != head.machine; });
    const std::string told = first_of(request.fields, rule.same);
    const std::string cause = told.empty() ? first_of(question.state.fields, rule.same) : told;
    const auto same = std::ranges::find_if(helped, [&](const EarlierHelp& one) {
        return !cause.empty() && first_of(one.told, rule.same) == cause;
    });
    if (same != helped.end() && first_of(request.fields, rule.unless).empty())
        faults.push_back(helped_before(move, *same, question.law.procedures.field(rule.unless)));
    if (rule.most.empty()) return faults;
    const int parameter = question.law.parameter_of(rule.most);
    const policy::ParameterValue* most = question.law.value_of(parameter, actor.region, "", question.today);
    if (most != nullptr && static_cast<std::int64_t>(helped.size()) >= most->value.as_integer())
        faults.push_back(helped_too_often(move, helped.size(),
                                          question.law.parameters[static_cast<std::size_t>(parameter)]));
    return faults;
}

}  // namespace doudi::casework
