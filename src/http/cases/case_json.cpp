// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/seal.h"
#include "casework/found.h"
#include "casework/kept/attachments.h"
#include "casework/payments/earlier_help.h"
#include "casework/payments/paid.h"
#include "casework/routing.h"
#include "casework/ties/tying.h"
#include "http/cases/case_accounts.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_eye.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_subject.h"
#include "http/cases/case_values.h"
#include "http/cases/category_days.h"
#include "http/lists/due_left.h"

namespace doudi::http {
namespace {

using casework::CaseView;
using casework::ClockReading;
namespace json = boost::json;

std::string_view name_of(policy::StateKind kind) {
    static constexpr std::array<std::string_view, 3> names{"initial", "open", "final"};
    return names[static_cast<std::size_t>(kind)];
}

json::array hands_to_json(const policy::Move& move) {
    static constexpr std::array<std::string_view, 4> names{"below", "above", "department", "anywhere"};
    json::array offices;
    for (const policy::HandsTo to : move.hands_to) offices.emplace_back(names[static_cast<std::size_t>(to)]);
    return offices;
}

// Fields that a move has to tell then, as rules of the pack say it.
json::array needs_if_json(const policy::Law& law, const std::string& move) {
    json::array all;
    for (const casework::NeedIf& one : casework::needs_if(law, move)) {
        json::array conditions;
        for (const policy::FieldIs& is : one.only_if)
            conditions.push_back(json::object{{"field", is.field}, {"words", texts_json(is.words)}});
        all.push_back(json::object{{"needs", texts_json(one.needs)},
                                   {"only_if", std::move(conditions)},
                                   {"told", texts_json(one.told)},
                                   {"of_nobody", one.of_nobody}});
    }
    return all;
}

json::object move_json(const policy::Law& law, const policy::Machine& machine, const policy::Move& move) {
    return {{"id", move.id},
            {"title", words(move.title)},
            {"from", texts_json(move.from)},
            {"to", move.to},
            {"by", texts_json(move.by)},
            {"needs", texts_json(move.needs)},
            {"may", texts_json(move.may)},
            {"needs_if", needs_if_json(law, machine.id + "." + move.id)},
            {"papers", texts_json(move.papers)},
            {"opens", texts_json(move.opens)},
            {"hands_to", hands_to_json(move)},
            {"determines", casework::is_determined(move)},
            {"clause", move.cite.text()}};
}

// Who reads decides which events of a case there are at all, and whether what is marked sensitive is shown.
class Reader {
  public:
    Reader(Call& call, const CaseView& view, const std::string& household)
        : view_(view),
          eye_(call, view, household),
          shown_(call),
          is_office_(call.who().kind == access::SessionKind::staff && call.who().department.empty()),
          is_citizen_(call.who().kind == access::SessionKind::citizen) {}

    [[nodiscard]] bool sees(const casework::CaseEvent& event) const { return eye_.sees(event); }
    // What is for the offices alone: late forms, who did it.
    [[nodiscard]] bool is_office() const { return is_office_; }
    // Whoever applied is told until when the law lets the office take (办事指南), by clocks that began with a
    // step that they see; an office's own target, and to whom it is late, is its own matter.
    [[nodiscard]] bool sees(const ClockReading& clock) const {
        if (is_office_) return true;
        if (!is_citizen_ || clock.is_internal) return false;
        return std::ranges::any_of(view_.events, [&](const casework::CaseEvent& event) {
            return event.on == clock.started_on && sees(event) &&
                   std::ranges::find(event.marks, clock.rule->from) != event.marks.end();
        });
    }
    [[nodiscard]] json::object fields(const casework::Fields& told, const policy::Move* move) {
        json::object shown;
        for (const auto& [id, values] : told) {
            const policy::FieldRule* field = view_.pack->law.procedures.field(id);
            if (eye_.sees(field, move)) shown[id] = texts_json(shown_.of(field, values));
        }
        return shown;
    }
    [[nodiscard]] json::value who(access::UserId user) {
        const std::string name = is_office_ ? shown_.people().login(user) : std::string();
        return name.empty() ? json::value(nullptr) : json::value(name);
    }
    [[nodiscard]] json::value name_of(access::UserId user) {
        return is_office_ ? shown_.people().told(user) : json::value(nullptr);
    }
    // Those whom fields named by login, as people know them.
    [[nodiscard]] json::array named() const {
        json::array all;
        for (const auto& [login, full] : shown_.named())
            all.push_back(json::object{{"name", login}, {"full_name", full}});
        return all;
    }

