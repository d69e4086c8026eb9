// SPDX-License-Identifier: Apache-2.0
#include "http/lists/list_draft.h"

#include <boost/json.hpp>
#include <map>
#include <utility>

#include "determine/expression_words.h"
#include "determine/many.h"
#include "http/cases/case_law.h"
#include "http/office/job_asker.h"
#include "http/register/repository.h"
#include "http/request/payload.h"
#include "oversight/register_cases.h"
#include "policy/asked_condition.h"

namespace doudi::http {
namespace {

namespace json = boost::json;
using expr::Truth;

std::unexpected<Error> cancelled() {
    return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
}

// Codes of the households that stand within the asker's reach, of one office where that was asked.
Result<std::map<HouseholdId, std::string>> reached(WorkPlace& place, Desk& desk, const jobs::Job& job,
                                                   const json::object& asked) {
    constexpr std::size_t at_once = 5000;
    const Services& services = *place.services;
    const auto units = TRY(services.units.get(desk.database));
    const access::Session session = TRY(asker_now(services, desk, job, "", ""));
    const auto scope = access::Scope::of(services.roles, *units, session, access::Verb::read,
                                         access::Thing::household, civil_day(services.clock.now()));
    HouseholdFilter filter;
    if (const access::Unit* unit = units->find(text_of(asked, "unit"))) filter.place.below = unit->id;
    std::map<HouseholdId, std::string> all;
    std::string after;
    for (bool more = true; more;) {
        const auto some = TRY(list_households(desk.data, scope, filter, after, at_once));
        for (const PlacedHousehold& one : some) all.emplace(one.id, one.code);
        more = some.size() == at_once;
        if (more) after = some.back().code;
    }
    return all;
}

struct Counted {
    std::uint64_t households = 0, yes = 0, no = 0, unknown = 0;
};

Result<Counted> put_rows(const determine::TruthColumn& truth, const registry::Register& people,
                         const std::map<HouseholdId, std::string>& reach, jobs::Progress& progress) {
    constexpr std::size_t at_once = 5000;
    Counted counted;
    std::vector<jobs::ResultRow> rows;
    for (std::size_t row = 0; row < truth.size(); ++row) {
        const auto found = reach.find(people.households[row].id);
        if (found == reach.end()) continue;
        ++counted.households;
        if (truth[row] == Truth::no) {
            ++counted.no;
            continue;
        }
        const bool holds = truth[row] == Truth::yes;
        ++(holds ? counted.yes : counted.unknown);
        rows.push_back(
            {0, holds ? "yes" : "unknown", json::serialize(json::object{{"household", found->second}})});
        if (rows.size() < at_once) continue;
        if (progress.stop().stop_requested()) return cancelled();
        TRY_VOID(progress.put_rows(std::exchange(rows, {})));
    }
    TRY_VOID(progress.put_rows(std::move(rows)));
    return counted;
}

Result<Date> day_asked(Desk& desk, const json::object& asked) {
    if (const auto day = Date::parse_iso(text_of(asked, "as_of"))) return *day;
    return oversight::last_told_day(desk.data);
}

Result<std::string> list_draft_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    ensure(place.services != nullptr, "the board starts when all is there");
    const auto asked = json::parse(job.parameters).as_object();  // we wrote it
    auto desk = TRY(place.desks.take());
    const Date day = TRY(day_asked(*desk, asked));
    const auto pack = place.case_law.of(desk->database, text_of(asked, "pack"),
                                        Date::parse_iso(text_of(asked, "opened_on")).value_or(Date()));
    if (pack == nullptr)
        return fail(ErrorKind::not_found, "pack_unknown",
                    {"没有该办件所依据的政策包", "the law of the case is on the shelf no more"});
    const std::string text = text_of(asked, "condition");
    const auto condition = policy::compile_asked(pack->law, text);
    if (!condition) return std::unexpected(condition.error().front());
    progress.stage({"正在读取名册和事实", "reading the register and its facts"});
    const auto reach = TRY(reached(place, *desk, job, asked));
    const auto cases =
        TRY(oversight::read_register_cases(desk->data, place.policy.catalogue, pack->law, AsOf{day}));
    if (progress.stop().stop_requested()) return cancelled();
    progress.stage({"正在逐户判断", "asking it of each household"});
    const auto truth = determine::condition_many(pack->law, *condition, cases.cases, place.threads);
    progress.stage({"正在写入明细", "writing the rows behind the totals"});
    const Counted counted = TRY(put_rows(truth, cases.people, reach, progress));
    return json::serialize(json::object{{"as_of", day.iso()},
                                        {"condition", text},
                                        {"words", words(determine::expression_in_words(pack->law, text))},
                                        {"households", counted.households},
                                        {"yes", counted.yes},
                                        {"no", counted.no},
                                        {"unknown", counted.unknown}});
}

}  // namespace

jobs::Kind list_draft_kind(WorkPlace& place) {
    return {.name = std::string(list_draft_name),
            .lane = jobs::Lane::reading,
            .title = {"按条件拟定名单", "A list by a condition"},
            .work = [&place](const jobs::Job& job,
                             jobs::Progress& progress) { return list_draft_work(place, job, progress); },
            .fresh = {}};
}

}  // namespace doudi::http
