// SPDX-License-Identifier: Apache-2.0
// What follows of a move by itself, within the same transaction: an open case beside it goes on, a case below
// it begins. Whoever made the move is named as its maker; no role of theirs is asked again, and where one
// step of it cannot be made, none is.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "casework/found.h"
#include "casework/lists/sampling.h"
#include "casework/moves/mover.h"
#include "casework/offices.h"
#include "casework/payments/beside.h"
#include "casework/payments/paid.h"
#include "casework/ties/hanging.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;
using repository::CaseRow;

constexpr int deepest = 4;

bool all_hold(const std::vector<policy::FieldIs>& conditions, const Fields& told, const Fields& earlier) {
    return std::ranges::all_of(conditions,
                               [&](const policy::FieldIs& is) { return holds(is, told, earlier); });
}

// What goes over: the fields that the other move takes too, save papers, which stay with their case.
Fields carried(const policy::Law& law, const policy::Move& move, const Fields& told,
               const std::vector<std::pair<std::string, std::string>>& with) {
    Fields fields;
    for (const std::vector<std::string>* ids : {&move.needs, &move.may}) {
        for (const std::string& id : *ids) {
            const FieldRule* rule = law.procedures.field(id);
            const auto found = told.find(id);
            if (found == told.end() || (rule != nullptr && rule->type == FieldRule::Type::attachments))
                continue;
            fields[id] = found->second;
        }
    }
    for (const auto& [id, value] : with) fields[id] = {value};
    return fields;
}

// A step of a case that begins, told what the event was told and it takes too.
MoveRequest step_of(const policy::Law& law, const policy::Machine& machine, const std::string& id,
                    const CaseEvent& event) {
    const policy::Move* move = machine.move(id);
    return {id, event.on, move == nullptr ? Fields{} : carried(law, *move, event.fields, {}), {}};
}

std::unexpected<Error> refused(const std::vector<MoveFault>& faults) {
    const MoveFault& first = faults.front();
    return fail(ErrorKind::invalid, first.code,
                {fmt::format("随之办理的事项不能办理：{}", first.text.zh),
                 fmt::format("what follows of it cannot be done: {}", first.text.en)});
}

// What a step that follows did, and what followed of it.
void note_followed(Moved& moved, const Moved& step) {
    std::vector<CaseId> all{step.of};
    all.insert(all.end(), step.followed.begin(), step.followed.end());
    for (const CaseId one : all)
        if (std::ranges::find(moved.followed, one) == moved.followed.end()) moved.followed.push_back(one);
}

constexpr std::string_view told_prefix = "told.";
constexpr std::string_view clock_prefix = "clock.";
constexpr std::string_view paid_before_prefix = "paid_before.";

// Whether what goes over is of this case.
bool is_of_the_case(const policy::AlsoRule& rule) {
    return std::ranges::any_of(rule.with, [](const auto& one) {
        return one.second.starts_with(told_prefix) || one.second.starts_with(clock_prefix);
    });
}

// Whether the other case never made the step that what goes over is asked from before of.
bool has_nothing_before(const policy::AlsoRule& rule, std::span<const CaseEvent> others) {
    return std::ranges::any_of(rule.with, [&](const auto& one) {
        return one.second.starts_with(paid_before_prefix) &&
               paid_before(others, one.second.substr(paid_before_prefix.size())).empty();
    });
}

// Empty: it does not run, or has no day.
std::string day_of(const std::vector<ClockReading>& clocks, std::string_view id) {
    std::string day;
    for (const ClockReading& clock : clocks)
        if (clock.rule->id == id && clock.due && clock.state != ClockState::replaced) day = clock.due->iso();
    return day;
}

