// SPDX-License-Identifier: Apache-2.0
#include "http/lists/opening_workbook.h"

#include <utility>

#include "http/cases/case_desk.h"
#include "http/cases/case_news.h"
#include "http/lists/workbook_json.h"
#include "http/lists/workbook_secret.h"
#include "http/server/sent_file.h"

namespace doudi::http {
namespace {

using casework::RowOutcome;
namespace json = boost::json;

// A case begins with its first event.
int event_of(RowOutcome outcome, const std::optional<casework::CaseId>& opened) {
    return opened && outcome == RowOutcome::made ? 1 : 0;
}

}  // namespace

Outcome<SentWorkbook> sent_workbook(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    SentWorkbook sent;
    sent.file_name = sent_file_name(*query, "workbook.xlsx");
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    sent.law = TRY(call.law());
    auto file = sent_file(call, ".xlsx");
    if (!file) return std::unexpected(std::move(file).error());
    sent.file = std::move(*file);
    call.looked("workbook").verb = access::Verb::create;
    sent.secret = TRY(workbook_secret(call.desk.data, call.desk.database));
    return sent;
}

casework::NewWorkbook new_workbook(const Call& call, std::string_view kind, const SentWorkbook& sent,
                                   std::size_t unchanged) {
    return {std::string(kind), sent.file_name, hash_of_body(call), unchanged};
}

bool reaches_opening_workbook(const Call& call, const casework::Workbook& workbook,
                              const access::Scope& scope) {
    const bool is_office = call.who().kind == access::SessionKind::staff && call.who().department.empty();
    return is_office && (workbook.by == call.who().user || scope.covers({.unit = workbook.unit}));
}

json::object opening_row_json(const casework::ReturnedOpening& row) {
    return bare_row_json(row, event_of(row.outcome, row.opened));
}

json::object taken_opening_json(Call& call, int number, const casework::TakenOpening& taken) {
    if (taken.moved) tell_of_move(call, *taken.moved);
    json::object answer = not_there_json(number);
    answer["outcome"] = casework::name_of(taken.outcome);
    answer["event"] = event_of(taken.outcome, taken.opened);
    answer["faults"] = faults_json(taken.faults);
    return answer;
}

json::value case_or_null(const std::optional<casework::CaseId>& of) {
    return of ? json::value(std::to_string(of->value())) : json::value(nullptr);
}

}  // namespace doudi::http
