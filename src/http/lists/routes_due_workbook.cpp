// SPDX-License-Identifier: Apache-2.0
// Who is due by rhythm, filled in without a net: out as a workbook, back as a difference; its rows are taken
// with those of other workbooks (routes_workbook.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "casework/rhythms/rhythm_opening.h"
#include "http/cases/case_desk.h"
#include "http/lists/due_words.h"
#include "http/lists/due_workbook.h"
#include "http/lists/opening_workbook.h"
#include "http/lists/workbook_json.h"
#include "http/lists/workbook_secret.h"
#include "http/office/desk_routes.h"
#include "http/register/reach.h"
#include "http/request/lists.h"
#include "http/server/file_answer.h"
#include "registry/repository.h"
#include "workbook/due_book.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using casework::RowOutcome;
using casework::repository::ListedDue;
using workbook::DueShown;
namespace json = boost::json;
namespace repository = casework::repository;

constexpr int created = 201;
constexpr int unprocessable = 422;
constexpr std::string_view place = "/api/v1/rhythms/due/workbook";

access::Scope scope_of(const Call& call) {
    return call.scope(Verb::read, Thing::household);
}

Result<std::vector<DueShown>> shown_lines(Call& call, const policy::Law& law, Date day,
                                          std::vector<ListedDue> lines) {
    std::vector<HouseholdId> ids;
    for (const ListedDue& one : lines)
        if (ids.empty() || ids.back() != one.line.household) ids.push_back(one.line.household);
    const auto households = TRY(registry::read_households(call.desk.data, call.desk.data.current(), ids));
    const Shower shower(call, Thing::household);
    const auto rules = casework::rhythms_of(law);
    std::vector<DueShown> all;
    std::size_t at = 0;
    for (ListedDue& one : lines) {
        while (households[at].id != one.line.household) ++at;
        const casework::RhythmRule* rule = casework::rule_on(rules, one.line, day);
        const access::Unit* unit = one.unit ? call.units->find(*one.unit) : nullptr;
        const access::ScopedRow row{.household = one.line.household, .unit = one.unit};
        const json::value name = shower.text(FieldClass::name, row, households[at].head_name);
        DueShown shown;
        if (name.is_string()) shown.head_name = std::string(name.get_string());
        if (unit != nullptr) shown.unit = unit->title;
        if (!one.line.category.empty()) shown.category = category_title(law, one.line.category).zh;
        shown.machine = machine_title(law, one.line.machine).zh;
        shown.rhythm = rule == nullptr ? one.line.rhythm : rule->title.zh;
        shown.standing = standing_words(law, one.line, day).zh;
        shown.due = std::move(one);
        all.push_back(std::move(shown));
    }
    return all;
}

Outcome<Response> send_due_workbook(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    const auto law = TRY(call.law());
    const repository::DueFilter filter = due_filter(call, *query, law->pack.law);
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto& look = call.looked("rhythms.due.workbook");
    if (auto may = may_export(call); !may) return std::unexpected(std::move(may).error());
    auto lines = TRY(repository::list_due(call.desk.database, scope_of(call), filter, {},
                                          casework::most_returned_rows + 1));
    if (lines.size() > casework::most_returned_rows)
        return std::unexpected(Failure(unprocessable, "workbook_rows",
                                       {"清单过长，请缩小范围", "the list is too long: narrow it"}));
    for (const ListedDue& one : lines) look.households.push_back(one.line.household);
    const auto shown = TRY(shown_lines(call, law->pack.law, filter.day, std::move(lines)));
    FileBody file = temporary_file(call, ".xlsx");
    const std::string secret = TRY(workbook_secret(call.desk.data, call.desk.database));
    TRY_VOID(workbook::send_due(shown, std::as_bytes(std::span(secret.data(), secret.size())), file.path));
    return file_answer(call, std::move(file), "rhythms-due", "xlsx");
}

// As it stands within the asker's reach.
Result<std::optional<DueShown>> shown_now(Call& call, const policy::Law& law, const std::string& household,
                                          const std::string& category, const std::string& machine) {
    constexpr std::size_t most_categories = 64;
    repository::DueFilter filter;
    filter.day = call.today();
    filter.code = household;
    filter.machine = machine;
    for (ListedDue& one :
         TRY(repository::list_due(call.desk.database, scope_of(call), filter, {}, most_categories))) {
        if (one.code != household || one.line.category != category) continue;
        std::vector<ListedDue> alone;
        alone.push_back(std::move(one));
        auto shown = TRY(shown_lines(call, law, filter.day, std::move(alone)));
        return std::optional(std::move(shown.front()));
    }
    return std::optional<DueShown>();
}