// Which one goes on has to be said, or is none of those that are open.
std::unexpected<Error> not_one(const policy::Pack& pack, const policy::AlsoRule& rule,
                               std::string_view code) {
    const policy::Machine* machine = pack.law.procedures.machine(rule.machine);
    const Text title = machine == nullptr ? Text{rule.machine, rule.machine} : machine->title;
    return fail(ErrorKind::invalid, std::string(code),
                {fmt::format("须写明是哪一件未结的“{}”", title.zh),
                 fmt::format("it has to be said which open '{}' goes on", title.en)});
}

// There is none whose step would follow.
Text none_said(const policy::Pack& pack, const policy::AlsoRule& rule, const policy::Move& move) {
    const policy::Machine* machine = pack.law.procedures.machine(rule.machine);
    const policy::Move* next = machine == nullptr ? nullptr : machine->move(rule.move);
    const Text title = machine == nullptr ? Text{rule.machine, rule.machine} : machine->title;
    const Text step = next == nullptr ? Text{rule.move, rule.move} : next->title;
    return {fmt::format("没有可以“{}”的“{}”，不能这样“{}”", step.zh, title.zh, move.title.zh),
            fmt::format("there is no open '{}' in which to '{}': '{}' cannot be told so", title.en, step.en,
                        move.title.en)};
}

bool is_open(const policy::Move& move, const std::string& state) {
    return std::ranges::find(move.from, state) != move.from.end();
}

// An open case beside it, and the move that would go on.
struct Taking {
    CaseRow row;
    std::shared_ptr<const policy::Pack> pack;
    const policy::Move* move = nullptr;
    bool has_nothing = false;  // of what goes over: it is there, and does not go on

    [[nodiscard]] bool goes_on() const { return !has_nothing && is_open(*move, row.now.state); }
};

// Money goes to one case and no other: twice told, it would be paid twice.
bool carries_money(const Taking& one, const policy::AlsoRule& rule, const Fields& told) {
    const auto is_money = [&](const std::string& id) {
        const FieldRule* field = one.pack->law.procedures.field(id);
        const bool with = std::ranges::any_of(rule.with, [&](const auto& pair) { return pair.first == id; });
        return field != nullptr && field->type == FieldRule::Type::money && (with || told.contains(id));
    };
    return std::ranges::any_of(one.move->needs, is_money) || std::ranges::any_of(one.move->may, is_money);
}

// Of payments the one that the case is about: as a person names it with the move, else as was determined.
// What goes over of the case is for one alone, and so is money.
Result<std::vector<CaseRow>> the_named(std::vector<Taking> all, const policy::Pack& pack,
                                       const policy::AlsoRule& rule, const Fields& told,
                                       const Fields& earlier) {
    const std::string by_person = first_of(told, paid_case_field);
    std::string named = by_person;
    for (const std::string_view field : {paid_case_field, found::paid})
        if (named.empty()) named = first_of(earlier, field);
    if (!named.empty()) {
        std::erase_if(all,
                      [&](const Taking& one) { return std::to_string(one.row.head.id.value()) != named; });
    }
    const bool is_known = !all.empty();
    std::erase_if(all, [](const Taking& one) { return !one.goes_on(); });
    const bool is_own = is_of_the_case(rule) || std::ranges::any_of(all, [&](const Taking& one) {
                            return carries_money(one, rule, told);
                        });
    if (all.size() > 1 && (is_own || rule.is_one)) return not_one(pack, rule, "also_several");
    // What only goes on or stops leaves alone one that is there and stands otherwise.
    if (all.empty() && !by_person.empty() && !(is_known && rule.is_one))
        return not_one(pack, rule, "also_other");
    std::vector<CaseRow> open;
    for (Taking& one : all) open.push_back(std::move(one.row));
    return open;
}

}  // namespace

