// SPDX-License-Identifier: Apache-2.0
#include "casework/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace doudi::casework {

namespace {

LevelTerm term_of_level(const policy::Pack& pack, std::string_view id, std::string_view region, Date day) {
    const auto level = std::ranges::find(pack.levels, id, &policy::Level::id);
    if (level == pack.levels.end()) return {};
    const policy::LevelTerm term = pack.term_of(*level, region, day);
    if (!term.is_target) return {term.working_days, {}};
    return {term.working_days, pack.law.parameters[static_cast<std::size_t>(level->target)].id};
}

// The day that is listed: while a clock stands still, the last on which it can be due, so that the list is
// right on any day without a new event.
std::optional<Date> listed_day(const ClockReading& reading) {
    using enum ClockState;
    if (reading.rule->only_tells()) return std::nullopt;
    if (reading.state == paused) return reading.latest;
    const bool counts_down = reading.state == running || reading.state == nearly_due ||
                             reading.state == due || reading.state == overdue;
    return counts_down ? reading.due : std::nullopt;
}

// The first by its day; of one day, the first in the law's order. Null: none has a day.
template <class Is>
const ClockReading* first_by_day(const std::vector<ClockReading>& clocks, Is is) {
    const ClockReading* first = nullptr;
    for (const ClockReading& one : clocks) {
        const std::optional<Date> day = listed_day(one);
        if (!day || !is(one) || (first != nullptr && *listed_day(*first) <= *day)) continue;
        first = &one;
    }
    return first;
}

std::optional<BenefitTerm> term_of_benefit(const policy::Law& law, std::string_view id) {
    const int index = law.benefit_of(id);
    if (index < 0) return std::nullopt;
    const policy::Benefit& benefit = law.benefits[static_cast<std::size_t>(index)];
    if (!benefit.within) return std::nullopt;
    using Limit = policy::TimeLimit::Kind;
    using Term = policy::ClockTerm::Kind;
    const Limit kind = benefit.within->kind;
    const Term counts = kind == Limit::months         ? Term::months
                        : kind == Limit::natural_days ? Term::natural_days
                                                      : Term::working_days;
    return BenefitTerm{{counts, benefit.within->count, {}}, benefit.cite};
}

// What a clock of an unsettled case waits for: its category, or the benefit that it is about.
void name_what_is_missing(const policy::Law& law, ClockReading& reading) {
    if (reading.waits_for == track_field && law.category_of(reading.rule->of.front()) < 0)
        reading.waits_for = benefit_field;
}

// The marks that moves of this machine leave: a clock of another machine may hang on a mark of the same name.
bool is_of(const policy::Machine& machine, const policy::ClockRule& clock) {
    return clock.machines.empty() || std::ranges::find(clock.machines, machine.id) != clock.machines.end();
}

}  // namespace

Result<std::shared_ptr<const policy::Pack>> need_pack(const Desk& desk, std::string_view pack, Date day) {
    auto found = desk.law_of(pack, day);
    if (found == nullptr)
        return fail(ErrorKind::not_found, "pack_unknown",
                    {fmt::format("没有政策包“{}”", pack), fmt::format("there is no pack '{}'", pack)});
    return found;
}

Result<const policy::Machine*> need_machine(const policy::Pack& pack, std::string_view id) {
    const policy::Machine* machine = pack.law.procedures.machine(id);
    if (machine == nullptr)
        return fail(ErrorKind::not_found, "machine_unknown",
                    {fmt::format("政策包“{}”没有流程“{}”", pack.id, id),
                     fmt::format("the pack '{}' has no procedure '{}'", pack.id, id)});
    return machine;
}

std::vector<ClockReading> clocks_of(const Desk& desk, const policy::Pack& pack, const CaseHead& head,
                                    const CaseState& state, Date today) {
    const policy::Machine* machine = pack.law.procedures.machine(head.machine);
    if (machine == nullptr) return {};
    ClockFigures figures;
    const std::string region = desk.units.region_of(head.unit, civil_day(desk.clock.now()));
    figures.level_term = [&](std::string_view level, Date day) {
        return term_of_level(pack, level, region, day);
    };
    figures.benefit_term = [&pack](std::string_view benefit) { return term_of_benefit(pack.law, benefit); };
    figures.parameter = [&](std::string_view id, Date day) -> std::optional<int> {
        const policy::ParameterValue* value = pack.law.value_of(pack.law.parameter_of(id), region, "", day);
        if (value == nullptr) return std::nullopt;
        return static_cast<int>(value->value.as_integer());
    };
    const policy::MachineState* at = machine->state(state.state);
    std::optional<Date> closed_on;
    if (at != nullptr && at->kind == policy::StateKind::final) closed_on = state.state_on;
    auto readings = read_clocks({pack.law.procedures, desk.calendar, figures, state.track, today, closed_on},
                                state.marks);
    std::erase_if(readings, [&](const ClockReading& one) { return !is_of(*machine, *one.rule); });
    for (ClockReading& reading : readings) name_what_is_missing(pack.law, reading);
    return readings;
}

