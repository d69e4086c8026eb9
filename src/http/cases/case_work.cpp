// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_work.h"

#include <algorithm>
#include <map>

#include "casework/deaths.h"
#include "casework/rhythms/renewal.h"
#include "casework/rhythms/rhythms.h"
#include "casework/warnings.h"
#include "http/cases/case_law.h"
#include "monitor/read.h"
#include "monitor/verbs.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

casework::Desk desk_of(RaisePlace& place, const access::UnitTree& units) {
    return {{place.writer.database(), place.writer.seal()},
            [&place](std::string_view pack, Date day) {
                return place.case_law.of(place.writer.database(), pack, day);
            },
            units,
            place.calendar,
            place.clock};
}

// All warnings, a portion at a time.
Result<void> each_portion(
    RaisePlace& place, const std::function<Result<void>(std::span<const monitor::WarningStanding>)>& take) {
    constexpr std::size_t portion = 1000;
    std::uint32_t after = 0;
    while (true) {
        const auto some = TRY(monitor::list_standing(place.writer, after, portion));
        if (some.empty()) return {};
        TRY_VOID(take(some));
        after = some.back().id;
    }
}

RaisePlace raise_place(WorkPlace& place) {
    return {place.writer, place.case_law, place.policy.calendar, place.clock};
}

}  // namespace

Result<std::uint64_t> settle_warnings(RaisePlace place, AsOf as_of) {
    const auto units = TRY(access::read_units(place.writer.database()));
    casework::Desk desk = desk_of(place, units);
    std::map<Date, std::vector<std::string>> by_day;
    TRY_VOID(each_portion(place, [&](std::span<const monitor::WarningStanding> some) -> Result<void> {
        for (const auto& one : TRY(casework::settled_warnings(desk, some))) {
            const auto household =
                TRY(registry::read_household(place.writer, place.writer.current(), one.household));
            by_day[std::max(one.not_before, std::min(one.on, as_of.date))].push_back(household.code);
        }
        return {};
    }));
    std::uint64_t settled = 0;
    for (const auto& [day, codes] : by_day) {
        settled += TRY(monitor::close_warnings(place.writer, AsOf{day}, codes)).closed.size();
    }
    return settled;
}

Result<casework::RaiseReport> raise_cases(RaisePlace place, std::string_view pack) {
    const auto units = TRY(access::read_units(place.writer.database()));
    casework::Desk desk = desk_of(place, units);
    casework::RaiseReport all;
    TRY_VOID(each_portion(place, [&](std::span<const monitor::WarningStanding> some) -> Result<void> {
        const auto report = TRY(casework::raise_warnings(desk, units, pack, some));
        all.opened += report.opened;
        all.joined += report.joined;
        all.followed += report.followed;
        all.withdrawn += report.withdrawn;
        all.unchanged += report.unchanged;
        all.nowhere.insert(all.nowhere.end(), report.nowhere.begin(), report.nowhere.end());
        return {};
    }));
    const auto law = TRY(casework::need_pack(desk, pack, civil_day(place.clock.now())));
    const auto deaths = TRY(monitor::list_deaths(place.writer, casework::death_indicators(*law)));
    casework::DeathReport told = TRY(casework::raise_deaths(desk, *law, deaths));
    all.deaths = told.told;
    all.deaths_nowhere = std::move(told.nowhere);
    all.renewed = TRY(casework::renew_due_days(desk));
    (void)TRY(casework::renew_due_lines(desk, pack));
    place.writer.database().gather_statistics();
    return all;
}

Result<std::uint64_t> settle_warnings(WorkPlace& place, AsOf as_of) {
    const std::uint64_t settled = TRY(settle_warnings(raise_place(place), as_of));
    if (settled > 0) place.desks.published();
    return settled;
}

Result<json::object> raise_cases(WorkPlace& place) {
    const auto law = TRY(place.law.of_run(place.writer.database(), civil_day(place.clock.now())));
    const casework::RaiseReport all = TRY(raise_cases(raise_place(place), law->pack.id));
    return json::object{{"opened", all.opened},
                        {"joined", all.joined},
                        {"followed", all.followed},
                        {"withdrawn", all.withdrawn},
                        {"unchanged", all.unchanged},
                        {"nowhere", all.nowhere.size()},
                        {"renewed", all.renewed},
                        {"deaths", all.deaths},
                        {"deaths_nowhere", all.deaths_nowhere.size()}};
}

Result<std::string> raise_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    progress.stage({"正在由预警生成办件", "making cases of the warnings"});
    const auto settled = TRY(settle_warnings(place, day_of_job(job)));
    json::object report = TRY(raise_cases(place));
    report["settled"] = settled;
    return json::serialize(report);
}

}  // namespace doudi::http
