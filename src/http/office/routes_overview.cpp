// SPDX-License-Identifier: Apache-2.0
// The cockpit: what stands open at one's office and each office below it, what is due today, how the year
// went, what arrived. Each number comes with the list that it opens, which is cut by the same filters; a part
// that the session has no right to read is null. Some statements in all, however many offices there are.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "access/cockpit.h"
#include "casework/warnings.h"
#include "http/cases/case_desk.h"
#include "http/feeds/feed_standing.h"
#include "http/lists/rhythm_sums.h"
#include "http/office/desk_routes.h"
#include "http/people/tile_json.h"
#include "http/register/lists_now.h"
#include "http/register/repository.h"
#include "http/request/call.h"
#include "http/request/list_link.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::UnitId;
using access::Verb;
using casework::repository::CaseTally;
namespace json = boost::json;

constexpr std::string_view cases_list = "/api/v1/cases";
constexpr std::string_view warnings_list = "/api/v1/warnings";

// Everything that was counted; nothing where the session may not read it.
struct Counted {
    access::Cockpit cockpit;
    access::Tiles tiles;
    CycleDays cycles;
    std::optional<std::vector<WarningTally>> warnings;
    std::vector<LevelCount> warnings_overdue;
    Date late_until;  // the last day by which an overdue one was due
    std::optional<std::vector<PlacedCount>> households;
    std::optional<std::vector<CaseTally>> cases;
    std::optional<std::vector<IssuedInMonth>> issued;
    std::vector<casework::repository::MonthCount> closed;
    std::vector<casework::repository::MonthCount> granted;
};

Date first_of_month(Date day) {
    return day - (static_cast<int>(static_cast<unsigned>(day.ymd().day())) - 1);
}

Date first_month(Date today, int months) {
    return first_of_month(today).plus_months(1 - months);
}

Outcome<Counted> count_all(Call& call, const policy::Pack& pack) {
    const policy::Procedures& procedures = pack.law.procedures;
    Counted all;
    const auto cockpit = access::Cockpit::load(call.services.policy_root / "access" / "cockpit.yaml");
    if (!cockpit) return std::unexpected(faulty_law(cockpit.error()));
    all.cockpit = *cockpit;
    all.tiles = TRY(access::read_tiles(call.desk.database));
    const Date from = first_month(call.today(), all.cockpit.months);
    const auto warnings = call.scope(Verb::read, Thing::warning);
    if (!warnings.is_empty()) {
        all.cycles = TRY(last_cycles(call.desk.data));
        all.warnings = TRY(tally_warnings(call.desk.data, warnings, all.cycles));
        all.issued = TRY(issued_by_month(call.desk.data, warnings, from));
        // Counted by the filter of the list that the figure opens: the two cannot differ.
        all.late_until = call.today() - 1;
        WarningFilter late;
        late.due_until = all.late_until;
        all.warnings_overdue = TRY(call.services.lists.warning_counts(call, warnings, late));
    }
    const auto households = call.scope(Verb::read, Thing::household);
    if (!households.is_empty()) all.households = TRY(tally_households(call.desk.data, households));
    auto readable = readable_cases(call);
    if (!readable) return all;
    const auto near = casework::near_spans(procedures, call.services.policy.calendar, call.today());
    all.cases = TRY(casework::repository::tally_cases(call.desk.database, *readable, near,
                                                      casework::targets_of(pack), call.today()));
    all.closed = TRY(casework::repository::closed_by_month(call.desk.database, *readable, from));
    all.granted = TRY(
        casework::repository::made_by_month(call.desk.database, *readable, granting_moves(procedures), from));
    return all;
}

// Sums of tallies of cases, as numbers with their lists. What is past its day is past one that the law sets,
// or past a target of the office's own alone.
struct CaseSums {
    std::uint64_t open = 0;
    std::uint64_t overdue = 0;
    std::uint64_t due_today = 0;
    std::uint64_t near = 0;
    std::uint64_t past_target = 0;