// The open cases of the rule's machine, as they stand now. One that was opened after the day of the step was
// not there when it was made: it may be entered late, and takes nothing with it that came since.
Result<Mover::Beside> Mover::open_beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                         const Fields& told, Date on) {
    Beside beside;
    Rows& rows = beside.rows;
    if (rule.of == policy::AlsoRule::Of::unit) {
        rows = TRY(repository::select_open_of_unit(shelf_, rule.machine, actor_.unit));
    } else if (rule.of == policy::AlsoRule::Of::parent) {
        if (standing.head.parent) {
            if (auto above = TRY(repository::select_case(shelf_, *standing.head.parent)))
                rows.push_back(*std::move(above));
        }
    } else if (standing.head.household) {
        rows = TRY(repository::select_cases_of(shelf_, *standing.head.household));
    }
    std::erase_if(rows, [&](const CaseRow& row) {
        return row.head.machine != rule.machine || row.now.is_closed || row.head.opened_on > on;
    });
    if (rule.of == policy::AlsoRule::Of::decision) TRY_VOID(keep_hanging(standing.head, told, beside));
    return beside;
}

// What hangs on the decision above is meant, unless a person names one that does not.
Result<void> Mover::keep_hanging(const CaseHead& head, const Fields& told, Beside& beside) {
    if (head.parent) {
        if (const auto above = TRY(repository::select_case(shelf_, *head.parent)))
            beside.decided = above->head;
    }
    Rows own;
    for (CaseRow& row : beside.rows) {
        const bool hangs = beside.decided && TRY(hangs_on(desk_, row.head, *beside.decided));
        (hangs ? own : beside.of_others).push_back(std::move(row));
    }
    const std::string named = first_of(told, paid_case_field);
    Rows meant;
    for (const CaseRow& row : beside.of_others)
        if (std::to_string(row.head.id.value()) == named) meant.push_back(row);
    if (!meant.empty()) {
        own.clear();
        beside.of_others = std::move(meant);
    } else if (!own.empty()) {
        beside.of_others.clear();
    }
    beside.rows = std::move(own);
    return {};
}

// Why nothing goes on with a step that needs it.
Result<MoveFault> Mover::none_beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                     const policy::Move& move, const MoveRequest& request) {
    const Beside open = TRY(open_beside(standing, rule, request.fields, request.on));
    if (open.of_others.empty()) return MoveFault{"", "also_none", none_said(*standing.pack, rule, move)};
    return of_other_decision(desk_, {*standing.pack, rule, open.decided, open.of_others});
}

// The cases that go on with it.
Result<Mover::Rows> Mover::beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                  const Fields& told, Date on) {
    Beside open = TRY(open_beside(standing, rule, told, on));
    if (!open.of_others.empty()) return Rows{};
    Rows& rows = open.rows;
    std::vector<Taking> all;
    for (CaseRow& row : rows) {
        auto pack = TRY(need_pack(desk_, row.head.pack, row.head.opened_on));
        const policy::Machine* machine = TRY(need_machine(*pack, row.head.machine));
        const policy::Move* move = machine->move(rule.move);
        if (move == nullptr) continue;
        const bool none = has_nothing_before(rule, TRY(repository::select_events(shelf_, row.head)));
        all.push_back({std::move(row), std::move(pack), move, none});
    }
    return the_named(std::move(all), *standing.pack, rule, told, standing.state.fields);
}

// What the other case is told: of the event what its move takes too; of the rule words, what this case was
// told, the days of its clocks as they run with the event, and what the other itself had set before a step.
MoveRequest Mover::goes_on(const StandingCase& standing, const policy::AlsoRule& rule, const CaseEvent& event,
                           const policy::Law& law, std::span<const CaseEvent> others) const {
    CaseState after = standing.state;
    fold(after, event);
    std::vector<ClockReading> clocks;
    if (is_of_the_case(rule)) clocks = clocks_of(desk_, *standing.pack, standing.head, after, standing.today);
    std::vector<std::pair<std::string, std::string>> with;
    for (const auto& [field, text] : rule.with) {
        std::string value = text;
        if (text.starts_with(told_prefix)) value = first_of(after.fields, text.substr(told_prefix.size()));
        if (text.starts_with(clock_prefix)) value = day_of(clocks, text.substr(clock_prefix.size()));
        if (text.starts_with(paid_before_prefix))
            value = paid_before(others, text.substr(paid_before_prefix.size()));
        if (!value.empty()) with.emplace_back(field, std::move(value));
    }
    const policy::Move* other = law.procedures.machine(rule.machine)->move(rule.move);
    return {rule.move, event.on, carried(law, *other, event.fields, with), {}};
}

