// SPDX-License-Identifier: Apache-2.0
// Who waits to be registered, filled in without a net: out as a workbook, back as a difference; its rows are
// taken with those of other workbooks (routes_workbook.cpp).
#include "http/cases/case_desk.h"
#include "http/cases/case_values.h"
#include "http/lists/first_request.h"
#include "http/lists/first_workbook.h"
#include "http/lists/opening_workbook.h"
#include "http/lists/workbook_json.h"
#include "http/lists/workbook_secret.h"
#include "http/office/desk_routes.h"
#include "http/request/lists.h"
#include "http/server/file_answer.h"
#include "workbook/first_book.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using casework::FirstRequest;
using casework::RowOutcome;
using workbook::FirstShown;
namespace json = boost::json;

constexpr int created = 201;
constexpr int unprocessable = 422;
constexpr std::string_view place = "/api/v1/first-requests/workbook";

std::optional<std::string> text_or_none(const json::value& value) {
    if (!value.is_string()) return std::nullopt;
    return std::string(value.get_string());
}

FirstShown shown_of(const Call& call, const Shower& shower, FirstRequest request) {
    FirstShown shown;
    shown.name = text_or_none(told_of_first(shower, FieldClass::name, request, casework::first_name));
    shown.identity_number =
        text_or_none(told_of_first(shower, FieldClass::identity_number, request, casework::first_number));
    shown.phone = text_or_none(told_of_first(shower, FieldClass::phone, request, casework::first_phone));
    if (std::string need = casework::first_of(request.told, casework::first_need); !need.empty())
        shown.need = std::move(need);
    if (const access::Unit* unit = call.units->find(request.unit)) shown.unit = unit->title;
    shown.request = std::move(request);
    return shown;
}

Outcome<Response> send_first_workbook(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    const auto law = TRY(call.law());
    call.looked("first_requests.workbook");
    if (auto may = may_export(call); !may) return std::unexpected(std::move(may).error());
    auto desk = case_desk(call);
    const Shower shower(call, Thing::application);
    std::vector<FirstShown> shown;
    for (FirstRequest& one : TRY(casework::list_first_requests(desk, true)))
        if (reaches_first_request(call, one)) shown.push_back(shown_of(call, shower, std::move(one)));
    if (shown.size() > casework::most_returned_rows)
        return std::unexpected(
            Failure(unprocessable, "workbook_rows",
                    {"清单过长，请先在页面上办理一部分", "the list is too long: settle some on the page"}));
    FileBody file = temporary_file(call, ".xlsx");
    const std::string secret = TRY(workbook_secret(call.desk.data, call.desk.database));
    const workbook::FieldColumns fields(*call.units, call.desk.database, law->pack.law);
    const workbook::FirstBook book(fields, law->pack.law, call.who().roles);
    TRY_VOID(book.send(shown, std::as_bytes(std::span(secret.data(), secret.size())), file.path));
    return file_answer(call, std::move(file), "first-requests", "xlsx");
}

// A request that waits, within the asker's reach.
Result<std::optional<FirstShown>> shown_now(Call& call, casework::FirstRequestId id) {
    auto desk = case_desk(call);
    auto found = TRY(casework::find_first_request(desk, id));
    if (!found || found->state != "waiting" || !reaches_first_request(call, *found))
        return std::optional<FirstShown>();
    const Shower shower(call, Thing::application);
    return std::optional(shown_of(call, shower, std::move(*found)));
}

Outcome<Response> take_first_workbook(Call& call) {
    const auto sent = sent_workbook(call);
    if (!sent) return std::unexpected(sent.error());
    const policy::Law& law = sent->law->pack.law;
    const workbook::FirstNow now = [&](casework::FirstRequestId id) { return shown_now(call, id); };
    const workbook::FieldColumns fields(*call.units, call.desk.database, law);
    const workbook::FirstBook book(fields, law, call.who().roles);
    auto found = book.take(now, sent->secret_bytes(), sent->file.path);
    if (!found) return std::unexpected(of_sent_file(found.error()));
    auto desk = case_desk(call);
    const auto id = TRY(casework::keep_first_workbook(
        desk, actor_of(call), new_workbook(call, casework::first_workbook, *sent, found->unchanged),
        found->rows));
    return workbook_answer(call, id, law, created);
}

