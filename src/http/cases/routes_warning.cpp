// SPDX-License-Identifier: Apache-2.0
// Warnings by the day that they are due, how many stand at each level, households proposed for exit, and
// events in doubt. Counts and lists are cut by the same filter: a number opens down to its rows.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <span>

#include "base/shown_name.h"
#include "http/cases/answered_warnings.h"
#include "http/cases/warning_cases.h"
#include "http/feeds/doubt_json.h"
#include "http/lists/due_left.h"
#include "http/register/chain.h"
#include "http/register/lists_now.h"
#include "http/register/reach.h"
#include "http/register/repository.h"
#include "http/request/lists.h"
#include "http/request/place_asked.h"
#include "http/request/routes.h"
#include "monitor/read.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

// What a warning stands on, as far as the reader may see it: a petition is a lead, an illness is masked.
std::vector<std::string_view> indicators_of(const ListedWarning& row, const ChainReader& reader,
                                            const policy::Policy& law) {
    constexpr std::string_view masked = "***";
    std::vector<std::string_view> parts;
    std::string_view joined = row.indicators;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(';'), joined.size());
        const auto one = joined.substr(0, end);
        const auto shown = reader.shown_indicator(row.household, law, one);
        if (shown != access::Shown::hidden) parts.push_back(shown == access::Shown::whole ? one : masked);
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return parts;
}

std::vector<std::string> level_ids(const policy::Pack& pack) {
    std::vector<std::string> ids;
    for (const auto& level : pack.levels) ids.push_back(level.id);
    return ids;
}

// One level, or several joined by commas.
std::vector<std::string> levels_asked(const policy::Pack& pack, QueryFields& query) {
    const auto known = level_ids(pack);
    std::vector<std::string> levels;
    std::string joined = query.text("level").value_or("");
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(','), joined.size());
        levels.push_back(joined.substr(0, end));
        joined.erase(0, end + 1);
        if (std::ranges::find(known, levels.back()) != known.end()) continue;
        query.fault("level", "not_one_of",
                    {fmt::format("应为 {} 之一", fmt::join(known, "、")),
                     fmt::format("takes one of {}", fmt::join(known, ", "))});
        return {};
    }
    return levels;
}

struct WarningsAsked {
    WarningFilter filter;
    std::optional<AnsweredBy> answered;

    [[nodiscard]] const AnsweredBy* by() const { return answered ? &*answered : nullptr; }
};

// One that the reader is shown whole where they sit: a list that is cut by another would tell what is masked.
std::string indicator_asked(Call& call, const policy::Policy& law, QueryFields& query) {
    const auto id = query.text("indicator");
    if (!id) return {};
    PlacedHousehold own;
    own.unit = call.who().unit;
    own.assigned = true;
    const bool is_known = law.pack.indicator_of(*id) >= 0;
    if (is_known && ChainReader(call).shown_indicator(own, law, *id) == access::Shown::whole) return *id;
    query.fault("indicator", "no_such_indicator",
                {"没有这项指标，或不能按它筛选", "there is no such indicator, or no list is cut by it"});
    return {};
}

Outcome<WarningsAsked> warnings_asked(Call& call, const policy::Policy& law, QueryFields& query) {
    const policy::Pack& pack = law.pack;
    WarningFilter filter;
    filter.indicator = indicator_asked(call, law, query);
    filter.category = query.text("category").value_or("");
    filter.levels = levels_asked(pack, query);
    filter.region = query.text("region").value_or("");
    filter.due_from = query.date("due_from");
    filter.due_until = query.date("due_until");
    filter.issued_from = query.date("issued_from");
    filter.issued_until = query.date("issued_until");
    const auto closed = query.word("closed", {"true", "false", "all"}).value_or("false");
    if (closed == "all") filter.is_closed = std::nullopt;
    if (closed == "true") filter.is_closed = true;
    filter.place = place_asked(call, query);
    auto answered = answer_asked(call, pack.law, query);
    if (!answered) return std::unexpected(std::move(answered).error());
    return WarningsAsked{std::move(filter), std::move(*answered)};
}

// Cases go on while nothing is published: what is cut by them is asked of the store.
Result<std::vector<ListedWarning>> warnings_page(Call& call, const access::Scope& scope,
                                                 const WarningsAsked& of, const WarningPlace& after,
                                                 std::size_t limit) {
    if (!of.answered) return call.services.lists.warnings(call, scope, of.filter, after, limit);
    return list_warnings_answered(call.desk.data, scope, of.filter, of.by(), after, limit);
}
Result<std::vector<LevelCount>> warnings_counted(Call& call, const access::Scope& scope,
                                                 const WarningsAsked& of) {
    if (!of.answered) return call.services.lists.warning_counts(call, scope, of.filter);
    return count_warnings_answered(call.desk.data, scope, of.filter, of.by());
}

