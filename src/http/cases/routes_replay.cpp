// SPDX-License-Identifier: Apache-2.0
// What was determined in a case: which events tell of it, and the answer given again from what is kept beside
// one of them. For the offices of civil affairs, who may read the case and see the event; each look is
// logged.
#include <algorithm>
#include <charconv>

#include "casework/found.h"
#include "casework/kept/determinations_repository.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_eye.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"
#include "http/cases/kept_determination.h"

namespace doudi::http {

namespace json = boost::json;
namespace repository = casework::repository;
using casework::CaseEvent;
using casework::CaseView;

namespace {

Failure no_such_determination() {
    return {404,
            "no_such_determination",
            {"这件办件没有这一次核算", "there is no such determination in the case"}};
}

struct Read {
    repository::ListedCase found;
    CaseView view;
};

// The case, with the look at it.
Outcome<Read> read_for_office(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    CaseView view = TRY(casework::read_case(desk, found->row.head.id, call.today()));
    auto& look = call.looked("case.determinations");
    if (view.head.household) look.households.push_back(*view.head.household);
    if (view.head.person) look.persons.push_back(*view.head.person);
    // What was determined tells of the whole household.
    if (found->is_beyond) return std::unexpected(TRY(household_out_of_reach(call, view.head)));
    auto reached = TRY(reached_case(call, *found, std::move(view)));
    return Read{std::move(*found), std::move(reached.view)};
}

bool is_determined(const CaseEvent& event) {
    return std::ranges::find(event.marks, casework::determined_mark) != event.marks.end();
}

json::object event_json(const Call& call, const CaseEvent& event, bool kept) {
    namespace found = casework::found;
    const auto word = [&](std::string_view id) { return casework::first_of(event.fields, id); };
    const access::Unit* unit = call.units->find(event.unit);
    return {{"event", event.number},
            {"on", event.on.iso()},
            {"at", time_text(micros_of(event.at))},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"kind", word(found::kind)},
            {"category", word(found::category)},
            {"kept", kept}};
}

Outcome<Response> list_determinations(Call& call) {
    auto read = read_for_office(call);
    if (!read) return std::unexpected(std::move(read).error());
    auto desk = case_desk(call);
    const std::vector<int> kept = TRY(repository::list_determinations(desk.shelf, read->view.head.id));
    const CaseEye eye(call, read->view, read->found.household);
    json::array items;
    for (const CaseEvent& event : read->view.events) {
        if (!is_determined(event) || !eye.sees(event)) continue;
        items.push_back(event_json(call, event, std::ranges::find(kept, event.number) != kept.end()));
    }
    return json_answer(
        json::object{{"case", std::to_string(read->view.head.id.value())}, {"items", std::move(items)}});
}

const CaseEvent* event_named(const CaseView& view, std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return nullptr;
    const auto found = std::ranges::find(view.events, number, &CaseEvent::number);
    return found == view.events.end() || !is_determined(*found) ? nullptr : &*found;
}

Outcome<Response> replay_determination(Call& call) {
    auto read = read_for_office(call);
    if (!read) return std::unexpected(std::move(read).error());
    const CaseView& view = read->view;
    const CaseEvent* event = event_named(view, call.parameter("event"));
    if (event == nullptr || !CaseEye(call, view, read->found.household).sees(*event))
        return std::unexpected(no_such_determination());
    auto desk = case_desk(call);
    const auto row = TRY(repository::select_determination(desk.shelf, view.head, event->number));
    if (!row || !row->content)
        return std::unexpected(Failure(404, "determination_not_kept",
                                       {"这一次核算的内容没有留存，或已到期删除",
                                        "what was determined then was not kept, or its term is over"}));
    auto& look = call.looked("case.replay");
    if (view.head.household) look.households.push_back(*view.head.household);
    look.persons = row->people;
    if (view.head.person && std::ranges::find(look.persons, *view.head.person) == look.persons.end())
        look.persons.push_back(*view.head.person);
    json::object answer = TRY(replay_kept(call, *row->content));
    const json::object head = event_json(call, *event, true);
    for (const auto& [key, value] : head) answer[key] = value;
    answer["case"] = std::to_string(view.head.id.value());
    return json_answer(answer);
}

}  // namespace

std::vector<Route> replay_routes() {
    return {{.method = "GET",
             .path = "/api/v1/cases/{id}/determinations",
             .operation = "listDeterminations",
             .handler = list_determinations,
             .who = Who::signed_in},
            {.method = "GET",
             .path = "/api/v1/cases/{id}/determinations/{event}",
             .operation = "replayDetermination",
             .handler = replay_determination,
             .who = Who::signed_in,
             .deadline = std::chrono::seconds{30}}};
}

}  // namespace doudi::http
