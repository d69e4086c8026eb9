// SPDX-License-Identifier: Apache-2.0
// What must happen by rhythm: each rhythm of the law with when it last ran and when it is due, the households
// that are due, and the opening of their cases by a person.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "casework/returned/returned_due.h"
#include "casework/rhythms/rhythm_opening.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_news.h"
#include "http/cases/case_values.h"
#include "http/lists/due_words.h"
#include "http/lists/rhythm_sums.h"
#include "http/office/desk_routes.h"
#include "http/register/reach.h"
#include "http/register/repository.h"
#include "http/request/list_link.h"
#include "http/request/listed.h"
#include "http/request/place_asked.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using casework::OpenedDue;
using casework::RhythmRule;
using casework::repository::DueFilter;
using casework::repository::ListedDue;
namespace json = boost::json;
namespace repository = casework::repository;

constexpr std::string_view due_list = "/api/v1/rhythms/due";

// --- the households that are due

repository::DuePlace place_of(const PageAsked& asked) {
    repository::DuePlace after;
    if (asked.after.empty()) return after;
    after.due = asked.after[0];
    std::from_chars(asked.after[1].data(), asked.after[1].data() + asked.after[1].size(), after.household);
    after.category = asked.after[2];
    after.machine = asked.after[3];
    return after;
}

class DueRows {
  public:
    DueRows(Call& call, const policy::Law& law, Date day)
        : call_(call),
          law_(law),
          rules_(casework::rhythms_of(law)),
          shower_(call, Thing::household),
          day_(day) {}

    // `is_page`: with what was said why a line is not opened yet; of a file each row would ask for it.
    [[nodiscard]] Result<json::array> items(const std::vector<ListedDue>& rows, bool is_page) {
        std::vector<HouseholdId> ids;
        for (const ListedDue& row : rows)
            if (ids.empty() || ids.back() != row.line.household) ids.push_back(row.line.household);
        const auto households =
            TRY(registry::read_households(call_.desk.data, call_.desk.data.current(), ids));
        auto& look = call_.looked("rhythms.due");
        json::array items;
        std::size_t at = 0;
        for (const ListedDue& row : rows) {
            while (households[at].id != row.line.household) ++at;
            json::object one = item(row, households[at]);
            if (is_page) TRY_VOID(add_put_off(one, row.line));
            items.push_back(std::move(one));
            look.households.push_back(row.line.household);
        }
        return items;
    }

  private:
    Result<void> add_put_off(json::object& one, const casework::DueLine& line) {
        auto desk = case_desk(call_);
        const auto said = TRY(casework::put_off(desk, line));
        if (!said) return {};
        PeopleNames people(call_);
        one["put_off"] = json::object{{"reason", said->reason},
                                      {"at", time_text(micros_of(said->at))},
                                      {"by_name", people.told(said->by)}};
        return {};
    }

    json::object item(const ListedDue& row, const registry::Household& household) const {
        const casework::DueLine& line = row.line;
        const RhythmRule* rule = casework::rule_on(rules_, line, day_);
        const auto* unit = row.unit ? call_.units->find(*row.unit) : nullptr;
        const access::ScopedRow scoped{.household = line.household, .unit = row.unit};
        return {{"household", row.code},
                {"head_name", shower_.text(FieldClass::name, scoped, household.head_name)},
                {"region", row.region},
                {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->code)},
                {"unit_title", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
                {"category", line.category},
                {"category_title", words(category_title(law_, line.category))},
                {"machine", line.machine},
                {"machine_title", words(machine_title(law_, line.machine))},
                {"rhythm", rule == nullptr ? line.rhythm : rule->id},
                {"title", words(rule == nullptr ? Text{line.rhythm, line.rhythm} : rule->title)},
                {"clause", rule == nullptr ? std::string() : rule->element->cite.text()},
                {"last_on", day_or_null(line.last_on)},
                {"last_case", line.last_case ? json::value(std::to_string(line.last_case->value()))
                                             : json::value(nullptr)},
                {"due_on", day_or_null(line.due_on)},
                {"sure_on", day_or_null(line.sure_on)},
                {"due", repository::name_of(repository::part_on(line, day_))},
                {"standing", words(standing_words(law_, line, day_))},
                {"waits_for", line.waits_for},
                {"put_off", nullptr}};
    }