    void add(const CaseTally& one) {
        open += one.open;
        overdue += one.overdue;
        due_today += one.due_today;
        near += one.near;
        past_target += one.past_target;
    }
    [[nodiscard]] json::object with(const ListLink& list) const {
        const ListLink late = list.with("due", "overdue");
        return {{"open", counted(open, list)},
                {"overdue", counted(overdue, late)},
                {"overdue_by_law", counted(overdue - past_target, late.with("due_by", "law"))},
                {"past_target", counted(past_target, late.with("due_by", "target"))},
                {"due_today", counted(due_today, list.with("due", "today"))},
                {"near", counted(near, list.with("due", "near"))}};
    }
};

// --- levels

json::value level_json(const policy::Level& level, const Counted& all) {
    WarningTally sum;
    for (const WarningTally& one : *all.warnings) {
        if (one.level != level.id) continue;
        sum.open += one.open;
        sum.fresh += one.fresh;
        sum.fresh_before += one.fresh_before;
    }
    const ListLink of_level = ListLink(warnings_list).with("level", level.id);
    const auto late = std::ranges::find(all.warnings_overdue, level.id, &LevelCount::level);
    const std::uint64_t overdue = late == all.warnings_overdue.end() ? 0 : late->count;
    const auto issued_on = [&](std::uint64_t count, const std::optional<Date>& day) -> json::value {
        if (!day) return nullptr;
        return counted(
            count,
            of_level.with("closed", "all").with("issued_from", day->iso()).with("issued_until", day->iso()));
    };
    json::value cases = nullptr;
    if (all.cases) {
        CaseSums sums;
        for (const CaseTally& one : *all.cases)
            if (one.machine == casework::warning_machine && one.level == level.id) sums.add(one);
        cases = sums.with(
            ListLink(cases_list).with("machine", casework::warning_machine).with("level", level.id));
    }
    return json::object{
        {"level", level.id},
        {"title", words(level.title)},
        {"clause", level.clause()},
        {"open", counted(sum.open, of_level)},
        {"fresh", issued_on(sum.fresh, all.cycles.last)},
        {"fresh_before", issued_on(sum.fresh_before, all.cycles.before)},
        {"warnings_overdue", counted(overdue, of_level.with("due_until", all.late_until.iso()))},
        {"cases", std::move(cases)}};
}

json::value levels_json(const policy::Pack& pack, const Counted& all) {
    if (!all.warnings) return nullptr;
    json::array levels;
    for (const policy::Level& level : pack.levels) levels.push_back(level_json(level, all));
    return levels;
}

// --- offices

struct OfficeSums {
    std::uint64_t households = 0;
    std::map<std::string, std::uint64_t> warnings;  // by level
    CaseSums cases;
};

class Offices {
  public:
    Offices(const Call& call, const policy::Pack& pack, const Counted& all)
        : call_(call), pack_(pack), all_(all) {
        if (all.households)
            for (const PlacedCount& one : *all.households) at(one.unit).households += one.households;
        if (all.warnings)
            for (const WarningTally& one : *all.warnings) at(one.unit).warnings[one.level] += one.open;
        if (all.cases)
            for (const CaseTally& one : *all.cases) at(one.unit).cases.add(one);
    }

    [[nodiscard]] json::array to_json() {
        json::array rows;
        if (const auto* own = call_.units->find(call_.who().unit)) rows.push_back(row_json(*own));
        for (const access::Unit& unit : call_.units->units()) {
            const auto* place = call_.units->place(unit.id, call_.today());
            if (place == nullptr || place->parent != call_.who().unit) continue;
            const auto known = sums_.find(unit.id);
            const bool is_empty = known == sums_.end() || known->second.cases.open == 0;
            if (unit.kind == access::UnitKind::department && is_empty) continue;
            rows.push_back(row_json(unit));
        }
        return rows;
    }