Result<void> Mover::check_beside(const StandingCase& standing, const policy::Move& move,
                                 const MoveRequest& request, Moved& moved) {
    // A case with which several steps go on: each is asked as the ones before it leave the case, and none
    // after one that is refused.
    std::map<CaseId, std::vector<CaseEvent>> going_on;
    std::set<CaseId> stopped;
    for (const policy::AlsoRule& rule : move.also) {
        if (!all_hold(rule.only_if, request.fields, standing.state.fields)) continue;
        const Rows rows = TRY(beside(standing, rule, request.fields, request.on));
        if (rows.empty() && rule.is_needed) {
            moved.faults.push_back(TRY(none_beside(standing, rule, move, request)));
        }
        for (const CaseRow& row : rows) {
            if (stopped.contains(row.head.id)) continue;
            auto& events = going_on[row.head.id];
            if (events.empty()) events = TRY(repository::select_events(shelf_, row.head));
            StandingCase other = TRY(standing_of(row.head, fold(events)));
            other.by_law = true;
            const CaseEvent event = event_of(standing.question(), actor_, request);
            const MoveRequest follows = goes_on(standing, rule, event, other.pack->law, events);
            const std::size_t before = moved.faults.size();
            TRY_VOID(check_going_on(other, follows, events, moved));
            if (moved.faults.size() > before) stopped.insert(row.head.id);
        }
    }
    return {};
}

Result<void> Mover::check_going_on(const StandingCase& other, const MoveRequest& follows,
                                   std::vector<CaseEvent>& events, Moved& moved) {
    auto faults = check_move(other.question(), actor_, follows);
    const policy::Move* move = other.machine->move(follows.move);
    if (faults.empty() && move != nullptr && asks_paid(*move))
        faults = TRY(check_paid(desk_, other.question(), *move, {other.head, events}, follows));
    if (faults.empty() && move != nullptr) {
        CaseEvent made = event_of(other.question(), actor_, follows);
        if (sets_pay(*move))
            faults = TRY(check_paid_once(desk_, other.question(), {other.head, events}, made));
        if (faults.empty()) events.push_back(std::move(made));
    }
    for (MoveFault& fault : faults) moved.faults.push_back(std::move(fault));
    return {};
}

Result<Mover> Mover::follower() const {
    Mover next(desk_, actor_);
    next.by_law_ = true;
    next.depth_ = depth_ + 1;
    if (next.depth_ <= deepest) return next;
    return fail(ErrorKind::invalid, "consequence_depth",
                {"政策包中的后续事项相互引发，没有尽头",
                 "the steps that the pack joins call one another without end"});
}

Result<void> Mover::move_by_law(CaseId of, const MoveRequest& request, Moved& moved) {
    Mover next = TRY(follower());
    const Moved by_law = TRY(next.move(of, std::nullopt, request));
    if (!by_law.faults.empty()) return refused(by_law.faults);
    note_followed(moved, by_law);
    return {};
}

Result<void> Mover::go_on_beside(const StandingCase& standing, const policy::Move& move,
                                 const CaseEvent& event, Moved& moved) {
    for (const policy::AlsoRule& rule : move.also) {
        if (!all_hold(rule.only_if, event.fields, standing.state.fields)) continue;
        const Rows rows = TRY(beside(standing, rule, event.fields, event.on));
        for (const CaseRow& row : rows) {
            const auto pack = TRY(need_pack(desk_, row.head.pack, row.head.opened_on));
            const auto others = TRY(repository::select_events(shelf_, row.head));
            const MoveRequest follows = goes_on(standing, rule, event, pack->law, others);
            TRY_VOID(move_by_law(row.head.id, follows, moved));
        }
    }
    return {};
}

