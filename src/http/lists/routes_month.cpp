// SPDX-License-Identifier: Apache-2.0
// The month of an office: what was opened, done, decided and paid by it and those below it, kind by kind, as
// it stands in the chains of its cases. Numbers alone: nobody is named.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "casework/lists/month_repository.h"
#include "casework/payments/paid.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/office/desk_routes.h"
#include "http/request/listed.h"
#include "http/request/place_asked.h"

namespace doudi::http {
namespace {

using casework::repository::MachineMove;
using casework::repository::MovesMade;
using policy::FieldRule;
namespace json = boost::json;
namespace repository = casework::repository;

constexpr std::size_t month_length = 7;  // YYYY-MM

// The days of the month that was asked for, of this one where none was.
std::optional<std::pair<Date, Date>> month_asked(const Call& call, QueryFields& query) {
    const std::string month = query.text("month").value_or(call.today().iso().substr(0, month_length));
    const auto first = month.size() == month_length ? Date::parse_iso(month + "-01") : std::nullopt;
    if (!first) {
        query.fault("month", "month", {"月份须写作 2026-01", "a month is written 2026-01"});
        return std::nullopt;
    }
    Date last = *first;
    while ((last + 1).iso().starts_with(month)) last = last + 1;
    return std::pair{*first, last};
}

// --- money

// Of one machine's move: what was told in fields of money.
using Amounts = std::map<std::pair<std::string, std::string>, std::map<std::string, Money>>;

// The fields of money of every move that has any.
std::map<std::pair<std::string, std::string>, std::set<std::string>> money_fields(
    const policy::Procedures& procedures) {
    std::map<std::pair<std::string, std::string>, std::set<std::string>> found;
    for (const policy::Machine& machine : procedures.machines) {
        for (const policy::Move& move : machine.moves) {
            for (const auto* names : {&move.needs, &move.may}) {
                for (const std::string& name : *names) {
                    const FieldRule* field = procedures.field(name);
                    if (field != nullptr && field->type == FieldRule::Type::money)
                        found[{machine.id, move.id}].insert(name);
                }
            }
        }
    }
    return found;
}

Result<Amounts> amounts_told(Call& call, const policy::Procedures& procedures,
                             std::span<const repository::Readable> readable,
                             const repository::WorkSpan& span) {
    const auto fields = money_fields(procedures);
    std::vector<MachineMove> moves;
    for (const auto& [move, names] : fields) moves.push_back({move.first, move.second});
    const auto places = TRY(repository::events_made(call.desk.database, readable, moves, span));
    auto desk = case_desk(call);
    Amounts amounts;
    std::optional<repository::CaseRow> row;
    std::vector<casework::CaseEvent> events;
    for (const auto& place : places) {
        if (!row || row->head.id != place.of) {
            row = TRY(repository::select_case(desk.shelf, place.of));
            events.clear();
            if (row) events = TRY(repository::select_events(desk.shelf, row->head));
        }
        const auto at = static_cast<std::size_t>(place.number) - 1;
        if (!row || at >= events.size()) continue;
        const casework::CaseEvent& event = events[at];
        const std::pair key{row->head.machine, event.move};
        for (const std::string& name : fields.at(key)) {
            const auto told = event.fields.find(name);
            if (told == event.fields.end()) continue;
            Money& sum = amounts[key][name];
            for (const std::string& text : told->second)
                sum = TRY(sum.plus(TRY(casework::sum_kept(row->head.id, event, name, text))));
        }
    }
    return amounts;
}

// --- lines

class MonthLines {
  public:
    MonthLines(const policy::Procedures& procedures, const Amounts& amounts)
        : procedures_(procedures), amounts_(amounts) {}

    Result<json::object> line(const MovesMade& made) const {
        const policy::Machine* machine = procedures_.machine(made.machine);
        const policy::Move* move = machine == nullptr ? nullptr : machine->move(made.move);
        const Text machine_title = machine == nullptr ? Text{made.machine, made.machine} : machine->title;
        const Text move_title = move == nullptr ? Text{made.move, made.move} : move->title;
        json::array marks;
        if (move != nullptr)
            for (const std::string& mark : move->marks) marks.emplace_back(mark);
        const Money sum = TRY(total(made));
        return json::object{{"machine", made.machine},
                            {"machine_title", words(machine_title)},
                            {"move", made.move},
                            {"title", words(move_title)},
                            {"marks", std::move(marks)},
                            {"opens", made.opens},
                            {"steps", made.events},
                            {"cases", made.cases},
                            {"households", made.households},
                            {"amounts", money(made)},
                            {"fen", sum.fen()}};
    }

  private:
    const std::map<std::string, Money>* told(const MovesMade& made) const {
        const auto found = amounts_.find({made.machine, made.move});
        return found == amounts_.end() ? nullptr : &found->second;
    }
    json::array money(const MovesMade& made) const {
        json::array list;
        if (const auto* all = told(made)) {
            for (const auto& [name, sum] : *all) {
                const FieldRule* field = procedures_.field(name);
                list.push_back(
                    json::object{{"field", name},
                                 {"title", words(field == nullptr ? Text{name, name} : field->title)},
                                 {"fen", sum.fen()}});
            }
        }
        return list;
    }
    Result<Money> total(const MovesMade& made) const {
        Money sum;
        if (const auto* all = told(made))
            for (const auto& [name, one] : *all) sum = TRY(sum.plus(one));
        return sum;
    }

    const policy::Procedures& procedures_;
    const Amounts& amounts_;
};

// As the pack writes them, which is the way of the work; what it no longer knows last.
void put_in_order(std::vector<MovesMade>& made, const policy::Procedures& procedures) {
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    for (const policy::Machine& machine : procedures.machines)
        for (const policy::Move& move : machine.moves)
            places.emplace(std::pair<std::string_view, std::string_view>(machine.id, move.id), places.size());
    std::ranges::sort(made, {}, [&](const MovesMade& one) {
        const auto found = places.find({one.machine, one.move});
        const auto place = found == places.end() ? places.size() : found->second;
        return std::tuple(place, one.machine, one.move, !one.opens);
    });
}

const std::initializer_list<ListedColumn> month_columns{
    {"machine"},     {"machine_title"},    {"move"},     {"title"}, {"steps", true},
    {"cases", true}, {"households", true}, {"fen", true}};

Outcome<Response> month_of_office(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    const auto month = month_asked(call, *query);
    const PlaceFilter place = place_asked(call, *query);
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Procedures& procedures = (*law)->pack.law.procedures;
    const repository::WorkSpan span{place.below.value_or(call.who().unit), call.today(), month->first,
                                    month->second};
    auto made = TRY(repository::moves_made(call.desk.database, *readable, span));
    put_in_order(made, procedures);
    const auto amounts = TRY(amounts_told(call, procedures, *readable, span));
    const MonthLines lines(procedures, amounts);
    json::array items;
    for (const MovesMade& one : made) items.push_back(TRY(lines.line(one)));
    call.looked("month");
    if (is_file(*asked)) return listed_file(call, *asked, "month", month_columns, items);
    const auto* unit = call.units->find(span.office);
    return json_answer(
        json::object{{"from", span.from.iso()},
                     {"until", span.until.iso()},
                     {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->code)},
                     {"title", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
                     {"items", std::move(items)}});
}

}  // namespace

std::vector<Route> month_routes() {
    return {{.method = "GET",
             .path = "/api/v1/month",
             .operation = "getMonth",
             .handler = month_of_office,
             .who = Who::signed_in}};
}

}  // namespace doudi::http
