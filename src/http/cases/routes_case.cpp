// SPDX-License-Identifier: Apache-2.0
// Cases to look at: the procedures of the pack, work by the day on which it is due, one case whole.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

#include "casework/kept/attachments.h"
#include "casework/payments/payroll.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_names.h"
#include "http/cases/case_routes.h"
#include "http/cases/case_subject.h"
#include "http/cases/case_values.h"
#include "http/cases/category_days.h"
#include "http/register/repository.h"
#include "http/request/lists.h"

namespace doudi::http {

namespace repository = casework::repository;
namespace json = boost::json;

Outcome<Response> list_procedures(Call& call) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Procedures& procedures = (*law)->pack.law.procedures;
    json::array machines;
    json::array fields;
    json::array papers;
    for (const auto& machine : procedures.machines)
        machines.push_back(machine_json((*law)->pack.law, machine));
    for (const auto& field : procedures.fields) fields.push_back(field_json(field, (*law)->pack.law));
    for (const auto& paper : procedures.papers)
        papers.push_back(
            json::object{{"id", paper.id}, {"title", words(paper.title)}, {"clause", paper.cite.text()}});
    return json_answer(json::object{{"pack", (*law)->pack.id},
                                    {"pack_title", words((*law)->pack.title)},
                                    {"machines", std::move(machines)},
                                    {"fields", std::move(fields)},
                                    {"papers", std::move(papers)}});
}

namespace {

intake::Table table_of(const Call& call, const std::vector<repository::ListedCase>& rows,
                       const policy::Pack& pack) {
    intake::Table table{.columns = {{"case"},
                                    {"machine"},
                                    {"household_id"},
                                    {"unit"},
                                    {"department"},
                                    {"state"},
                                    {"track"},
                                    {"opened_on"},
                                    {"due_on"},
                                    {"due_clock"},
                                    {"due_internal"},
                                    {"closed"}},
                        .rows = {}};
    for (const auto& one : rows) {
        const json::object row = listed_case_json(call, one, pack);
        const auto text = [&](std::string_view key) { return text_or_empty(row.at(key)); };
        table.rows.push_back({text("id"), text("machine"), text("household"), text("unit"),
                              text("department"), text("state"), text("track"), text("opened_on"),
                              text("due_on"), one.row.now.due_clock,
                              row.at("due_internal").get_bool() ? "true" : "false",
                              row.at("closed").get_bool() ? "true" : "false"});
    }
    return table;
}

// What is wanted, in the words of whoever asked for it: what a card of a board says beside the name. Of a
// case that has no such field, or whose reader is not told it, null.
Result<json::value> need_of(Call& call, casework::Desk& desk, const repository::ListedCase& one,
                            const policy::Law& law) {
    constexpr std::string_view need = "need";
    const auto& head = one.row.head;
    const policy::FieldRule* field = law.procedures.field(need);
    const access::Session& who = call.who();
    const bool is_office = who.kind == access::SessionKind::staff && who.department.empty();
    const bool is_addressed = !who.department.empty() && who.department == head.department;
    if (field == nullptr || (!is_office && (!is_addressed || field->sensitive))) return json::value(nullptr);
    const auto state = casework::fold(TRY(repository::select_events(desk.shelf, head)));
    const auto told = state.fields.find(std::string(need));
    if (told == state.fields.end()) return json::value(nullptr);
    json::array texts;
    for (const std::string& text : CaseValues(call).of(field, told->second)) texts.emplace_back(text);
    return json::value(std::move(texts));
}

// The open one at one's own office before any other.
casework::CaseId case_of_list(const Call& call, const std::vector<repository::ListedCase>& rows) {
    const auto own = std::ranges::find_if(rows, [&call](const repository::ListedCase& one) {
        return !one.row.now.is_closed && one.row.head.unit == call.who().unit;
    });
    return (own == rows.end() ? rows.front() : *own).row.head.id;
}

repository::CasePlace place_of(const PageAsked& asked) {
    repository::CasePlace after;
    if (asked.after.empty()) return after;
    after.due = asked.after[0];
    std::from_chars(asked.after[1].data(), asked.after[1].data() + asked.after[1].size(), after.id);
    return after;
}

void look_at(access::Look& look, const std::vector<repository::ListedCase>& rows) {
    for (const auto& one : rows)
        if (one.row.head.household) look.households.push_back(*one.row.head.household);
}

json::value fen_or_null(const std::optional<Money>& amount) {
    return amount ? json::value(amount->fen()) : json::value(nullptr);
}

// Whoever applied is told the longest that can hold, by the law of the case; not where the shelf has it no
// more.
Result<void> tell_longest_of(Call& call, casework::Desk& desk, const repository::ListedCase& one,
                             json::object& row) {
    const casework::CaseHead& head = one.row.head;
    if (desk.law_of(head.pack, head.opened_on) == nullptr) return {};
    tell_the_longest_of(call, TRY(casework::read_case(desk, head.id, call.today())), one.household, row);
    return {};
}

}  // namespace

