// SPDX-License-Identifier: Apache-2.0
#include "http/lists/workbook_json.h"

#include <fmt/format.h>

#include "base/shown_name.h"
#include "casework/returned/returned_due.h"
#include "casework/returned/returned_first.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_eye.h"
#include "http/cases/case_values.h"
#include "store/sha256.h"

namespace doudi::http {
namespace {

using casework::CaseView;
using casework::MoveFault;
using casework::ReturnedRow;
using casework::RowOutcome;
namespace json = boost::json;

// Each field as the case has it, as far as its reader may read that, and as the row would.
json::array changes_json(Call& call, const ReturnedRow& row, const CaseView& view, bool whole) {
    CaseValues values(call);
    const CaseEye eye(call, view, {});
    json::array all;
    for (const auto& [id, told] : row.request.fields) {
        const policy::FieldRule* field = view.pack->law.procedures.field(id);
        if (!whole && (field == nullptr || field->sensitive)) continue;
        const std::vector<std::string>* before = eye.latest(id);
        all.push_back(json::object{
            {"field", id},
            {"title", words(field == nullptr ? Text{id, id} : field->title)},
            {"before", before == nullptr ? json::array() : texts_json(values.of(field, *before))},
            {"after", texts_json(values.of(field, told))}});
    }
    return all;
}

constexpr int created = 201;

// What a workbook is of: cases of a machine, who is due by rhythm, or first requests.
Text title_of(const casework::Workbook& workbook, const policy::Law& law) {
    if (workbook.file.machine == casework::due_workbook) return {"到期复核", "Due for review"};
    if (workbook.file.machine == casework::first_workbook) return {"首次申请登记", "First requests"};
    const policy::Machine* machine = law.procedures.machine(workbook.file.machine);
    return machine == nullptr ? Text{workbook.file.machine, workbook.file.machine} : machine->title;
}

}  // namespace

std::string hash_of_body(const Call& call) {
    const std::string& body = call.request.body;
    store::Sha256 digest;
    digest.add(std::as_bytes(std::span(body.data(), body.size())));
    return digest.hex();
}

Outcome<Response> workbook_answer(Call& call, casework::WorkbookId id, const policy::Law& law, int status) {
    auto desk = case_desk(call);
    const auto workbook = TRY(casework::find_workbook(desk, id));
    ensure(workbook.has_value(), "it was kept, or found");
    Response answer = json_answer(workbook_json(call, *workbook, law), status);
    if (status == created) answer.headers.add("Location", fmt::format("/api/v1/workbooks/{}", id.value()));
    return answer;
}

json::array faults_json(const std::vector<MoveFault>& faults) {
    json::array all;
    for (const MoveFault& fault : faults)
        all.push_back(
            json::object{{"field", fault.field}, {"code", fault.code}, {"detail", words(fault.text)}});
    return all;
}

json::array refusals_json(const std::vector<Error>& refusals) {
    json::array all;
    for (const Error& one : refusals)
        all.push_back(json::object{{"code", one.code}, {"place", one.where}, {"detail", words(one.text)}});
    return all;
}

json::object workbook_json(Call& call, const casework::Workbook& workbook, const policy::Law& law) {
    const access::Unit* unit = call.units->find(workbook.unit);
    PeopleNames people(call);
    const std::string by = people.login(workbook.by);
    return {{"id", std::to_string(workbook.id.value())},
            {"machine", workbook.file.machine},
            {"title", words(title_of(workbook, law))},
            {"file", shown_file_name(workbook.file.file_name)},
            {"at", time_text(micros_of(workbook.at))},
            {"by", by.empty() ? json::value(nullptr) : json::value(by)},
            {"by_name", people.told(workbook.by)},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"unchanged", workbook.file.unchanged},
            {"rows", json::object{{"waiting", workbook.rows.waiting},
                                  {"refused", workbook.rows.refused},
                                  {"made", workbook.rows.made},
                                  {"moved_on", workbook.rows.moved_on},
                                  {"left", workbook.rows.left}}}};
}

json::object bare_row_json(const casework::ReturnedAt& row, int event) {
    return {{"number", row.number},   {"sheet", row.sheet},       {"row", row.row},
            {"case", nullptr},        {"household", nullptr},     {"outcome", casework::name_of(row.outcome)},
            {"event", event},         {"move", nullptr},          {"on", nullptr},
            {"state", nullptr},       {"changes", json::array()}, {"refusals", refusals_json(row.refusals)},
            {"faults", json::array()}};
}

json::object not_there_json(int number) {
    return {{"number", number}, {"outcome", "not_there"}, {"event", 0},
            {"case", nullptr},  {"household", nullptr},   {"faults", json::array()}};
}

json::object row_json(Call& call, const ReturnedRow& row, const RowCase* of, bool whole) {
    const CaseView* view = of == nullptr ? nullptr : &of->view;
    json::object body = bare_row_json(row, row.event);
    if (view == nullptr) return body;
    body["case"] = std::to_string(view->head.id.value());
    if (!of->household.empty()) body["household"] = of->household;
    if (const auto* state = view->machine->state(view->state.state))
        body["state"] = json::object{{"id", state->id}, {"title", words(state->title)}};
    if (row.outcome == RowOutcome::refused) return body;
    const policy::Move* move = view->machine->move(row.request.move);
    body["move"] = json::object{
        {"id", row.request.move},
        {"title", words(move == nullptr ? Text{row.request.move, row.request.move} : move->title)}};
    body["on"] = row.request.on.iso();
    body["changes"] = changes_json(call, row, of->told, whole);
    if (row.outcome == RowOutcome::waiting)
        body["faults"] = faults_json(casework::against(actor_of(call), row, *view, call.today()));
    return body;
}

}  // namespace doudi::http