// Whether what begins below it could begin, said with the fields of this move.
Result<void> Mover::check_below(const StandingCase& standing, const policy::Move& move,
                                const MoveRequest& request, Moved& moved) {
    const CaseEvent event = event_of(standing.question(), actor_, request);
    for (const policy::StartRule& rule : move.starts) {
        if (!rule.over.empty() || !all_hold(rule.only_if, request.fields, standing.state.fields)) continue;
        const OpenRequest opens = TRY(begun_by(standing, rule, {}, event));
        StandingCase below = TRY(standing_of(TRY(head_of(opens)), {}));
        below.by_law = true;
        for (MoveFault& fault : check_move(below.question(), actor_, opens.first))
            moved.faults.push_back(std::move(fault));
        TRY_VOID(check_alone(below, opens.first, moved));
    }
    return {};
}

Result<void> Mover::start_below(const StandingCase& standing, const policy::Move& move,
                                const CaseEvent& event, Moved& moved) {
    for (const policy::StartRule& rule : move.starts) {
        if (!all_hold(rule.only_if, event.fields, standing.state.fields)) continue;
        if (rule.over.empty()) {
            TRY_VOID(start_one(standing, rule, {}, event, moved));
            continue;
        }
        const auto values = event.fields.find(rule.over);
        if (values == event.fields.end()) continue;
        for (const std::string& value : values->second)
            TRY_VOID(start_one(standing, rule, value, event, moved));
    }
    return {};
}

// The case that a rule begins, with the move that opens it.
Result<OpenRequest> Mover::begun_by(const StandingCase& standing, const policy::StartRule& rule,
                                    const std::string& value, const CaseEvent& event) {
    const policy::Law& law = standing.pack->law;
    const policy::Machine* machine = TRY(need_machine(*standing.pack, rule.machine));
    auto with = rule.with;
    if (!rule.as.empty()) with.emplace_back(rule.as, value);
    OpenRequest request;
    request.machine = rule.machine;
    request.pack = standing.head.pack;
    request.household = standing.head.household;
    request.person = standing.head.person;
    request.unit = standing.head.unit;
    request.parent = standing.head.id;
    const FieldRule* as = law.procedures.field(rule.as);
    if (as != nullptr && as->type == FieldRule::Type::case_) {
        const CaseId about(static_cast<std::uint64_t>(std::stoull(value)));
        const auto row = TRY(repository::select_case(shelf_, about));
        if (!row) return case_unknown(about);
        request.household = row->head.household;
        request.person = row->head.person;
    }
    request.first = step_of(law, *machine, rule.moves.front(), event);
    for (const auto& [id, text] : with) request.first.fields[id] = {text};
    return request;
}

Result<void> Mover::start_one(const StandingCase& standing, const policy::StartRule& rule,
                              const std::string& value, const CaseEvent& event, Moved& moved) {
    const policy::Law& law = standing.pack->law;
    const policy::Machine* machine = TRY(need_machine(*standing.pack, rule.machine));
    const OpenRequest request = TRY(begun_by(standing, rule, value, event));
    Mover next = TRY(follower());
    const Moved opened = TRY(next.open(request));
    if (!opened.faults.empty()) return refused(opened.faults);
    note_followed(moved, opened);
    for (std::size_t n = 1; n < rule.moves.size(); ++n)
        TRY_VOID(move_by_law(opened.of, step_of(law, *machine, rule.moves[n], event), moved));
    return {};
}

Result<Fields> Mover::drawn(const StandingCase& standing, const policy::DrawRule& rule,
                            const MoveRequest& request) {
    return draw(desk_, standing.pack->law, rule, actor_, request);
}

}  // namespace doudi::casework