Outcome<Response> list_cases(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto of = cases_asked(call, *query);
    if (!of) return std::unexpected(std::move(of).error());
    const bool with_need = query->word("with", {"need"}).has_value();
    auto asked = page_asked(call, *query, faults, 2);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const bool is_page = asked->format == "json";
    auto rows = TRY(repository::list_cases(call.desk.database, *readable, of->filter, place_of(*asked),
                                           is_page ? asked->limit + 1 : most_exported));
    const bool more = is_page && rows.size() > asked->limit;
    if (more) rows.pop_back();
    // A list of one household's cases is how a case of it is found: it is for the one that it shows.
    if (std::string& named = call.session->why.case_ref;
        named.empty() && of->filter.household && !rows.empty())
        named = std::to_string(case_of_list(call, rows).value());
    look_at(call.looked("cases"), rows);
    if (!is_page) return exported(call, *asked, "cases", table_of(call, rows, of->law->pack));
    json::array items;
    const CaseNames names = TRY(CaseNames::of(call, of->words(), rows));
    const bool is_office = require_office(call).has_value();
    const auto paying = casework::paying_machines(of->words().procedures);
    auto desk = case_desk(call);
    for (const auto& one : rows) {
        json::object row = listed_case_json(call, one, of->law->pack);
        row["name"] = names.name(one);
        if (is_office && !one.is_beyond && std::ranges::find(paying, one.row.head.machine) != paying.end())
            row["amount"] =
                fen_or_null(casework::paid_amount(TRY(repository::select_events(desk.shelf, one.row.head))));
        row["category"] = names.category(one);
        if (is_told_the_longest(call, one.row.now)) TRY_VOID(tell_longest_of(call, desk, one, row));
        if (with_need) row["need"] = TRY(need_of(call, desk, one, of->words()));
        items.push_back(std::move(row));
    }
    std::optional<std::vector<std::string>> next;
    if (more)
        next = std::vector{repository::due_key(rows.back().row.now.due_on),
                           std::to_string(rows.back().row.head.id.value())};
    return page_answer(call, *asked, std::move(items), next);
}

namespace {

// Of how many overdue cases each level is told: township, county, city.
Result<json::object> told_counts(Call& call, const std::vector<repository::Readable>& readable,
                                 const repository::CaseFilter& filter, const policy::Law& law) {
    const policy::Procedures& procedures = law.procedures;
    std::map<std::string, std::uint64_t> told;
    for (const std::string& level : levels_told(law)) told[level] = 0;
    const auto counts = TRY(repository::count_overdue(call.desk.database, readable, filter, call.today()));
    for (const auto& one : counts) {
        const std::string level = casework::climbed_to(procedures, call.services.policy.calendar,
                                                       one.due_clock, one.due_on, call.today());
        if (!level.empty()) told[level] += one.cases;
    }
    json::object all;
    for (const auto& [level, cases] : told) all[level] = cases;
    return all;
}

}  // namespace

Outcome<Response> count_cases(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto of = cases_asked(call, *query);
    if (!of) return std::unexpected(std::move(of).error());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    json::array items;
    std::uint64_t open = 0;
    std::uint64_t overdue = 0;
    std::uint64_t past_target = 0;
    for (const auto& count : TRY(repository::count_cases(
             call.desk.database, *readable, of->filter, casework::targets_of(of->law->pack), call.today()))) {
        items.push_back(json::object{{"machine", count.machine},
                                     {"state", count.state},
                                     {"open", count.open},
                                     {"due_today", count.due_today},
                                     {"overdue", count.overdue},
                                     {"overdue_by_law", count.overdue - count.past_target},
                                     {"past_target", count.past_target}});
        open += count.open;
        overdue += count.overdue;
        past_target += count.past_target;
    }
    json::object told = TRY(told_counts(call, *readable, of->filter, of->words()));
    return json_answer(json::object{{"open", open},
                                    {"overdue", overdue},
                                    {"overdue_by_law", overdue - past_target},
                                    {"past_target", past_target},
                                    {"told_to", std::move(told)},
                                    {"items", std::move(items)}});
}

Outcome<Response> get_case(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto view = TRY(casework::read_case(desk, found->row.head.id, day));
    auto& look = call.looked("case");
    if (view.head.household) look.households.push_back(*view.head.household);
    if (view.head.person) look.persons.push_back(*view.head.person);
    Response response = json_answer(TRY(case_json(call, *found, view)));
    response.headers.add("ETag", etag_of_case(view.state.events));
    return response;
}

std::string etag_of_case(int events) {
    return fmt::format("\"{}\"", events);
}

namespace {

Route writes(std::string_view path, std::string_view operation, Handler handler, bool creates = false) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .who = Who::signed_in,
            .creates = creates,
            .request_type = "application/json"};
}

}  // namespace

std::vector<Route> case_routes() {
    Route attach = writes("/api/v1/cases/{id}/attachments", "addAttachment", add_attachment);
    attach.request_type = "application/octet-stream";
    attach.body_limit = casework::most_attachment_bytes;
    std::vector<Route> routes = workbook_routes();  // words come before numbers
    Route reveals = writes("/api/v1/cases/{id}/reveals", "revealSubject", reveal_subject, true);
    reveals.claims_key = true;
    const std::vector<Route> of_cases{
        attach,
        reveals,
        reads("/api/v1/cases/{id}/attachments/{hash}", "getAttachment", get_attachment, Who::signed_in),
        reads("/api/v1/procedures", "listProcedures", list_procedures, Who::signed_in),
        reads("/api/v1/cases", "listCases", list_cases, Who::signed_in),
        reads("/api/v1/cases/counts", "countCases", count_cases, Who::signed_in),
        reads("/api/v1/cases/{id}", "getCase", get_case, Who::signed_in),
        writes("/api/v1/cases", "openCase", open_case, true),
        writes("/api/v1/cases/{id}/moves", "moveCase", move_case),
        writes("/api/v1/cases/{id}/late/{form}/settled", "settleLateForm", settle_late_form),
        writes("/api/v1/moves", "moveCases", move_cases),
        writes("/api/v1/knocks", "takeKnock", take_knock),
    };
    for (auto part : {case_file_routes(), my_paper_routes(), roll_up_routes(), review_routes(),
                      replay_routes(), listing_routes(), list_draft_routes()})
        std::ranges::move(part, std::back_inserter(routes));
    routes.insert(routes.end(), of_cases.begin(), of_cases.end());
    return routes;
}

}  // namespace doudi::http
