// SPDX-License-Identifier: Apache-2.0
#include "cli/case_filter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "cli/access_office.h"
#include "cli/register_office.h"
#include "registry/retention.h"

namespace doudi::cli {
namespace {

namespace repository = casework::repository;

Result<void> check_machine(const CaseOffice& office, const std::string& machine) {
    if (machine.empty() || office.words().procedures.machine(machine) != nullptr) return {};
    std::string known;
    for (const auto& one : office.words().procedures.machines) known += (known.empty() ? "" : " ") + one.id;
    return fail(ErrorKind::usage, "machine_unknown",
                {fmt::format("没有办件种类“{}”；有：{}", machine, known),
                 fmt::format("there is no kind of case '{}'; there are: {}", machine, known)});
}

// A state of that machine, or of any where none is named.
Result<void> check_state(const CaseOffice& office, const CaseWish& wish) {
    if (wish.state.empty()) return {};
    std::set<std::string> known;
    for (const auto& machine : office.words().procedures.machines) {
        if (!wish.machine.empty() && machine.id != wish.machine) continue;
        for (const auto& state : machine.states) known.insert(state.id);
    }
    if (known.contains(wish.state)) return {};
    return fail(ErrorKind::usage, "state_unknown",
                {fmt::format("没有状态“{}”；有：{}", wish.state, fmt::join(known, " ")),
                 fmt::format("there is no state '{}'; there are: {}", wish.state, fmt::join(known, " "))});
}

// The unit and all below it.
Result<std::vector<access::UnitId>> units_within(const CaseOffice& office, const std::string& code) {
    std::vector<access::UnitId> units;
    if (code.empty()) return units;
    const access::UnitId above = TRY(unit_of_code(office.units, code));
    for (const access::Unit& one : office.units.units())
        if (office.units.within(one.id, above, today())) units.push_back(one.id);
    if (units.empty()) units.push_back(above);  // it stands nowhere today: what is at it alone
    return units;
}

}  // namespace

Result<repository::CaseFilter> case_filter(CaseOffice& office, const CaseWish& wish) {
    repository::CaseFilter filter;
    TRY_VOID(check_machine(office, wish.machine));
    TRY_VOID(check_state(office, wish));
    filter.machine = wish.machine;
    filter.state = wish.state;
    if (!wish.closed) filter.is_closed = false;
    if (!wish.due.empty()) filter.due_until = TRY(day_or_today(wish.due, office.clock));
    filter.units = TRY(units_within(office, wish.unit));
    if (!wish.household.empty())
        filter.household = TRY(registry::household_of_code(office.store(), wish.household));
    return filter;
}

void add_case_wish(Command& command, const Registration& registration, CaseWish& wish) {
    const auto help = [&](const char* zh, const char* en) { return registration.help(zh, en); };
    command.add_option(
        "--machine", wish.machine,
        help("办件种类（warning、application…）", "the kind of cases (warning, application …)"));
    command.add_option("--state", wish.state, help("状态", "the state"));
    command.add_option("--unit", wish.unit,
                       help("单位代码（含其下级）", "an office's code, with all below it"));
    command.add_option("--due", wish.due, help("至此日到期的，YYYY-MM-DD", "due by that day, YYYY-MM-DD"));
    command.add_option("--household", wish.household, help("户编号", "a household"));
    command.add_flag("--closed", wish.closed, help("也列已办结的", "also those that are closed"));
}

}  // namespace doudi::cli