  private:
    // Of the office itself, or of the one right below one's own under which it stands.
    OfficeSums& at(UnitId unit) {
        const auto path = call_.units->path(unit, call_.today());
        const auto own = std::ranges::find(path, call_.who().unit);
        if (own == path.end()) return elsewhere_;
        return sums_[own + 1 == path.end() ? *own : *(own + 1)];
    }

    [[nodiscard]] json::value row_json(const access::Unit& unit) {
        const OfficeSums& sums = sums_[unit.id];
        const bool is_own = unit.id == call_.who().unit;
        const auto here = [&](std::string_view list) {
            return ListLink(list).with(is_own ? "at" : "unit", unit.code);
        };
        return json::object{
            {"unit", unit.code},
            {"title", unit.title},
            {"kind", access::name_of(unit.kind)},
            {"region", unit.region ? json::value(unit.region->text()) : json::value(nullptr)},
            {"own", is_own},
            {"tile", tile_json(all_.tiles, unit.id)},
            {"households", all_.households ? json::value(counted(sums.households, here("/api/v1/households")))
                                           : json::value(nullptr)},
            {"warnings", warnings_json(sums, here(warnings_list))},
            {"cases", all_.cases ? json::value(sums.cases.with(here(cases_list))) : json::value(nullptr)}};
    }

    [[nodiscard]] json::value warnings_json(const OfficeSums& sums, const ListLink& list) const {
        if (!all_.warnings) return nullptr;
        const auto urgent_levels = static_cast<std::size_t>(all_.cockpit.urgent_levels);
        json::array levels;
        std::uint64_t open = 0;
        std::uint64_t urgent = 0;
        std::string urgent_ids;
        for (const policy::Level& level : pack_.levels) {
            const auto found = sums.warnings.find(level.id);
            const std::uint64_t count = found == sums.warnings.end() ? 0 : found->second;
            open += count;
            if (levels.size() < urgent_levels) {
                urgent += count;
                urgent_ids += (urgent_ids.empty() ? "" : ",") + level.id;
            }
            json::object row = counted(count, list.with("level", level.id));
            row["level"] = level.id;
            levels.push_back(std::move(row));
        }
        constexpr double thousand = 1000;
        json::value rate = nullptr;
        if (all_.households && sums.households != 0)
            rate = thousand * static_cast<double>(urgent) / static_cast<double>(sums.households);
        return json::object{{"open", counted(open, list)},
                            {"levels", std::move(levels)},
                            {"urgent", counted(urgent, list.with("level", urgent_ids))},
                            {"urgent_per_thousand", std::move(rate)}};
    }

    const Call& call_;
    const policy::Pack& pack_;
    const Counted& all_;
    std::map<UnitId, OfficeSums> sums_;
    OfficeSums elsewhere_;  // of cases that one opened and that are at no office of one's own now
};

// --- what is due

json::value due_json(const policy::Procedures& procedures, const Counted& all) {
    if (!all.cases) return nullptr;
    std::map<std::pair<std::string, std::string>, CaseSums> sums;
    for (const CaseTally& one : *all.cases) sums[{one.machine, one.state}].add(one);
    json::array rows;
    for (const auto& [what, sum] : sums) {
        const auto& [machine_id, state_id] = what;
        const policy::Machine* machine = procedures.machine(machine_id);
        if (machine == nullptr) continue;  // of a law that has gone: no list of today's names it
        const policy::MachineState* state = machine->state(state_id);
        json::object row = sum.with(ListLink(cases_list).with("machine", machine_id).with("state", state_id));
        row["machine"] = machine_id;
        row["machine_title"] = words(machine->title);
        row["state"] = state_id;
        row["state_title"] = words(state == nullptr ? Text{state_id, state_id} : state->title);
        rows.push_back(std::move(row));
    }
    return rows;
}

// --- the last months

