// SPDX-License-Identifier: Apache-2.0
// A campaign's sum: its cases by office, state and what each came to, down to the rows. A sum holds no more
// cases than its reader reaches.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "http/cases/case_desk.h"
#include "http/cases/case_routes.h"
#include "http/request/lists.h"

namespace doudi::http {
namespace {

namespace repository = casework::repository;
namespace json = boost::json;

// A case as it is counted. Results: a field that the machine is summed by, and its last word; no word: not
// told yet.
using Results = std::map<std::string, std::string>;
using Key = std::tuple<access::UnitId, std::string, std::string, Results>;  // office, machine, state, results

struct Sum {
    std::vector<std::string> cases;
    std::uint64_t closed = 0;
    std::uint64_t overdue = 0;
};

bool is_for(const policy::Move& move, const casework::CaseState& state) {
    const auto is = [&](const policy::FieldIs& one) { return casework::holds(one, {}, state.fields); };
    return std::ranges::all_of(move.only_if, is) && std::ranges::none_of(move.not_if, is);
}

// What a case comes to: the words without which no move of its form leads it on.
std::vector<std::string> fields_to_sum(const policy::Procedures& procedures, const policy::Machine& machine,
                                       const casework::CaseState& state) {
    std::vector<std::string> fields;
    for (const policy::Move& move : machine.moves) {
        if (move.to.empty() || move.from.empty() || !is_for(move, state)) continue;
        for (const std::string& id : move.needs) {
            const policy::FieldRule* field = procedures.field(id);
            const bool is_word = field != nullptr && field->type == policy::FieldRule::Type::word;
            if (is_word && std::ranges::find(fields, id) == fields.end()) fields.push_back(id);
        }
    }
    return fields;
}

Result<Results> results_of(const casework::Desk& desk, const policy::Law& law,
                           const casework::CaseHead& head) {
    Results results;
    const policy::Machine* machine = law.procedures.machine(head.machine);
    if (machine == nullptr) return results;
    auto shelf = desk.shelf;
    const auto state = casework::fold(TRY(repository::select_events(shelf, head)));
    const auto fields = fields_to_sum(law.procedures, *machine, state);
    for (const std::string& field : fields) results[field] = casework::first_of(state.fields, field);
    return results;
}

// A word as people read it; one that was not told yet is null, and so is its title.
json::object result_json(const policy::Law& law, const std::string& id, const std::string& word) {
    const policy::FieldRule* field = law.procedures.field(id);
    Text title{word, word};
    if (field != nullptr) {
        for (const auto& [option, named] : field->words)
            if (option == word) title = named;
    }
    return {{"field", id},
            {"title", words(field == nullptr ? Text{id, id} : field->title)},
            {"word", word.empty() ? json::value(nullptr) : json::value(word)},
            {"word_title", word.empty() ? json::value(nullptr) : json::value(words(title))}};
}

json::object item_json(const Call& call, const policy::Law& law, const Key& key, const Sum& sum) {
    const auto& [unit, machine_id, state_id, told] = key;
    const access::Unit* office = call.units->find(unit);
    const policy::Machine* machine = law.procedures.machine(machine_id);
    const policy::MachineState* state = machine == nullptr ? nullptr : machine->state(state_id);
    json::array results;
    for (const auto& [field, word] : told) results.push_back(result_json(law, field, word));
    json::array cases;
    for (const std::string& one : sum.cases) cases.emplace_back(one);
    return {{"unit", office == nullptr ? json::value(nullptr) : json::value(office->code)},
            {"unit_title", office == nullptr ? json::value(nullptr) : json::value(office->title)},
            {"machine", machine_id},
            {"state", state_id},
            {"state_title", words(state == nullptr ? Text{state_id, state_id} : state->title)},
            {"results", std::move(results)},
            {"count", sum.cases.size()},
            {"closed", sum.closed},
            {"overdue", sum.overdue},
            {"cases", std::move(cases)}};
}

Outcome<Response> roll_up(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const auto& head = found->row.head;
    auto pack = law_of_case(call, head.pack, head.opened_on);
    if (!pack) return std::unexpected(std::move(pack).error());
    const policy::Law& law = (*pack)->law;
    const auto desk = case_desk(call);
    repository::CaseFilter filter;
    filter.parent = head.id;
    std::map<Key, Sum> sums;
    auto& look = call.looked("case.roll_up");
    std::uint64_t all = 0;
    for (const auto& listed :
         TRY(repository::list_cases(call.desk.database, *readable, filter, {}, most_exported))) {
        const auto& row = listed.row;
        const Results results = TRY(results_of(desk, law, row.head));
        Sum& sum = sums[{row.head.unit, row.head.machine, row.now.state, results}];
        sum.cases.push_back(std::to_string(row.head.id.value()));
        sum.closed += row.now.is_closed ? 1 : 0;
        sum.overdue += !row.now.is_closed && row.now.due_on && *row.now.due_on < call.today() ? 1 : 0;
        if (row.head.household) look.households.push_back(*row.head.household);
        ++all;
    }
    json::array items;
    for (const auto& [key, sum] : sums) items.push_back(item_json(call, law, key, sum));
    return json_answer(json::object{{"case", std::to_string(head.id.value())},
                                    {"machine", head.machine},
                                    {"count", all},
                                    {"items", std::move(items)}});
}

}  // namespace

std::vector<Route> roll_up_routes() {
    Route sum{.method = "GET",
              .path = "/api/v1/cases/{id}/roll-up",
              .operation = "getCaseRollUp",
              .handler = roll_up,
              .who = Who::signed_in};
    sum.deadline = std::chrono::seconds(60);
    return {sum};
}

}  // namespace doudi::http
