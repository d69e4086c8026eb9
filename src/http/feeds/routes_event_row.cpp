// SPDX-License-Identifier: Apache-2.0
// Why, one step further: the row of the file on which an event of a warning stands, for who sees the event
// itself. Numbers are masked and the look is logged, as everywhere.
#include <algorithm>
#include <vector>

#include "base/shown_name.h"
#include "http/feeds/event_row.h"
#include "http/register/chain.h"
#include "http/register/reach.h"
#include "http/request/routes.h"
#include "http/request/told_number.h"
#include "registry/repository.h"

namespace doudi::http {

namespace json = boost::json;

json::array row_values_json(const policy::Dataset& dataset, const match::TellingRow& told) {
    json::array values;
    for (std::size_t n = 0; n < dataset.columns.size(); ++n) {
        const policy::DatasetColumn& column = dataset.columns[n];
        if (column.type == policy::ColumnType::code || !told.cells[n]) continue;
        values.push_back(
            json::object{{"field", column.field},
                         {"heading", column.headings.empty() ? column.field : column.headings.front()},
                         {"value", *told.cells[n]}});
    }
    return values;
}

namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;

Failure no_such_event() {
    return {404,
            "no_such_event",
            {"没有这个事件，或不向您显示", "there is no such event, or it is not shown to you"}};
}

const monitor::ExplainedEvent* find_event(const monitor::Explanation& told, std::string_view id) {
    const auto is_it = [id](const monitor::ExplainedEvent& event) { return event_id(event) == id; };
    const auto in =
        [&](const std::vector<monitor::ExplainedEvent>& events) -> const monitor::ExplainedEvent* {
        const auto found = std::ranges::find_if(events, is_it);
        return found == events.end() ? nullptr : &*found;
    };
    for (const auto& warning : told.warnings) {
        if (const auto* event = in(warning.events)) return event;
    }
    return in(told.exit_events);
}

// Whom of the row the event is about: a birth names two people, and the other one is nobody's business here.
const match::ToldPerson* person_told(const match::TellingRow& row, const monitor::ExplainedEvent& event) {
    if (row.persons.size() == 1) return row.persons.data();
    const auto found = std::ranges::find_if(row.persons, [&](const match::ToldPerson& person) {
        return person.number != 0 && masked_number(person.number) == event.number_masked;
    });
    return found == row.persons.end() ? nullptr : &*found;
}

json::value told_json(const Shower& shower, const PlacedHousehold& placed, const match::ToldPerson* told) {
    if (told == nullptr) return nullptr;
    const auto row = placed.row();
    // By which telephone somebody is reached is no evidence, and tells where the protected are.
    return json::object{{"name", shower.text(FieldClass::name, row, told->name)},
                        {"identity_number", told->number == 0 ? json::value(nullptr)
                                                              : shower.text(FieldClass::identity_number, row,
                                                                            masked_number(told->number))},
                        {"phone", nullptr}};
}

Outcome<Response> event_row(Call& call) {
    auto placed = household_in_reach(call, Verb::read, Thing::warning);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto told = TRY(monitor::explain(call.desk.data, **law, placed->code));
    const monitor::ExplainedEvent* event = find_event(told, call.parameter("event"));
    const auto reveals = TRY(call.reveals());
    if (event == nullptr || !ChainReader(call, reveals).sees_told(*placed, event->dataset, event->person))
        return std::unexpected(no_such_event());
    const auto& catalogue = (*law)->catalogue;
    const int at = catalogue.index_of(event->dataset);
    if (at < 0) return std::unexpected(no_such_event());
    const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(at)];
    const std::vector<std::uint32_t> numbers{event->row};
    const auto rows = TRY(match::read_told_rows(call.desk.data, dataset, event->segment, numbers));
    if (rows.empty()) return std::unexpected(no_such_event());
    const Shower shower(call, Thing::person, reveals);
    auto& look = call.looked("event row " + event_id(*event));
    look.households.push_back(placed->id);
    look.persons.push_back(event->person);
    return json_answer(json::object{{"id", event_id(*event)},
                                    {"dataset", dataset.id},
                                    {"dataset_title", words(dataset.title)},
                                    {"department", words(dataset.department_title)},
                                    {"file", shown_file_name(event->file_name)},
                                    {"row", event->row},
                                    {"event_date", day_or_null(rows.front().event_date)},
                                    {"told", told_json(shower, *placed, person_told(rows.front(), *event))},
                                    {"values", row_values_json(dataset, rows.front())}});
}

}  // namespace

std::vector<Route> event_row_routes() {
    return {{.method = "GET",
             .path = "/api/v1/households/{code}/events/{event}",
             .operation = "getEventRow",
             .handler = event_row,
             .thing = Thing::warning}};
}

}  // namespace doudi::http