std::uint64_t in_month(const std::vector<casework::repository::MonthCount>& months, std::string_view month) {
    const auto found = std::ranges::find(months, month, &casework::repository::MonthCount::month);
    return found == months.end() ? 0 : found->cases;
}

json::value issued_json(const Counted& all, std::string_view month, const ListLink& list) {
    if (!all.issued) return nullptr;
    const auto found = std::ranges::find(*all.issued, month, &IssuedInMonth::month);
    return counted(found == all.issued->end() ? 0 : found->warnings, list);
}

json::array flow_json(const Counted& all, Date today) {
    constexpr std::size_t year_and_month = 7;
    const int months_shown = all.cockpit.months;
    json::array months;
    for (int n = 0; n < months_shown; ++n) {
        const Date first = first_month(today, months_shown).plus_months(n);
        const std::string from = first.iso();
        const std::string until = (first.plus_months(1) - 1).iso();
        const std::string month = from.substr(0, year_and_month);
        const auto cases = [&](std::string_view what, std::uint64_t count) -> json::value {
            if (!all.cases) return nullptr;
            return counted(count, ListLink(cases_list)
                                      .with("closed", "all")
                                      .with(fmt::format("{}_from", what), from)
                                      .with(fmt::format("{}_until", what), until));
        };
        months.push_back(json::object{{"month", month},
                                      {"warnings", issued_json(all, month,
                                                               ListLink(warnings_list)
                                                                   .with("closed", "all")
                                                                   .with("issued_from", from)
                                                                   .with("issued_until", until))},
                                      {"closed", cases("closed", in_month(all.closed, month))},
                                      {"granted", cases("granted", in_month(all.granted, month))}});
    }
    return months;
}

// --- what arrived

// Of the datasets on which the law's indicators stand, and of those of which anything came.
Outcome<json::value> feeds_json(Call& call, const policy::Policy& law) {
    if (call.scope(Verb::read, Thing::feed).is_empty()) return json::value(nullptr);
    auto feeds = feeds_standing(call, law);
    if (!feeds) return std::unexpected(std::move(feeds).error());
    const auto needed = law.pack.datasets_in_order();
    json::array rows;
    for (const FeedStanding& feed : *feeds) {
        const auto at = static_cast<int>(feed.dataset - law.catalogue.datasets.data());
        if (feed.last || std::ranges::find(needed, at) != needed.end()) rows.push_back(feed_json(feed));
    }
    return json::value(std::move(rows));
}

Outcome<Response> overview(Call& call) {
    if (call.who().kind != access::SessionKind::staff)
        return std::unexpected(Failure(403, "not_allowed", {"本页供工作人员使用", "this page is for staff"}));
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Pack& pack = (*law)->pack;
    auto all = count_all(call, pack);
    if (!all) return std::unexpected(std::move(all).error());
    auto feeds = feeds_json(call, **law);
    if (!feeds) return std::unexpected(std::move(feeds).error());
    json::value rhythms = TRY(due_by_machine_json(call, pack.law));
    const auto* own = call.units->find(call.who().unit);
    return json_answer(json::object{{"unit", own == nullptr ? json::value(nullptr) : json::value(own->code)},
                                    {"day", call.today().iso()},
                                    {"cycle", day_or_null(all->cycles.last)},
                                    {"cycle_before", day_or_null(all->cycles.before)},
                                    {"levels", levels_json(pack, *all)},
                                    {"units", Offices(call, pack, *all).to_json()},
                                    {"due", due_json(pack.law.procedures, *all)},
                                    {"rhythms", std::move(rhythms)},
                                    {"flow", flow_json(*all, call.today())},
                                    {"feeds", std::move(*feeds)}});
}

}  // namespace

std::vector<Route> overview_routes() {
    return {{.method = "GET",
             .path = "/api/v1/overview",
             .operation = "getOverview",
             .handler = overview,
             .who = Who::signed_in}};
}

}  // namespace doudi::http