  private:
    const CaseView& view_;
    CaseEye eye_;
    CaseValues shown_;
    bool is_office_;
    bool is_citizen_;
};

// `latest`: the latest day before it; an event of an earlier one was written down late.
json::object event_json(const CaseView& view, const casework::CaseEvent& event, Date latest, Reader& reader,
                        const Call& call) {
    const policy::Move* move = view.machine->move(event.move);
    const access::Unit* unit = call.units->find(event.unit);
    return {{"number", event.number},
            {"move", event.move},
            {"title", words(move == nullptr ? Text{event.move, event.move} : move->title)},
            {"to", event.to},
            {"on", event.on.iso()},
            {"at", time_text(micros_of(event.at))},
            {"entered_late", event.on < latest},
            {"by", reader.who(event.by)},
            {"by_name", reader.name_of(event.by)},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"fields", reader.fields(event.fields, move)},
            {"papers", texts_json(event.papers)},
            {"numbers", json::value_from(event.numbers)},
            {"clause", move == nullptr ? std::string() : move->cite.text()}};
}

// What an unset clock waits for, with whoever sets a figure.
json::value waits_json(const ClockReading& clock, const policy::Law& law) {
    constexpr std::string_view prefix = "param.";
    if (clock.waits_for.empty()) return nullptr;
    Text what{clock.waits_for, clock.waits_for};
    if (clock.waits_for.starts_with(prefix)) {
        const int index = law.parameter_of(std::string_view(clock.waits_for).substr(prefix.size()));
        if (index >= 0) {
            const policy::Parameter& figure = law.parameters[static_cast<std::size_t>(index)];
            what = {fmt::format("{}（由{}设定）", figure.title.zh, figure.set_by.zh),
                    fmt::format("{} (set by: {})", figure.title.en, figure.set_by.en)};
        }
    } else if (const policy::FieldRule* field = law.procedures.field(clock.waits_for)) {
        what = field->title;
    }
    return json::object{{"id", clock.waits_for}, {"title", words(what)}};
}

json::object clock_json(const ClockReading& clock, const policy::Law& law) {
    json::array pauses;
    for (const auto& pause : clock.pauses) {
        pauses.push_back(json::object{{"id", pause.rule->id},
                                      {"title", words(pause.rule->title)},
                                      {"from", pause.from.iso()},
                                      {"to", day_or_null(pause.to)},
                                      {"cut", pause.cut},
                                      {"paper", pause.rule->paper},
                                      {"clause", pause.rule->cite.text()}});
    }
    return {{"id", clock.rule->id},
            {"title", words(clock.rule->title)},
            {"about", clock.subject},
            {"state", casework::name_of(clock.state)},
            {"started_on", clock.started_on.iso()},
            {"due_on", day_or_null(clock.due)},
            {"provisional", clock.provisional},
            {"ended_on", day_or_null(clock.ended_on)},
            {"working_days_left", clock.working_days_left},
            {"told_to", clock.climbed_to},
            {"internal", clock.is_internal},
            {"pauses", std::move(pauses)},
            {"waits_for", waits_json(clock, law)},
            {"latest_on", day_or_null(clock.latest)},
            {"clause", clock.cite.text()}};
}

json::object late_json(const CaseView& view, const casework::repository::LateForm& form, Reader& reader) {
    return {{"id", std::to_string(form.id)},
            {"move", form.move},
            {"on", form.on.iso()},
            {"at", time_text(micros_of(form.at))},
            {"by", reader.who(form.by)},
            {"by_name", reader.name_of(form.by)},
            {"reason", form.reason},
            {"fields", reader.fields(form.fields, view.machine->move(form.move))}};
}

// What was named and has not come, with whoever was to send it.
Result<json::array> awaited_json(Call& call, const CaseView& view, Reader& reader) {
    json::array all;
    auto desk = case_desk(call);
    for (const auto& one : TRY(casework::awaited_attachments(desk, view))) {
        const access::Unit* unit = call.units->find(one.unit);
        all.push_back(
            json::object{{"hash", one.hash},
                         {"event", one.event},
                         {"field", one.field},
                         {"by", reader.who(one.by)},
                         {"by_name", reader.name_of(one.by)},
                         {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
                         {"since", time_text(micros_of(one.since))}});
    }
    return all;
}

// Where the pack sends it, until a department has it.
json::value route_json(const CaseView& view) {
    const bool goes = std::ranges::any_of(view.machine->moves, [](const policy::Move& move) {
        return std::ranges::find(move.needs, casework::department_field) != move.needs.end();
    });
    const auto route = goes ? casework::route_of(view.pack->law, {}, view.state.fields) : std::nullopt;
    if (!route) return nullptr;
    return json::object{
        {"department", route->department}, {"action", words(route->action)}, {"clause", route->cite.text()}};
}

// Where its file stands (电子档案).
Result<json::value> file_json(Call& call, const CaseView& view) {
    const auto standing = TRY(archive::file_standing(case_desk(call), view));
    return json::value(
        json::object{{"state", archive::name_of(standing.state)},
                     {"number", standing.number},
                     {"sealed_at", standing.sealed_at ? json::value(time_text(micros_of(*standing.sealed_at)))
                                                      : json::value(nullptr)}});
}

// Whoever does not reach the household moves the case to no other and to none.
json::array open_json(Call& call, const CaseView& view, bool is_beyond) {
    json::array open;
    const casework::MoveQuestion question = view.question(call.today());
    for (const policy::Move* move : casework::open_moves(question, actor_of(call)))
        if (casework::may_tie(*move, view.head, view.state) && !(is_beyond && casework::is_tying(*move)))
            open.push_back(move_json(view.pack->law, *view.machine, *move));
    return open;
}

// Other cases of the household, of those that this reader may read; `tell` adds to each what it is told for.
// With the household one is told, too, that is at an office which the reader does not reach: it does not
// open.
template <class Help, class Tell>
json::array beside_json(Call& call, const CaseView& view, const std::vector<Help>& all, const Tell& tell) {
    json::array beside;
    for (const Help& one : all) {
        const auto thing = thing_named(one.thing);
        if (!thing) continue;
        const access::Scope scope = call.scope(access::Verb::read, *thing);
        const auto covers = [&](access::UnitId unit) {
            return scope.covers({.household = view.head.household, .unit = unit});
        };
        if (!covers(view.head.unit)) continue;
        json::object row{{"case", std::to_string(one.of.value())},
                         {"machine", one.machine},
                         {"title", words(one.title)},
                         {"opens", covers(one.unit)}};
        tell(one, row);
        beside.push_back(std::move(row));
    }
    return beside;
}

// The decision that is open to this reader and of which the pack asks what was given before (moves,
// `repeats`); null: there is none.
const policy::Move* asks_before(const Call& call, const CaseView& view) {
    const auto open = casework::open_moves(view.question(call.today()), actor_of(call));
    const auto asks = std::ranges::find_if(open, [&](const policy::Move* move) {
        return move->repeats.has_value() && casework::may_tie(*move, view.head, view.state);
    });
    return asks == open.end() ? nullptr : *asks;
}

// What the household was given before, beside such a decision.
Result<json::array> helped_json(Call& call, const CaseView& view) {
    const policy::Move* asks = asks_before(call, view);
    if (asks == nullptr) return json::array();
    auto desk = case_desk(call);
    const auto all = TRY(casework::earlier_help(desk, view.head, call.today(), asks->repeats->months));
    return beside_json(call, view, all, [](const casework::EarlierHelp& one, json::object& row) {
        row["on"] = one.on.iso();
        row["amount"] = one.amount ? json::value(one.amount->fen()) : json::value(nullptr);
    });
}

// Beside a case that was tied to a household: what goes on for it already. Whether it is about the same
// event, a person says.
Result<json::array> running_json(Call& call, const CaseView& view) {
    if (!casework::is_tied(view.head, view.state)) return json::array();
    auto desk = case_desk(call);
    const auto all = TRY(casework::running_help(desk, view.head));
    return beside_json(call, view, all, [](const casework::RunningHelp& one, json::object& row) {
        row["state"] = words(one.state);
        row["since"] = one.since.iso();
    });
}

// What is paid a month, and from when; null: nothing from that day if it ends, else it cannot be read.
json::array pays_json(const CaseView& view) {
    json::array course;
    for (const auto& one : casework::paid_course(view.events)) {
        course.push_back(
            json::object{{"from", one.from.iso()},
                         {"amount", one.amount ? json::value(one.amount->fen()) : json::value(nullptr)},
                         {"category", one.category},
                         {"event", one.event},
                         {"ends", one.ends}});
    }
    return course;
}

json::object word_json(const std::string& id, const Text& title) {
    return {{"id", id}, {"title", words(title)}};
}
template <class List>
json::array words_of(const List& list) {
    json::array all;
    for (const auto& one : list) all.push_back(word_json(one.id, one.title));
    return all;
}
json::array words_of_section(const policy::Law& law, std::string_view section) {
    json::array all;
    for (const auto& route : law.routes)
        if (route.section == section) all.push_back(word_json(route.id, route.title));
    return all;
}

json::array words_json(const policy::FieldRule& field, const policy::Law& law) {
    using Type = policy::FieldRule::Type;
    switch (field.type) {
        case Type::category:
            return words_of(law.categories);
        case Type::benefit:
        case Type::benefits:
            return words_of(law.benefits);
        case Type::branch:
            return words_of_section(law, "branches");
        case Type::department:
        case Type::departments:
            return words_of_section(law, "departments");
        default:
            break;
    }
    json::array all;
    for (const auto& [id, title] : field.words) all.push_back(word_json(id, title));
    return all;
}

}  // namespace

json::object field_json(const policy::FieldRule& field, const policy::Law& law) {
    json::object body{{"id", field.id},
                      {"title", words(field.title)},
                      {"type", policy::name_of(field.type)},
                      {"words", words_json(field, law)},
                      {"least", field.least},
                      {"sensitive", field.sensitive},
                      {"fact", field.fact}};
    if (field.account)
        body["digits"] =
            json::object{{"least", field.account->least},
                         {"most", field.account->most},
                         {"check_digit", field.account->refuses_check_digit ? "refused" : "said"}};
    return body;
}

json::object machine_json(const policy::Law& law, const policy::Machine& machine) {
    json::array states;
    for (const auto& state : machine.states) {
        states.push_back(
            json::object{{"id", state.id}, {"title", words(state.title)}, {"kind", name_of(state.kind)}});
    }
    json::array moves;
    for (const auto& move : machine.moves) moves.push_back(move_json(law, machine, move));
    return {{"id", machine.id},          {"title", words(machine.title)},
            {"thing", machine.thing},    {"states", std::move(states)},
            {"moves", std::move(moves)}, {"clause", machine.cite.text()}};
}

json::object listed_case_json(const Call& call, const casework::repository::ListedCase& one,
                              const policy::Pack& pack) {
    const policy::Law& law = pack.law;
    const auto& [head, now] = one.row;
    const policy::ClockRule* due_by = law.procedures.clock(now.due_clock);
    const policy::Machine* machine = law.procedures.machine(head.machine);
    const policy::MachineState* state = machine == nullptr ? nullptr : machine->state(now.state);
    const access::Unit* unit = call.units->find(head.unit);
    return {
        {"id", std::to_string(head.id.value())},
        {"machine", head.machine},
        {"title", words(machine == nullptr ? Text{head.machine, head.machine} : machine->title)},
        {"household", one.household},
        {"person", head.person && !one.is_beyond ? json::value(std::to_string(head.person->value()))
                                                 : json::value(nullptr)},
        {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
        {"department", head.department},
        {"parent", head.parent ? json::value(std::to_string(head.parent->value())) : json::value(nullptr)},
        {"state", now.state},
        {"state_title", words(state == nullptr ? Text{now.state, now.state} : state->title)},
        {"track", one.is_beyond ? std::string() : now.track},
        {"level", one.desk.level.empty() ? json::value(nullptr) : json::value(one.desk.level)},
        {"opened_on", head.opened_on.iso()},
        {"due_on", day_or_null(now.due_on)},
        {"due_provisional", is_provisional(call, now.due_on)},
        {"due_clock", due_by == nullptr ? json::value(nullptr) : json::value(words(due_by->title))},
        {"due_internal", casework::is_target(pack, now.due_clock, one.desk.level)},
        {"working_days_left", casework::counts_working_days(law, now.due_clock, now.track)
                                  ? working_days_left(call, now.due_on)
                                  : json::value(nullptr)},
        {"overdue", now.due_on && *now.due_on < call.today()},
        {"told_to", now.due_on ? casework::climbed_to(law.procedures, call.services.policy.calendar,
                                                      now.due_clock, *now.due_on, call.today())
                               : std::string()},
        {"closed", now.is_closed},
        {"closed_on", day_or_null(one.desk.closed_on)}};
}

namespace {

SeenClocks seen_clocks(Call& call, const CaseView& view, const casework::repository::Projection& now,
                       const Reader& reader) {
    SeenClocks seen;
    const bool by_category = is_told_the_longest(call, now);
    for (const ClockReading& clock : view.clocks)
        if (reader.sees(clock) && !(by_category && !clock.rule->of.empty())) seen.clocks.push_back(clock);
    if (!by_category) return seen;
    seen.longest = casework::longest_terms(case_desk(call), *view.pack, view.head, view.state, call.today());
    std::erase_if(seen.longest, [&](const ClockReading& clock) { return !reader.sees(clock); });
    return seen;
}

json::array clocks_json(const CaseView& view, const SeenClocks& seen, const Reader& reader) {
    json::array clocks;
    const auto put = [&](const ClockReading& clock) {
        json::object told = clock_json(clock, view.pack->law);
        if (!reader.is_office()) told["told_to"] = "";
        clocks.push_back(std::move(told));
    };
    for (const ClockReading& clock : seen.clocks) put(clock);
    for (const ClockReading& clock : seen.longest) {
        put(clock);
        clocks.back().as_object()["by_category"] = true;
    }
    return clocks;
}

}  // namespace

void tell_the_longest_of(Call& call, const CaseView& view, const std::string& household, json::object& row) {
    const Reader reader(call, view, household);
    const auto now = casework::projected(*view.machine, view.state, view.clocks);
    tell_the_longest(call, seen_clocks(call, view, now, reader), view.pack->law, row);
}

Result<json::object> case_json(Call& call, const casework::repository::ListedCase& found,
                               const CaseView& whole) {
    const auto reached = TRY(reached_case(call, found, whole));
    const CaseView& view = reached.view;
    const std::string& household = found.household;
    Reader reader(call, view, household);
    const auto now = casework::projected(*view.machine, view.state, view.clocks);
    json::object body = listed_case_json(call,
                                         {{view.head, now},
                                          household,
                                          casework::repository::desk_columns_of(view.state, now.is_closed),
                                          found.is_beyond},
                                         *view.pack);
    if (found.is_beyond) body["household_at"] = TRY(home_office_of(call, whole.head));
    json::array events;
    Date latest = view.head.opened_on;
    for (const auto& event : view.events) {
        if (reader.sees(event)) events.push_back(event_json(view, event, latest, reader, call));
        latest = std::max(latest, event.on);
    }
    json::array late;
    if (reader.is_office())
        for (const auto& form : view.late) late.push_back(late_json(view, form, reader));
    json::array below;
    for (const auto& child : view.children) {
        below.push_back(json::object{{"id", std::to_string(child.head.id.value())},
                                     {"machine", child.head.machine},
                                     {"state", child.now.state},
                                     {"closed", child.now.is_closed}});
    }
    body["subject"] = TRY(subject_json(call, view));
    body["route"] = reader.is_office() ? route_json(view) : json::value(nullptr);
    body["pack"] = view.head.pack;
    body["pack_title"] = words(view.pack->title);
    body["pack_version"] = view.head.pack_version;
    body["seen"] = view.state.events;
    body["events"] = std::move(events);
    const SeenClocks seen = seen_clocks(call, view, now, reader);
    tell_the_longest(call, seen, view.pack->law, body);
    body["clocks"] = clocks_json(view, seen, reader);
    body["late"] = std::move(late);
    body["awaited"] = reader.is_office() ? TRY(awaited_json(call, view, reader)) : json::array();
    body["below"] = reader.is_office() ? std::move(below) : json::array();
    body["open_moves"] = open_json(call, whole, found.is_beyond);
    if (json::array pays = pays_json(view); reader.is_office() && !pays.empty())
        body["pays"] = std::move(pays);
    if (reader.is_office()) {
        const auto sees = [&reader](const casework::CaseEvent& event) { return reader.sees(event); };
        if (json::array accounts = TRY(accounts_json(call, view, sees)); !accounts.empty())
            body["accounts"] = std::move(accounts);
    }
    if (json::array helped = TRY(helped_json(call, view)); reader.is_office() && !helped.empty())
        body["helped_before"] = std::move(helped);
    // Of nobody who is known it is not that nothing was given; whoever the household is kept from asks
    // nothing.
    if (reader.is_office() && casework::is_of_nobody(whole.head) && asks_before(call, view) != nullptr)
        body["helped_unknown"] = true;
    if (json::array running = TRY(running_json(call, view)); reader.is_office() && !running.empty())
        body["running_beside"] = std::move(running);
    body["people"] = reader.named();
    body["file"] = reader.is_office() ? TRY(file_json(call, whole)) : json::value(nullptr);
    return body;
}

json::object moved_json(const casework::Moved& moved) {
    static constexpr std::array<std::string_view, 4> kinds{"made", "already_there", "kept_late", "refused"};
    const auto told = [](const std::vector<casework::MoveFault>& faults) {
        json::array all;
        for (const auto& fault : faults) {
            all.push_back(
                json::object{{"field", fault.field}, {"code", fault.code}, {"detail", words(fault.text)}});
        }
        return all;
    };
    json::object body{{"case", std::to_string(moved.of.value())},
                      {"outcome", kinds[static_cast<std::size_t>(moved.kind)]},
                      {"event", moved.event},
                      {"faults", told(moved.faults)}};
    if (!moved.hints.empty()) body["hints"] = told(moved.hints);
    return body;
}

Failure refused_move(const casework::Moved& moved) {
    constexpr int unprocessable = 422;
    Failure failure(unprocessable, "move_refused",
                    {"不能办理，请按提示修改", "the move is refused: see each field"});
    for (const auto& fault : moved.faults) {
        const bool is_own = fault.field == "on" || fault.field == "person" || fault.field == "parent";
        const std::string at = fault.field.empty() ? "/move"
                               : is_own            ? "/" + fault.field
                                                   : "/fields/" + fault.field;
        failure.fields.push_back({"body", at, fault.code, fault.text});
    }
    return failure;
}

}  // namespace doudi::http