// What a level stands on, and a proposal of natural exit: no list of verdicts without it.
std::string clause_of_level(const policy::Pack& pack, std::string_view id) {
    const auto level = std::ranges::find(pack.levels, id, &policy::Level::id);
    return level == pack.levels.end() ? std::string() : level->clause();
}
// Is a due date of this level the office's own target, and no term of the notice?
bool level_has_target(const policy::Pack& pack, std::string_view id) {
    const auto level = std::ranges::find(pack.levels, id, &policy::Level::id);
    return level != pack.levels.end() && level->target >= 0;
}
std::string clause_of_exit(const policy::Pack& pack) {
    const auto ends = std::ranges::find(pack.indicators, true, &policy::Indicator::ends_household);
    return ends == pack.indicators.end() ? std::string() : ends->clause();
}

// Names of heads, as far as the right by which warnings are read shows them; none of households that a page
// does not hold.
class HeadNames {
  public:
    [[nodiscard]] static Result<HeadNames> of(Call& call, const std::vector<ListedWarning>& rows) {
        std::vector<HouseholdId> ids;
        for (const auto& row : rows) ids.push_back(row.household.id);
        return of(call, ids);
    }
    [[nodiscard]] static Result<HeadNames> of(Call& call, const std::vector<PlacedHousehold>& rows) {
        std::vector<HouseholdId> ids;
        for (const auto& row : rows) ids.push_back(row.id);
        return of(call, ids);
    }
    [[nodiscard]] json::value name(const PlacedHousehold& row) const {
        const auto head = heads_.find(row.id);
        if (head == heads_.end()) return nullptr;
        return shower_.text(FieldClass::name, row.row(), head->second);
    }

  private:
    explicit HeadNames(Call& call) : shower_(call, Thing::warning) {}
    [[nodiscard]] static Result<HeadNames> of(Call& call, std::span<const HouseholdId> ids) {
        HeadNames names(call);
        for (auto& one : TRY(registry::read_households(call.desk.data, call.desk.data.current(), ids)))
            names.heads_.emplace(one.id, std::move(one.head_name));
        return names;
    }
    Shower shower_;
    std::map<HouseholdId, std::string> heads_;
};

json::object warning_json(const Call& call, const ListedWarning& row, bool with_score,
                          const ChainReader& reader, const policy::Policy& law, const AnsweringCases& cases) {
    json::array indicators;
    for (const auto one : indicators_of(row, reader, law)) indicators.emplace_back(one);
    json::object body{
        {"id", std::to_string(row.id)},
        {"household", row.household.code},
        {"head_name", nullptr},
        {"category", row.category},
        {"region", row.region},
        {"level", row.level},
        {"score", nullptr},
        {"issued_on", row.issued_on.iso()},
        {"closed_on", day_or_null(row.closed_on)},
        {"due_on", nullptr},
        {"due_provisional", row.due_provisional},
        {"working_days_left", row.closed_on ? json::value(nullptr) : working_days_left(call, row.due_on)},
        {"due_is_target", row.due_on && level_has_target(law.pack, row.level)},
        {"indicators", std::move(indicators)},
        {"clause", clause_of_level(law.pack, row.level)},
        {"case", cases.to_json(row.id)}};
    if (with_score) body["score"] = row.score;
    if (row.due_on) body["due_on"] = row.due_on->iso();
    return body;
}

