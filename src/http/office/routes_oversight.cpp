// SPDX-License-Identifier: Apache-2.0
// Oversight: what is overdue at which office and with whom, and reminders that were sent. Each number opens
// the cases behind it. For the offices of civil affairs: colleagues are named.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/lists/reminders.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_news.h"
#include "http/office/desk_routes.h"
#include "http/people/account_reach.h"
#include "http/register/people_names.h"
#include "http/request/call.h"
#include "http/request/list_link.h"
#include "http/request/lists.h"
#include "http/request/place_asked.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;
namespace repository = casework::repository;

constexpr int created = 201;

// --- what is overdue

json::object overdue_json(const Call& call, PeopleNames& people, const repository::OverdueOf& row) {
    const auto* unit = call.units->find(row.unit);
    const bool is_taken = row.officer != access::UserId();
    const std::string officer = is_taken ? people.login(row.officer) : std::string();
    ListLink list = ListLink("/api/v1/cases").with("due", "overdue");
    if (unit != nullptr) list = list.with("at", unit->code);
    list = is_taken ? list.with("officer", officer) : list.with("untaken", "true");
    const auto late = [&call](Date due) {
        return call.services.policy.calendar.working_days_between(due, call.today());
    };
    return {{"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->code)},
            {"title", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"kind", unit == nullptr ? json::value(nullptr) : json::value(access::name_of(unit->kind))},
            {"officer", is_taken ? json::value(officer) : json::value(nullptr)},
            {"officer_name", is_taken ? people.told(row.officer) : json::value(nullptr)},
            {"overdue", counted(row.cases, list)},
            {"overdue_by_law", counted(row.cases - row.past_target, list.with("due_by", "law"))},
            {"past_target", counted(row.past_target, list.with("due_by", "target"))},
            {"oldest_due_on", row.oldest_due.iso()},
            {"working_days_late", late(row.oldest_due)},
            {"oldest_due_by_law", day_or_null(row.oldest_due_by_law)},
            {"working_days_late_by_law",
             row.oldest_due_by_law ? json::value(late(*row.oldest_due_by_law)) : json::value(nullptr)}};
}

intake::Table overdue_table(const json::array& items) {
    intake::Table table{.columns = {{"unit"},
                                    {"title"},
                                    {"officer"},
                                    {"officer_name"},
                                    {"overdue", true},
                                    {"overdue_by_law", true},
                                    {"past_target", true},
                                    {"oldest_due_on"},
                                    {"working_days_late", true},
                                    {"oldest_due_by_law"},
                                    {"working_days_late_by_law", true}},
                        .rows = {}};
    for (const json::value& item : items) {
        const auto text = [&](std::string_view key) { return text_or_empty(item.at(key)); };
        const auto count = [&](std::string_view key) {
            return std::to_string(item.at(key).at("count").to_number<std::uint64_t>());
        };
        const auto days = [&](std::string_view key) {
            const json::value& value = item.at(key);
            return value.is_null() ? std::string() : std::to_string(value.to_number<int>());
        };
        table.rows.push_back({text("unit"), text("title"), text("officer"), text("officer_name"),
                              count("overdue"), count("overdue_by_law"), count("past_target"),
                              text("oldest_due_on"), days("working_days_late"), text("oldest_due_by_law"),
                              days("working_days_late_by_law")});
    }
    return table;
}

Outcome<Response> list_overdue(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    repository::CaseFilter filter;
    const PlaceFilter place = place_asked(call, *query);
    filter.below = place.below;
    filter.day = call.today();
    if (place.at) filter.units = {*place.at};
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto rows = TRY(repository::overdue_by_officer(call.desk.database, *readable, filter,
                                                         casework::targets_of((*law)->pack), call.today()));
    PeopleNames people(call);
    json::array items;
    std::size_t at = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), at);
    const bool is_page = asked->format == "json";
    const std::size_t end = is_page ? std::min(at + asked->limit, rows.size()) : rows.size();
    for (std::size_t n = is_page ? at : 0; n < end; ++n) items.push_back(overdue_json(call, people, rows[n]));
    if (!is_page) {
        call.looked("overdue");
        return exported(call, *asked, "overdue", overdue_table(items));
    }
    std::optional<std::vector<std::string>> next;
    if (end < rows.size()) next = std::vector{std::to_string(end)};
    return page_answer(call, *asked, std::move(items), next);
}

// --- reminders

// Of the day by which was reminded: null where there is none, or the case is due by another one by now.
json::value is_target_still(const casework::SentReminder& sent, const policy::Pack& pack) {
    const auto& now = sent.about.row.now;
    if (!sent.reminder.due_on || sent.reminder.due_on != now.due_on) return nullptr;
    return casework::is_target(pack, now.due_clock, sent.about.desk.level);
}

