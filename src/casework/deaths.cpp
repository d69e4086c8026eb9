// SPDX-License-Identifier: Apache-2.0
#include "casework/deaths.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/units.h"
#include "casework/verbs.h"
#include "casework/warnings.h"

namespace doudi::casework {

namespace {

using monitor::ToldDeath;
using repository::CaseRow;

constexpr std::string_view source_field = "death_source";
constexpr std::string_view departments_field = "source_departments";

const Actor program{UserId(), {std::string(monitoring_role)}, UnitId(), {}, {}, {}};

bool is_of_monitoring(const policy::Move& move) {
    return std::ranges::find(move.by, monitoring_role) != move.by.end();
}

// The move of monitoring that opens a case of the machine, or that goes on with one; null: it has none.
const policy::Move* move_of_monitoring(const policy::Machine& machine, bool opens) {
    const auto found = std::ranges::find_if(machine.moves, [&](const policy::Move& move) {
        return is_of_monitoring(move) && move.from.empty() == opens;
    });
    return found == machine.moves.end() ? nullptr : &*found;
}

bool was_told(const CaseState& state, const std::string& source) {
    const auto heard = state.ever.find(source_field);
    return heard != state.ever.end() && std::ranges::find(heard->second, source) != heard->second.end();
}

// Who sends the dataset, as the pack has it; null: nobody that it names.
const policy::RouteElement* department_of(const policy::Law& law, const std::string& dataset) {
    const auto sends = [&](const policy::RouteElement& one) {
        const auto* feeds = one.section == "departments" ? one.list("feeds") : nullptr;
        return feeds != nullptr && std::ranges::find(*feeds, dataset) != feeds->end();
    };
    const auto found = std::ranges::find_if(law.routes, sends);
    return found == law.routes.end() ? nullptr : &*found;
}

class DeathRaiser {
  public:
    DeathRaiser(Desk& desk, const policy::Pack& pack, const policy::Machine& machine)
        : desk_(desk), pack_(pack), machine_(machine), today_(civil_day(desk.clock.now())) {}

    // Whether a case was opened or told.
    Result<bool> take(const ToldDeath& death) {
        Fields told = fields_of(death);
        const std::string& source = told.at(std::string(source_field)).front();
        std::optional<CaseRow> open;
        auto rows = TRY(repository::select_of_person(desk_.shelf, machine_.id, death.person));
        for (CaseRow& row : rows) {
            if (was_told(fold(TRY(repository::select_events(desk_.shelf, row.head))), source)) return false;
            if (!row.now.is_closed) open = std::move(row);
        }
        if (open) return add(*open, std::move(told));
        if (TRY(repository::select_by_source(desk_.shelf, source_of(death))))
            return false;  // it was forgotten
        const auto unit = TRY(access::unit_of(desk_.shelf.database, death.household, today_));
        if (!unit) {
            if (std::ranges::find(nowhere_, death.household) == nowhere_.end())
                nowhere_.push_back(death.household);
            return false;
        }
        told["died_on"] = {std::min(death.on, today_).iso()};
        OpenRequest request;
        request.machine = machine_.id;
        request.pack = pack_.id;
        request.household = death.household;
        request.person = death.person;
        request.unit = *unit;
        request.source = source_of(death);
        request.first = {move_of_monitoring(machine_, true)->id, today_, std::move(told), {}};
        return made(TRY(open_within(desk_, program, request)));
    }

    // Of no office, each once.
    std::vector<HouseholdId> take_nowhere() { return std::move(nowhere_); }

  private:
    std::string source_of(const ToldDeath& death) const {
        return fmt::format("{}/{}/{}", machine_.id, death.person.value(), death.dataset);
    }

    Fields fields_of(const ToldDeath& death) const {
        Fields told{{"death_match", {"exact"}}};
        const policy::RouteElement* department = department_of(pack_.law, death.dataset);
        told[std::string(source_field)] = {department == nullptr ? death.dataset : department->title.zh};
        if (department != nullptr) told[std::string(departments_field)] = {department->id};
        return told;
    }

    // Only as long as nobody has answered the question.
    Result<bool> add(const CaseRow& row, Fields told) {
        const auto pack = TRY(need_pack(desk_, row.head.pack, row.head.opened_on));
        const policy::Machine* machine = TRY(need_machine(*pack, row.head.machine));
        const policy::Move* add = move_of_monitoring(*machine, false);
        if (add == nullptr || std::ranges::find(add->from, row.now.state) == add->from.end()) return false;
        return made(TRY(move_within(desk_, program, row.head.id, {add->id, today_, std::move(told), {}})));
    }

    static Result<bool> made(const Moved& moved) {
        if (moved.kind == Moved::Kind::made) return true;
        const Text why = moved.faults.empty() ? Text{"未办理", "not made"} : moved.faults.front().text;
        return fail(ErrorKind::invalid, "death_not_raised", why);
    }

    Desk& desk_;
    const policy::Pack& pack_;
    const policy::Machine& machine_;
    Date today_;
    std::vector<HouseholdId> nowhere_;
};

}  // namespace

const policy::Machine* machine_of_deaths(const policy::Procedures& procedures) {
    const auto found = std::ranges::find_if(procedures.machines, [](const policy::Machine& machine) {
        return machine.subject == policy::Machine::Subject::person &&
               move_of_monitoring(machine, true) != nullptr;
    });
    return found == procedures.machines.end() ? nullptr : &*found;
}

std::vector<std::string> death_indicators(const policy::Pack& pack) {
    std::vector<std::string> ids;
    for (const policy::Indicator& indicator : pack.indicators)
        if (indicator.ends_household) ids.push_back(indicator.id);
    return ids;
}

Result<DeathReport> raise_deaths(Desk& desk, const policy::Pack& pack, std::span<const ToldDeath> deaths) {
    constexpr std::size_t portion = 200;
    DeathReport report;
    const policy::Machine* machine = machine_of_deaths(pack.law.procedures);
    if (machine == nullptr) return report;
    DeathRaiser raiser(desk, pack, *machine);
    for (std::size_t from = 0; from < deaths.size(); from += portion) {
        const auto some = deaths.subspan(from, std::min(portion, deaths.size() - from));
        // Alone, as warnings are raised (warnings.cpp): what is read stays so until it is moved.
        TRY_VOID(desk.shelf.database.write([&]() -> Result<void> {
            for (const ToldDeath& death : some) report.told += TRY(raiser.take(death)) ? 1U : 0U;
            return {};
        }));
    }
    report.nowhere = raiser.take_nowhere();
    return report;
}

}  // namespace doudi::casework