    Call& call_;
    const policy::Law& law_;
    std::vector<RhythmRule> rules_;
    Shower shower_;
    Date day_;
};

const std::initializer_list<ListedColumn> due_columns{
    {"household"}, {"head_name"}, {"unit_title"}, {"category_title"}, {"title"}, {"clause"}, {"last_on"},
    {"due_on"},    {"sure_on"},   {"due"},        {"standing"}};

Outcome<Response> list_due(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const DueFilter filter = due_filter(call, *query, (*law)->pack.law);
    auto asked = page_asked(call, *query, faults, 4);
    if (!asked) return std::unexpected(std::move(asked).error());
    const bool is_page = !is_file(*asked);
    auto rows = TRY(repository::list_due(call.desk.database, call.scope(Verb::read, Thing::household), filter,
                                         place_of(*asked), most_of(*asked) + (is_page ? 1 : 0)));
    const bool more = is_page && rows.size() > asked->limit;
    if (more) rows.pop_back();
    json::array items = TRY(DueRows(call, (*law)->pack.law, filter.day).items(rows, is_page));
    std::optional<std::vector<std::string>> next;
    if (more) {
        const casework::DueLine& last = rows.back().line;
        next = std::vector{repository::due_key(last.due_on), std::to_string(last.household.value()),
                           last.category, last.machine};
    }
    return listed(call, *asked, "rhythms-due", due_columns, std::move(items), next);
}

// --- a person opens them

struct LineAsked {
    std::string household, category, machine;
};

std::vector<LineAsked> lines_asked(BodyFields& fields, FieldFaults& faults) {
    constexpr std::size_t most_lines = 500;
    std::vector<LineAsked> lines;
    const json::value* list = fields.value("lines");
    const json::array* items = list == nullptr ? nullptr : list->if_array();
    if (list != nullptr && (items == nullptr || items->empty() || items->size() > most_lines)) {
        fields.fault("lines", "not_in_range", {"应为 1 到 500 项的列表", "takes a list of 1 to 500"});
        return lines;
    }
    for (std::size_t n = 0; items != nullptr && n < items->size(); ++n) {
        BodyFields one((*items)[n], faults, fmt::format("/lines/{}", n));
        LineAsked line;
        line.household = one.text("household");
        line.category = one.optional_text("category").value_or("");
        line.machine = one.text("machine");
        one.finish();
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string_view outcome_of(OpenedDue::Kind kind) {
    switch (kind) {
        case OpenedDue::Kind::made:
            return "made";
        case OpenedDue::Kind::already_there:
            return "already_there";
        case OpenedDue::Kind::not_due:
            return "not_due";
        default:
            return "refused";
    }
}

// One of many: what is out of reach, or being done already, is not there.
Outcome<json::object> open_one(Call& call, const std::string& pack, const LineAsked& asked,
                               std::optional<Date> due_on) {
    DueFilter filter;
    filter.day = call.today();
    filter.code = asked.household;
    filter.machine = asked.machine;
    json::object answer{{"household", asked.household},
                        {"category", asked.category},
                        {"machine", asked.machine},
                        {"outcome", "not_there"},
                        {"case", nullptr},
                        {"faults", json::array()}};
    auto desk = case_desk(call);
    const auto scope = call.scope(Verb::read, Thing::household);
    OpenedDue opened;
    bool is_there = false;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        for (const ListedDue& row : TRY(repository::list_due(desk.shelf.database, scope, filter, {}, 50))) {
            if (row.line.category != asked.category) continue;
            is_there = true;
            opened = TRY(casework::open_due_within(desk, actor_of(call), pack, row, due_on));
            if (call.look) call.look->households.push_back(row.line.household);
        }
        return {};
    }));
    if (!is_there) return answer;
    answer["outcome"] = outcome_of(opened.kind);
    if (opened.of) answer["case"] = std::to_string(opened.of->value());
    if (opened.kind == OpenedDue::Kind::refused) answer["faults"] = moved_json(opened.moved)["faults"];
    if (opened.kind == OpenedDue::Kind::made) tell_of_move(call, opened.moved);
    return answer;
}