bool is_target(const policy::Pack& pack, std::string_view clock, std::string_view level) {
    const policy::ClockRule* rule = pack.law.procedures.clock(clock);
    if (rule == nullptr || rule->internal) return rule != nullptr;
    if (rule->term.kind != policy::ClockTerm::Kind::by_level) return false;
    const auto at = std::ranges::find(pack.levels, level, &policy::Level::id);
    return at != pack.levels.end() && at->target >= 0;
}

repository::Targets targets_of(const policy::Pack& pack) {
    repository::Targets targets;
    for (const policy::ClockRule& rule : pack.law.procedures.clocks) {
        if (rule.internal) {
            targets.clocks.push_back(rule.id);
        } else if (rule.term.kind == policy::ClockTerm::Kind::by_level) {
            targets.by_level.push_back(rule.id);
        }
    }
    for (const policy::Level& level : pack.levels)
        if (level.target >= 0) targets.levels.push_back(level.id);
    return targets;
}

bool counts_working_days(const policy::Law& law, std::string_view clock, std::string_view track) {
    using Kind = policy::ClockTerm::Kind;
    const policy::ClockRule* rule = law.procedures.clock(clock);
    if (rule == nullptr) return false;
    Kind kind = rule->term.kind;
    // By the day that was told, or else within so many working days: who is to answer is told those either
    // way.
    if (kind == Kind::told_day) return rule->term.count > 0 || !rule->term.parameter.empty();
    if (kind == Kind::by_benefit) {
        const auto own = term_of_benefit(law, track);
        if (!own) return false;
        kind = own->term.kind;
    }
    return kind == Kind::working_days || kind == Kind::by_level;
}

namespace {

// Whether a move of the machine asks who made one above, or what stands above.
bool asks_above(const policy::Law& law, const policy::Machine& machine) {
    const bool by_people = std::ranges::any_of(machine.moves, [](const policy::Move& move) {
        return std::ranges::any_of(move.not_by, [](const std::string& id) { return id.contains('.'); });
    });
    return by_people || std::ranges::any_of(law.routes, [&](const policy::RouteElement& rule) {
               const std::string* move = rule.section == "follows" ? rule.field("move") : nullptr;
               const auto* under = move == nullptr ? nullptr : rule.list("under");
               return under != nullptr && !under->empty() && move->starts_with(machine.id + ".");
           });
}

}  // namespace

Result<CaseAbove> case_above(Desk& desk, const policy::Law& law, const policy::Machine& machine,
                             const CaseHead& head) {
    CaseAbove above;
    if (!head.parent || !asks_above(law, machine)) return above;
    const auto row = TRY(repository::select_case(desk.shelf, *head.parent));
    if (!row) return above;
    const auto pack = TRY(need_pack(desk, row->head.pack, row->head.opened_on));
    above.machine = TRY(need_machine(*pack, row->head.machine));
    above.pack = pack;
    above.state = fold(TRY(repository::select_events(desk.shelf, row->head)));
    return above;
}

Result<std::string> home_region(Desk& desk, const policy::Machine& machine, const CaseHead& head) {
    const bool is_asked = std::ranges::any_of(machine.moves, [](const policy::Move& move) {
        return move.level_of == policy::Move::LevelOf::authority;
    });
    std::string region;
    if (is_asked && head.household) region = TRY(repository::select_region(desk.shelf, *head.household));
    if (!is_asked || !region.empty()) return region;
    return desk.units.region_of(head.origin, civil_day(desk.clock.now()));
}

repository::Projection projected(const policy::Machine& machine, const CaseState& state,
                                 const std::vector<ClockReading>& clocks) {
    repository::Projection now{state.state, state.track, state.events, std::nullopt, {}, false};
    const policy::MachineState* at = machine.state(state.state);
    now.is_closed = at != nullptr && at->kind == policy::StateKind::final;
    const ClockReading* first = first_by_day(clocks, [](const ClockReading&) { return true; });
    if (first != nullptr && first->is_internal && first->state == ClockState::overdue) {
        const ClockReading* broken = first_by_day(clocks, [](const ClockReading& one) {
            return !one.is_internal && one.state == ClockState::overdue;
        });
        if (broken != nullptr) first = broken;
    }
    if (first == nullptr) return now;
    now.due_on = listed_day(*first);
    now.due_clock = first->rule->id;
    return now;
}

}  // namespace doudi::casework