Outcome<Response> take_due_workbook(Call& call) {
    const auto sent = sent_workbook(call);
    if (!sent) return std::unexpected(sent.error());
    const policy::Law& law = sent->law->pack.law;
    const workbook::DueNow now = [&](const std::string& household, const std::string& category,
                                     const std::string& machine) {
        return shown_now(call, law, household, category, machine);
    };
    auto found = workbook::take_due(now, sent->secret_bytes(), sent->file.path);
    if (!found) return std::unexpected(of_sent_file(found.error()));
    std::ranges::copy(found->households, std::back_inserter(call.look->households));
    auto desk = case_desk(call);
    const auto id = TRY(casework::keep_due_workbook(
        desk, actor_of(call), new_workbook(call, casework::due_workbook, *sent, found->unchanged),
        found->rows));
    return workbook_answer(call, id, law, created);
}

json::object asked_json(bool opens) {
    const Text title = opens ? Text{"发起办理", "Open the case"} : Text{"暂不发起", "Not yet"};
    return {{"id", opens ? "open" : "not_yet"}, {"title", words(title)}};
}

json::array reason_json(const casework::ReturnedDue& row) {
    json::array all;
    if (!row.reason.empty())
        all.push_back(json::object{{"field", "reason"},
                                   {"title", words({"理由", "Reason"})},
                                   {"before", json::array()},
                                   {"after", json::array{json::value(row.reason)}}});
    return all;
}

// The household of a row, where the asker reaches it; it is looked at then.
Outcome<std::optional<std::string>> code_in_reach(Call& call, const casework::ReturnedDue& row) {
    if (!row.of) return std::optional<std::string>();
    auto desk = case_desk(call);
    const std::string code = TRY(repository::select_code(desk.shelf, row.of->household));
    if (code.empty()) return std::optional<std::string>();
    const auto placed = TRY(find_household(call.desk.data, scope_of(call), code));
    if (!placed) return std::optional<std::string>();
    call.look->households.push_back(placed->id);
    return std::optional(code);
}

}  // namespace

bool is_due_workbook(const casework::Workbook& workbook) {
    return workbook.file.machine == casework::due_workbook;
}

bool reaches_due_workbook(const Call& call, const casework::Workbook& workbook) {
    return reaches_opening_workbook(call, workbook, scope_of(call));
}

Outcome<json::object> due_row_json(Call& call, const policy::Law& law, const casework::ReturnedDue& row) {
    json::object body = opening_row_json(row);
    auto code = code_in_reach(call, row);
    if (!code) return std::unexpected(std::move(code).error());
    if (!*code) return body;
    body["household"] = **code;
    if (row.outcome == RowOutcome::refused) return body;
    body["case"] = case_or_null(row.opened);
    body["move"] = asked_json(row.opens);
    body["on"] = day_or_null(row.until);
    body["changes"] = reason_json(row);
    if (row.outcome != RowOutcome::waiting) return body;
    auto desk = case_desk(call);
    const auto due = TRY(casework::find_due(desk, scope_of(call), *row.of));
    body["faults"] = faults_json(casework::against_due(actor_of(call), law, row, due, call.today()));
    return body;
}

Outcome<json::object> settle_due_row(Call& call, const policy::Pack& pack, casework::WorkbookId id,
                                     int number, bool takes) {
    auto desk = case_desk(call);
    const auto row = TRY(casework::find_due_row(desk, id, number));
    if (!row) return not_there_json(number);
    auto code = code_in_reach(call, *row);
    if (!code) return std::unexpected(std::move(code).error());
    if (row->outcome == RowOutcome::waiting && !*code) return not_there_json(number);
    const casework::TakenDue taken =
        takes ? TRY(casework::take_due_row(desk, actor_of(call), scope_of(call), pack.id, id, number))
              : TRY(casework::leave_due_row(desk, actor_of(call), id, number));
    json::object answer = taken_opening_json(call, number, taken);
    if (*code) {
        answer["case"] = case_or_null(taken.opened);
        answer["household"] = **code;
    }
    return answer;
}

std::vector<Route> due_workbook_routes() {
    constexpr std::uint64_t largest = std::uint64_t{8} << 20U;
    constexpr std::chrono::seconds long_enough{120};
    return {{.method = "GET",
             .path = place,
             .operation = "sendDueWorkbook",
             .handler = send_due_workbook,
             .response_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             .deadline = long_enough},
            {.method = "POST",
             .path = place,
             .operation = "takeDueWorkbook",
             .handler = take_due_workbook,
             .request_type = "application/octet-stream",
             .body_limit = largest,
             .deadline = long_enough}};
}

}  // namespace doudi::http
