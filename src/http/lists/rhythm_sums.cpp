// SPDX-License-Identifier: Apache-2.0
#include "http/lists/rhythm_sums.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/rhythms/renewal.h"
#include "casework/rhythms/rhythms.h"
#include "http/cases/case_desk.h"

namespace doudi::http {

namespace json = boost::json;
namespace repository = casework::repository;

json::object due_sums_json(const repository::DueCount& count, const ListLink& list) {
    const auto part = [&](std::uint64_t lines, std::string_view due) {
        return counted(lines, list.with("due", due));
    };
    return {{"overdue", part(count.overdue, "overdue")},
            {"month", part(count.month, "month")},
            {"perhaps", part(count.perhaps, "perhaps")},
            {"unknown", part(count.unknown, "unknown")},
            {"later", part(count.later, "later")},
            {"all", part(count.lines(), "all")},
            {"seen", counted(count.seen, list.with("due", "all").with("seen", "true"))}};
}

Result<json::value> due_by_machine_json(Call& call, const policy::Law& law) {
    const auto scope = call.scope(access::Verb::read, access::Thing::household);
    const bool is_office = call.who().kind == access::SessionKind::staff && call.who().department.empty();
    if (scope.is_empty() || !is_office) return json::value(nullptr);
    std::vector<std::string> machines;
    for (const casework::RhythmRule& rule : casework::rhythms_of(law)) {
        const std::string& machine = rule.opens.machine;
        if (!machine.empty() && std::ranges::find(machines, machine) == machines.end())
            machines.push_back(machine);
    }
    json::array rows;
    for (const std::string& id : machines) {
        repository::DueFilter filter;
        filter.day = call.today();
        filter.machine = id;
        const auto count = TRY(repository::count_due(call.desk.database, scope, filter));
        const policy::Machine* machine = law.procedures.machine(id);
        json::object row = due_sums_json(count, ListLink("/api/v1/rhythms/due").with("machine", id));
        row["machine"] = id;
        row["title"] = words(machine == nullptr ? Text{id, id} : machine->title);
        rows.push_back(std::move(row));
    }
    return json::value(std::move(rows));
}

namespace {

// Work of the night at a desk of nobody's.
template <class Work>
Result<std::string> at_night(const Services& services, Work work) {
    auto at = TRY(services.desks.take());
    const auto units = TRY(services.units.get(at->database));
    casework::Desk desk = night_desk(services, *at, *units);
    return work(desk);
}

}  // namespace

Result<std::string> renew_rhythms(const Services& services) {
    return at_night(services, [&](casework::Desk& desk) -> Result<std::string> {
        const auto law = TRY(services.law.of_run(desk.shelf.database, civil_day(services.clock.now())));
        const auto report = TRY(casework::renew_due_lines(desk, law->pack.id));
        return fmt::format("{} of {} lines", report.changed, report.lines);
    });
}

Result<std::string> renew_passed_days(const Services& services) {
    return at_night(services, [](casework::Desk& desk) -> Result<std::string> {
        return fmt::format("{} days", TRY(casework::renew_passed_days(desk)));
    });
}

}  // namespace doudi::http