json::object reminder_json(const Call& call, PeopleNames& people, const casework::SentReminder& sent,
                           const policy::Pack& pack) {
    const auto title = [&](access::UnitId id) -> json::value {
        const auto* unit = call.units->find(id);
        return unit == nullptr ? json::value(nullptr) : json::value(unit->title);
    };
    const casework::Reminder& one = sent.reminder;
    const std::string by = people.login(one.by);
    return {{"id", std::to_string(one.id)},
            {"case", listed_case_json(call, sent.about, pack)},
            {"to", title(one.unit)},
            {"from", title(one.from)},
            {"by", by.empty() ? json::value(nullptr) : json::value(by)},
            {"by_name", people.told(one.by)},
            {"at", time_text(micros_of(one.at))},
            {"due_on", day_or_null(one.due_on)},
            {"due_internal", is_target_still(sent, pack)},
            {"event", one.event == 0 ? json::value(nullptr) : json::value(one.event)},
            {"text", one.text}};
}

intake::Table reminders_table(const json::array& items) {
    intake::Table table{.columns = {{"reminder"},
                                    {"case"},
                                    {"household_id"},
                                    {"to"},
                                    {"from"},
                                    {"by"},
                                    {"by_name"},
                                    {"at"},
                                    {"due_on"},
                                    {"due_internal"},
                                    {"text"}},
                        .rows = {}};
    for (const json::value& item : items) {
        const auto flag = [](const json::value& value) {
            return value.is_null() ? std::string() : std::string(value.get_bool() ? "true" : "false");
        };
        table.rows.push_back({text_or_empty(item.at("id")), text_or_empty(item.at("case").at("id")),
                              text_or_empty(item.at("case").at("household")), text_or_empty(item.at("to")),
                              text_or_empty(item.at("from")), text_or_empty(item.at("by")),
                              text_or_empty(item.at("by_name")), text_or_empty(item.at("at")),
                              text_or_empty(item.at("due_on")), flag(item.at("due_internal")),
                              text_or_empty(item.at("text"))});
    }
    return table;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
    return number;
}

Outcome<Response> list_reminders(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    std::optional<casework::CaseId> of;
    if (const auto named = query->text("case")) {
        const auto number = number_in(*named);
        if (!number) query->fault("case", "no_such_case", {"没有这件办件", "there is no such case"});
        of = casework::CaseId(static_cast<std::uint64_t>(number.value_or(0)));
    }
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const bool is_page = asked->format == "json";
    auto desk = case_desk(call);
    const auto before = asked->after.empty() ? std::nullopt : number_in(asked->after[0]);
    auto sent = TRY(
        casework::list_reminders(desk, *readable, of, before, is_page ? asked->limit + 1 : most_exported));
    const bool more = is_page && sent.size() > asked->limit;
    if (more) sent.pop_back();
    PeopleNames people(call);
    json::array items;
    auto& look = call.looked("reminders");
    for (const auto& one : sent) {
        items.push_back(reminder_json(call, people, one, (*law)->pack));
        if (one.about.row.head.household) look.households.push_back(*one.about.row.head.household);
    }
    if (!is_page) return exported(call, *asked, "reminders", reminders_table(items));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(sent.back().reminder.id)};
    return page_answer(call, *asked, std::move(items), next);
}

// Whoever reminds stands above the office that is reminded.
Outcome<void> require_above(const Call& call, access::UnitId office) {
    if (office != call.who().unit && reaches(call, office)) return {};
    return std::unexpected(Failure(
        409, "not_below", {"只能督办下级单位承办的办件", "only an office below one's own is reminded"}));
}

Outcome<Response> send_reminder(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string id = fields.text("case", {.most = 20});
    const std::string text = fields.prose("text", {.most = 1000});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto found = case_in_reach(call, id);
    if (!found) return std::unexpected(std::move(found).error());
    if (auto above = require_above(call, found->row.head.unit); !above)
        return std::unexpected(std::move(above).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    casework::SentReminder sent{{}, *found};
    PeopleNames people(call);
    auto made = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        auto desk = case_desk(call, database);
        sent.reminder = TRY(casework::remind_within(desk, actor_of(call), found->row.head.id, text));
        return json_answer(reminder_json(call, people, sent, (*law)->pack), created);
    });
    auto& look = call.looked("case.reminder");
    look.verb = Verb::assign;
    if (found->row.head.household) look.households.push_back(*found->row.head.household);
    if (made && sent.reminder.id != 0) tell_of_case(call, found->row.head.id);
    return made;
}

}  // namespace

std::vector<Route> oversight_routes() {
    return {{.method = "GET",
             .path = "/api/v1/overdue",
             .operation = "listOverdue",
             .handler = list_overdue,
             .who = Who::signed_in},
            {.method = "GET",
             .path = "/api/v1/reminders",
             .operation = "listReminders",
             .handler = list_reminders,
             .who = Who::signed_in},
            {.method = "POST",
             .path = "/api/v1/reminders",
             .operation = "sendReminder",
             .handler = send_reminder,
             .verb = Verb::assign,
             .thing = Thing::task,
             .creates = true,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