Outcome<Response> open_due(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const auto lines = lines_asked(fields, faults);
    const auto due_on = fields.optional_date("due_on");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    call.looked("rhythms.opened").verb = Verb::create;
    json::array items;
    for (const LineAsked& line : lines) {
        auto one = open_one(call, (*law)->pack.id, line, due_on);
        if (!one) return std::unexpected(std::move(one).error());
        items.push_back(std::move(*one));
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

// --- what must happen by rhythm

// When it happened last, as far as the asker reaches.
struct LastRun {
    std::optional<Date> on;
    std::optional<casework::CaseId> of;
};

Outcome<LastRun> last_run(Call& call, const RhythmRule& rule) {
    if (rule.by_cycle) return LastRun{TRY(last_cycles(call.desk.data)).last, std::nullopt};
    if (rule.since.empty()) return LastRun{};
    auto readable = readable_cases(call);
    if (!readable) return LastRun{};
    const auto made = TRY(repository::last_made(call.desk.database, *readable, rule.since));
    if (!made) return LastRun{};
    return LastRun{made->on, made->of};
}

std::optional<int> months_at(const Call& call, const policy::Law& law, const RhythmRule& rule) {
    if (rule.every.parameter.empty()) return rule.every.months;
    const std::string region = call.units->region_of(call.who().unit, call.today());
    const auto* value = law.value_of(law.parameter_of(rule.every.parameter), region, "", call.today());
    if (value == nullptr) return std::nullopt;
    return static_cast<int>(value->value.as_integer());
}

// How an office's own rhythm stands.
std::pair<std::string_view, Text> office_standing(const policy::Law& law, const RhythmRule& rule,
                                                  const std::optional<Date>& last,
                                                  const std::optional<Date>& due, Date today) {
    const bool is_recorded = rule.by_cycle || !rule.since.empty();
    if (!is_recorded) return {"unrecorded", {"本系统尚无记录来源，由人工掌握", "nothing here records it"}};
    if (!rule.set_by.zh.empty())
        return {"unset", {"周期由" + rule.set_by.zh + "确定", "the rhythm is set by " + rule.set_by.en}};
    if (!due && last) {
        const Text why = missing_words(law, "param." + rule.every.parameter);
        return {"unset", why};
    }
    if (!last) return {"never", {"尚无开展记录", "it is not recorded that it ever happened"}};
    if (*due < today) return {"overdue", late_words(today - *due)};
    if (*due == today) return {"due", {"今日到期", "due today"}};
    return {"later", {due->iso() + " 到期", "due on " + due->iso()}};
}

json::object row_json(const policy::Law& law, const RhythmRule& rule, const std::optional<int>& months) {
    const bool is_unset = !months && (!rule.every.parameter.empty() || !rule.set_by.zh.empty());
    json::value set_by = nullptr;
    if (is_unset && !rule.set_by.zh.empty()) set_by = words(rule.set_by);
    if (is_unset && !rule.every.parameter.empty())
        set_by = words(missing_words(law, "param." + rule.every.parameter));
    return {{"rhythm", rule.id},
            {"title", words(rule.title)},
            {"clause", rule.element->cite.text()},
            {"every_months", months ? json::value(*months) : json::value(nullptr)},
            {"by_validity", rule.by_validity},
            {"unset", std::move(set_by)},
            {"of", rule.of_households() ? "households" : "office"},
            {"last_on", nullptr},
            {"last_case", nullptr},
            {"due_on", nullptr},
            {"state", nullptr},
            {"standing", nullptr},
            {"households", nullptr}};
}

Text coverage_words(const repository::DueCount& count, bool is_unset, const Text& why) {
    if (count.lines() == 0) return {"没有到期的户", "no household is concerned"};
    if (is_unset)
        return {fmt::format("{}；共 {} 户，有记录 {} 户", why.zh, count.lines(), count.seen),
                fmt::format("{}; of {} households {} are on record", why.en, count.lines(), count.seen)};
    return {
        fmt::format("共 {} 户：超期 {}，本月 {}，可能到期 {}，日期不明 {}，未到期 {}", count.lines(),
                    count.overdue, count.month, count.perhaps, count.unknown, count.later),
        fmt::format("of {} households: {} overdue, {} this month, {} perhaps, {} of no known day, {} later",
                    count.lines(), count.overdue, count.month, count.perhaps, count.unknown, count.later)};
}

Outcome<json::object> rhythm_json(Call& call, const policy::Law& law, const RhythmRule& rule,
                                  const DueFilter& place, const ListLink& list) {
    const std::optional<int> months = months_at(call, law, rule);
    json::object row = row_json(law, rule, months);
    if (rule.of_households()) {
        DueFilter filter = place;
        filter.rhythm = rule.id;
        const auto count =
            TRY(repository::count_due(call.desk.database, call.scope(Verb::read, Thing::household), filter));
        const bool is_unset = !rule.by_validity && !months;
        row["state"] = is_unset ? "unset" : count.overdue > 0 ? "overdue" : count.month > 0 ? "due" : "later";
        row["standing"] =
            words(coverage_words(count, is_unset, missing_words(law, "param." + rule.every.parameter)));
        row["households"] = due_sums_json(count, list.with("rhythm", rule.id));
        return row;
    }
    auto last = last_run(call, rule);
    if (!last) return std::unexpected(std::move(last).error());
    std::optional<Date> due;
    if (last->on && months) due = last->on->plus_months(*months);
    const auto [state, standing] = office_standing(law, rule, last->on, due, call.today());
    row["last_on"] = day_or_null(last->on);
    if (last->of) row["last_case"] = std::to_string(last->of->value());
    row["due_on"] = day_or_null(due);
    row["state"] = state;
    row["standing"] = words(standing);
    return row;
}

const std::initializer_list<ListedColumn> rhythm_columns{{"rhythm"},
                                                         {"title"},
                                                         {"clause"},
                                                         {"every_months", true},
                                                         {"last_on"},
                                                         {"due_on"},
                                                         {"state"},
                                                         {"standing"},
                                                         {"households/overdue/count", true},
                                                         {"households/month/count", true},
                                                         {"households/unknown/count", true}};

Outcome<Response> list_rhythms(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    // The law of warnings keeps no figures but its targets: months are asked of the law of casework.
    const auto figures = law_of_case(call, (*law)->pack.id, call.today());
    if (!figures) return std::unexpected(figures.error());
    DueFilter place;
    place.day = call.today();
    const PlaceFilter asked_place = place_asked(call, *query);
    place.below = asked_place.below;
    place.at = asked_place.at;
    const auto unit = query->text("unit").value_or("");
    const auto at = query->text("at").value_or("");
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    const ListLink list = ListLink(due_list).with("unit", unit).with("at", at);
    json::array items;
    for (const RhythmRule& rule : casework::rhythms_of((*figures)->law)) {
        auto row = rhythm_json(call, (*figures)->law, rule, place, list);
        if (!row) return std::unexpected(std::move(row).error());
        items.push_back(std::move(*row));
    }
    return listed(call, *asked, "rhythms", rhythm_columns, std::move(items));
}

}  // namespace

std::vector<Route> rhythm_routes() {
    const auto reads = [](std::string_view path, std::string_view operation, Handler handler) {
        return Route{.method = "GET", .path = path, .operation = operation, .handler = handler};
    };
    return {reads("/api/v1/rhythms", "listRhythms", list_rhythms),
            reads(due_list, "listDueByRhythm", list_due),
            {.method = "POST",
             .path = due_list,
             .operation = "openDueByRhythm",
             .handler = open_due,
             .request_type = "application/json",
             .deadline = std::chrono::seconds{60}}};
}

}  // namespace doudi::http