Outcome<Response> export_warnings(Call& call, const PageAsked& asked, const WarningsAsked& of,
                                  const access::Scope& scope, const policy::Policy& law) {
    const auto rows =
        TRY(list_warnings_answered(call.desk.data, scope, of.filter, of.by(), {}, most_exported));
    const access::FieldView view(call.services.roles, *call.units, call.who(), Thing::warning, call.today());
    intake::Table table{.columns = {{"household_id"},
                                    {"head_name"},
                                    {"category"},
                                    {"region"},
                                    {"score", true},
                                    {"level"},
                                    {"issued_on"},
                                    {"due_on"},
                                    {"indicators"},
                                    {"clause"},
                                    {"case"},
                                    {"case_state"},
                                    {"case_unit"},
                                    {"case_due_on"}},
                        .rows = {}};
    const AnsweringCases cases(call, law.pack, TRY(answering_cases(call, rows)));
    const HeadNames heads = TRY(HeadNames::of(call, rows));
    const ChainReader reader(call, TRY(call.reveals()));
    auto& look = call.looked("warnings.export");
    for (const auto& row : rows) {
        const bool with_score = view.shown(FieldClass::score, row.household.row()) == access::Shown::whole;
        table.rows.push_back({row.household.code, text_or_empty(heads.name(row.household)), row.category,
                              row.region, with_score ? std::to_string(row.score) : "", row.level,
                              row.issued_on.iso(), row.due_on ? row.due_on->iso() : "",
                              fmt::format("{}", fmt::join(indicators_of(row, reader, law), ";")),
                              clause_of_level(law.pack, row.level)});
        std::ranges::move(cases.cells(row.id), std::back_inserter(table.rows.back()));
        look.households.push_back(row.household.id);
    }
    return exported(call, asked, "warnings", std::move(table));
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto of = warnings_asked(call, **law, *query);
    if (!of) return std::unexpected(of.error());
    auto asked = page_asked(call, *query, faults, 2);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto scope = call.scope(Verb::read, Thing::warning);
    if (asked->format != "json") return export_warnings(call, *asked, *of, scope, **law);
    WarningPlace after;
    if (!asked->after.empty()) {
        after.due = asked->after[0];
        std::from_chars(asked->after[1].data(), asked->after[1].data() + asked->after[1].size(), after.id);
    }
    auto rows = TRY(warnings_page(call, scope, *of, after, asked->limit + 1));
    const bool more = rows.size() > asked->limit;
    if (more) rows.pop_back();
    const access::FieldView view(call.services.roles, *call.units, call.who(), Thing::warning, call.today());
    json::array items;
    const ChainReader reader(call, TRY(call.reveals()));
    const AnsweringCases cases(call, (*law)->pack, TRY(answering_cases(call, rows)));
    const HeadNames heads = TRY(HeadNames::of(call, rows));
    auto& look = call.looked("warnings");
    for (const auto& row : rows) {
        json::object item = warning_json(
            call, row, view.shown(FieldClass::score, row.household.row()) == access::Shown::whole, reader,
            **law, cases);
        item["head_name"] = heads.name(row.household);
        items.push_back(std::move(item));
        look.households.push_back(row.household.id);
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{due_key(rows.back().due_on), std::to_string(rows.back().id)};
    return page_answer(call, *asked, std::move(items), next);
}

Outcome<Response> counts(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto of = warnings_asked(call, **law, *query);
    if (!of) return std::unexpected(of.error());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto counted = TRY(warnings_counted(call, call.scope(Verb::read, Thing::warning), *of));
    json::array levels;
    std::uint64_t total = 0;
    for (const auto& level : (*law)->pack.levels) {
        const auto count = std::ranges::find(counted, level.id, &LevelCount::level);
        levels.push_back(json::object{{"level", level.id},
                                      {"title", words(level.title)},
                                      {"count", count == counted.end() ? 0 : count->count}});
    }
    for (const auto& count : counted) total += count.count;
    return json_answer(json::object{{"total", total}, {"levels", std::move(levels)}});
}

// A list of households alone, by code.
using Lister = Result<std::vector<PlacedHousehold>> (*)(store::DataFolder&, const access::Scope&,
                                                        std::string_view, std::size_t);
Outcome<std::vector<PlacedHousehold>> page_of(Call& call, const PageAsked& asked, Lister lister, bool& more) {
    auto rows = TRY(lister(call.desk.data, call.scope(Verb::read, Thing::warning),
                           asked.after.empty() ? "" : asked.after[0],
                           asked.format == "json" ? asked.limit + 1 : most_exported));
    more = asked.format == "json" && rows.size() > asked.limit;
    if (more) rows.pop_back();
    return rows;
}

// The ends of life behind a proposal, as far as the reader may see what their datasets tell.
class ExitsTold {
  public:
    ExitsTold(Call& call, const policy::Policy& law, const std::vector<access::Reveal>& revealed)
        : call_(call), law_(law), reader_(call, revealed), shower_(call, Thing::warning) {}

    // With `withheld`: how many of its events are not shown.
    Result<json::object> of(const PlacedHousehold& row, access::Look& look) {
        const auto told = TRY(monitor::exit_events(call_.desk.data, row.id));
        const auto members = TRY(registry::members_of(call_.desk.data, call_.desk.data.current(), row.id));
        json::array events;
        for (const auto& event : told) {
            if (!reader_.sees_told(row, event.dataset, event.person)) continue;
            const auto member = std::ranges::find(members, event.person, &registry::Member::id);
            const bool is_known = member != members.end();
            const int dataset = law_.catalogue.index_of(event.dataset);
            const auto at = static_cast<std::size_t>(dataset);
            events.push_back(json::object{
                {"name",
                 is_known ? shower_.text(FieldClass::name, row.row(), member->name) : json::value(nullptr)},
                {"relation", event.relation},
                {"indicator", event.indicator},
                {"date", event.date.iso()},
                {"dataset_title",
                 dataset < 0 ? json::value(nullptr) : json::value(words(law_.catalogue.datasets[at].title))},
                {"clause", event.clause}});
            look.persons.push_back(event.person);
        }
        const auto withheld = static_cast<std::int64_t>(told.size() - events.size());
        return json::object{{"events", std::move(events)}, {"withheld", withheld}};
    }

  private:
    Call& call_;
    const policy::Policy& law_;
    ChainReader reader_;
    Shower shower_;
};

// A line for each event that is shown, or one without any.
void add_exit_lines(const Call& call, const json::object& item, intake::Table& table) {
    const auto line = [&](const json::value& event) {
        const auto cell = [&](std::string_view key) {
            return event.is_null() ? std::string() : text_or_empty(event.at(key));
        };
        std::string dataset;
        if (!event.is_null() && event.at("dataset_title").is_object())
            dataset = text_or_empty(event.at("dataset_title").at(call.lang == Lang::en ? "en" : "zh"));
        table.rows.push_back({text_or_empty(item.at("household")), text_or_empty(item.at("head_name")),
                              cell("name"), cell("relation"), cell("indicator"), cell("date"),
                              std::move(dataset), cell("clause"), text_or_empty(item.at("clause"))});
    };
    const json::array& events = item.at("events").get_array();
    if (events.empty()) line(nullptr);
    for (const json::value& event : events) line(event);
}

Outcome<Response> exits(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    bool more = false;
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto rows = page_of(call, *asked, list_exits, more);
    if (!rows) return std::unexpected(std::move(rows).error());
    json::array items;
    intake::Table table{.columns = {{"household_id"},
                                    {"head_name"},
                                    {"member_name"},
                                    {"relation"},
                                    {"indicator"},
                                    {"event_date"},
                                    {"dataset"},
                                    {"event_clause"},
                                    {"clause"}},
                        .rows = {}};
    const std::string clause = clause_of_exit((*law)->pack);
    const HeadNames heads = TRY(HeadNames::of(call, *rows));
    ExitsTold ends(call, **law, TRY(call.reveals()));
    auto& look = call.looked("exits");
    for (const auto& row : *rows) {
        json::object item = TRY(ends.of(row, look));
        item["household"] = row.code;
        item["head_name"] = heads.name(row);
        item["clause"] = clause;
        add_exit_lines(call, item, table);
        items.push_back(std::move(item));
        look.households.push_back(row.id);
    }
    if (asked->format != "json") return exported(call, *asked, "exits", std::move(table));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{rows->back().code};
    return page_answer(call, *asked, std::move(items), next);
}

Outcome<Response> doubts(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    bool more = false;
    auto households = page_of(call, *asked, list_doubted, more);
    if (!households) return std::unexpected(std::move(households).error());
    const ChainReader reader(call, TRY(call.reveals()));
    auto& look = call.looked("doubts");
    json::array items;
    intake::Table table{.columns = {{"household_id"},
                                    {"event_date"},
                                    {"indicator"},
                                    {"outcome"},
                                    {"reason"},
                                    {"dataset"},
                                    {"file"},
                                    {"row", true},
                                    {"clause"}},
                        .rows = {}};
    for (const auto& household : *households) {
        look.households.push_back(household.id);
        for (const auto& doubt : TRY(monitor::list_doubts(call.desk.data, household.code))) {
            if (!reader.sees_told(household, doubt.dataset, doubt.person)) continue;
            json::object item = doubt_json(doubt);
            item["household"] = doubt.household;
            items.push_back(std::move(item));
            table.rows.push_back({doubt.household, doubt.date.iso(), doubt.indicator, doubt.outcome,
                                  doubt.reason, doubt.dataset, shown_file_name(doubt.file_name),
                                  std::to_string(doubt.row), doubt.clause});
        }
    }
    if (asked->format != "json") return exported(call, *asked, "doubts", std::move(table));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{households->back().code};
    return page_answer(call, *asked, std::move(items), next);
}

}  // namespace

std::vector<Route> warning_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/warnings",
         .operation = "listWarnings",
         .handler = list,
         .thing = Thing::warning},
        {.method = "GET",
         .path = "/api/v1/warnings/counts",
         .operation = "countWarnings",
         .handler = counts,
         .thing = Thing::warning},
        {.method = "GET",
         .path = "/api/v1/exits",
         .operation = "listExits",
         .handler = exits,
         .thing = Thing::warning},
        {.method = "GET",
         .path = "/api/v1/doubts",
         .operation = "listDoubts",
         .handler = doubts,
         .thing = Thing::warning},
    };
}

}  // namespace doudi::http