json::object asked_json(const policy::Law& law, const casework::ReturnedFirst& row,
                        const FirstRequest& request) {
    if (!row.opens) return {{"id", "decline"}, {"title", words({"不予办理", "Decline"})}};
    const policy::Machine* machine = law.procedures.machine(request.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(row.request.move);
    const Text title = move == nullptr ? Text{row.request.move, row.request.move} : move->title;
    return {{"id", row.request.move}, {"title", words(title)}};
}

json::array changes_json(Call& call, const policy::Law& law, const casework::ReturnedFirst& row) {
    CaseValues values(call);
    json::array all;
    for (const auto& [id, told] : row.request.fields) {
        const policy::FieldRule* field = law.procedures.field(id);
        json::array after;
        for (const std::string& one : values.of(field, told)) after.emplace_back(one);
        all.push_back(json::object{{"field", id},
                                   {"title", words(field == nullptr ? Text{id, id} : field->title)},
                                   {"before", json::array()},
                                   {"after", std::move(after)}});
    }
    return all;
}

// The request of a row, where it is there and the asker reaches it.
Outcome<std::optional<FirstRequest>> request_of(Call& call, const casework::ReturnedFirst& row) {
    if (!row.of) return std::optional<FirstRequest>();
    auto desk = case_desk(call);
    auto found = TRY(casework::find_first_request(desk, *row.of));
    if (!found || !reaches_first_request(call, *found)) return std::optional<FirstRequest>();
    return std::optional(std::move(*found));
}

Result<bool> is_there(casework::Desk& desk, const casework::ReturnedFirst& row) {
    return row.of && TRY(casework::find_first_request(desk, *row.of)).has_value();
}

// Who may not decline on the page does not by a workbook either.
std::vector<casework::MoveFault> against(const Call& call, const policy::Law& law,
                                         const casework::ReturnedFirst& row, const FirstRequest& request) {
    if (!row.opens && !call.scope(Verb::change, Thing::application).covers({.unit = request.unit}))
        return {{"", "move_role", {"您的岗位不能不予办理", "your role may not decline it"}}};
    return casework::against_first(actor_of(call), law, row, request);
}

}  // namespace

bool is_first_workbook(const casework::Workbook& workbook) {
    return workbook.file.machine == casework::first_workbook;
}

bool reaches_first_workbook(const Call& call, const casework::Workbook& workbook) {
    return reaches_opening_workbook(call, workbook, call.scope(Verb::read, Thing::application));
}

Outcome<json::object> first_row_json(Call& call, const policy::Law& law, const casework::ReturnedFirst& row) {
    json::object body = opening_row_json(row);
    body["receipt"] = nullptr;
    auto request = request_of(call, row);
    if (!request) return std::unexpected(std::move(request).error());
    if (!*request) return body;
    body["receipt"] = (*request)->receipt;
    if (row.outcome == RowOutcome::refused) return body;
    body["case"] = case_or_null(row.opened);
    body["move"] = asked_json(law, row, **request);
    if (row.opens) body["on"] = row.request.on.iso();
    body["changes"] = changes_json(call, law, row);
    if (row.outcome == RowOutcome::waiting) body["faults"] = faults_json(against(call, law, row, **request));
    return body;
}

Outcome<json::object> settle_first_row(Call& call, const policy::Pack& pack, casework::WorkbookId id,
                                       int number, bool takes) {
    auto desk = case_desk(call);
    const auto row = TRY(casework::find_first_row(desk, id, number));
    if (!row) return not_there_json(number);
    auto request = request_of(call, *row);
    if (!request) return std::unexpected(std::move(request).error());
    // Of one that was settled, or is gone by its term, the row is settled as such below.
    const bool waits = *request && (*request)->state == "waiting";
    if (row->outcome == RowOutcome::waiting && !*request && TRY(is_there(desk, *row)))
        return not_there_json(number);
    if (takes && row->outcome == RowOutcome::waiting && waits) {
        if (auto faults = against(call, pack.law, *row, **request); !faults.empty())
            return taken_opening_json(call, number, {row->outcome, {}, std::move(faults)});
    }
    const casework::TakenFirst taken =
        takes ? TRY(casework::take_first_row(desk, actor_of(call), pack.id, id, number))
              : TRY(casework::leave_first_row(desk, actor_of(call), id, number));
    json::object answer = taken_opening_json(call, number, taken);
    if (*request) answer["case"] = case_or_null(taken.opened);
    return answer;
}

std::vector<Route> first_workbook_routes() {
    constexpr std::uint64_t largest = std::uint64_t{8} << 20U;
    constexpr std::chrono::seconds long_enough{120};
    return {{.method = "GET",
             .path = place,
             .operation = "sendFirstWorkbook",
             .handler = send_first_workbook,
             .who = Who::office,
             .verb = Verb::read,
             .thing = Thing::application,
             .response_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             .deadline = long_enough},
            {.method = "POST",
             .path = place,
             .operation = "takeFirstWorkbook",
             .handler = take_first_workbook,
             .who = Who::office,
             .verb = Verb::read,
             .thing = Thing::application,
             .request_type = "application/octet-stream",
             .body_limit = largest,
             .deadline = long_enough}};
}

}  // namespace doudi::http
