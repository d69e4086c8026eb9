// SPDX-License-Identifier: Apache-2.0
#include "casework/moves/mover.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "casework/found.h"
#include "casework/lists/below.h"
#include "casework/lists/desk_columns_repository.h"
#include "casework/numbers.h"
#include "casework/offices.h"
#include "casework/payments/accounts.h"
#include "casework/payments/accounts_repository.h"
#include "casework/payments/beside.h"
#include "casework/payments/decision_number.h"
#include "casework/payments/earlier_help.h"
#include "casework/payments/owed.h"
#include "casework/payments/served_repository.h"
#include "casework/payments/together.h"
#include "casework/people.h"
#include "casework/rhythms/rhythms.h"
#include "casework/ties/tying.h"
#include "casework/unused.h"
#include "policy/stated_words.h"

namespace doudi::casework {

namespace {

using repository::Projection;

std::unexpected<Error> changed() {
    return fail(ErrorKind::conflict, "case_changed",
                {"办件已被他人更新，请刷新后再办", "somebody else has moved the case: read it again"});
}

// A fault that says that the case has gone on, not that the form is wrong.
bool is_about_state(const MoveFault& fault) {
    return fault.code == "move_not_open" || fault.code == "move_condition" ||
           fault.code == "on_before_last" || fault.code == "on_before_mark";
}

// A case about a person names one.
void check_subject(const StandingCase& standing, Moved& moved) {
    if (standing.machine->subject != policy::Machine::Subject::person || standing.head.person) return;
    const Text& title = standing.machine->title;
    moved.faults.push_back({"person",
                            "person_missing",
                            {fmt::format("“{}”须写明是哪一个人", title.zh),
                             fmt::format("'{}' is about a person: say who", title.en)}});
}

// One key is one form: what it says a second time is refused, so that whoever sent it learns of it.
MoveFault key_reused(const policy::Move* by) {
    const Text title = by == nullptr ? Text{"另一件事", "something else"} : by->title;
    return {"",
            "key_reused",
            {fmt::format("这个 client_key 已用于“{}”，请换一个重发", title.zh),
             fmt::format("this client_key was used for '{}': send it under another one", title.en)}};
}

}  // namespace

std::unexpected<Error> case_unknown(CaseId of) {
    return fail(
        ErrorKind::not_found, "case_unknown",
        {fmt::format("没有第 {} 号办件", of.value()), fmt::format("there is no case {}", of.value())});
}

Mover::Mover(Desk& desk, const Actor& actor)
    : desk_(desk), shelf_(desk.shelf), actor_(actor), now_(desk.clock.now()) {}

Result<StandingCase> Mover::standing_of(CaseHead head, CaseState state) const {
    StandingCase standing;
    standing.today = civil_day(now_);
    standing.pack = TRY(need_pack(desk_, head.pack, head.opened_on));
    standing.machine = TRY(need_machine(*standing.pack, head.machine));
    standing.head = std::move(head);
    standing.state = std::move(state);
    standing.clocks = clocks_of(desk_, *standing.pack, standing.head, standing.state, standing.today);
    standing.by_law = by_law_;
    if (by_law_) return standing;
    standing.above = TRY(case_above(desk_, standing.pack->law, *standing.machine, standing.head));
    standing.region = TRY(home_region(desk_, *standing.machine, standing.head));
    return standing;
}

Result<CaseHead> Mover::head_of(const OpenRequest& request) const {
    const auto pack = TRY(need_pack(desk_, request.pack, request.first.on));
    CaseHead head;
    head.machine = request.machine;
    head.household = request.household;
    head.person = request.person;
    head.unit = request.unit;
    head.origin = actor_.user == UserId() ? request.unit : actor_.unit;
    head.parent = request.parent;
    head.source = request.source;
    head.pack = pack->id;
    head.pack_version = pack->content_hash;
    head.opened_on = request.first.on;
    return head;
}

Result<bool> Mover::was_opened(const OpenRequest& request, Moved& moved) {
    const std::string& key = request.first.client_key;
    if (key.empty() || actor_.user == UserId()) return false;
    const auto opened = TRY(repository::select_opened(shelf_, key, actor_.user, request.household));
    if (!opened) return false;
    if (opened->row.head.machine != request.machine || opened->move != request.first.move) {
        moved.faults.push_back(key_reused(nullptr));
        return true;
    }
    moved.kind = Moved::Kind::already_there;
    moved.of = opened->row.head.id;
    moved.event = 1;
    return true;
}

Result<bool> Mover::was_sent(const StandingCase& standing, const std::vector<CaseEvent>& events,
                             const MoveRequest& asked, Moved& moved) {
    if (asked.client_key.empty()) return false;
    const auto same = std::ranges::find(events, asked.client_key, &CaseEvent::client_key);
    const auto late = TRY(repository::select_late_move(shelf_, standing.head.id, asked.client_key));
    if (same == events.end() && (!late || *late == asked.move)) return false;
    if (same != events.end() && may_become(*standing.machine, asked.move, same->move)) {
        moved.kind = Moved::Kind::already_there;
        moved.event = same->number;
        return true;
    }
    const std::string& by = same == events.end() ? *late : same->move;
    moved.faults.push_back(key_reused(standing.machine->move(by)));
    return true;
}

Result<Moved> Mover::open(const OpenRequest& request) {
    Moved moved;
    if (TRY(was_opened(request, moved))) return moved;
    CaseHead head = TRY(head_of(request));
    StandingCase standing = TRY(standing_of(std::move(head), {}));
    MoveRequest asked = as_written(standing.pack->law, request.first);
    const policy::RouteElement* listing = TRY(list_below(standing, request, asked));
    const MoveRequest first = routed(desk_.units, standing.question(), standing.head, asked);
    TRY_VOID(check(standing, first, moved));
    if (listing != nullptr) {
        for (MoveFault& fault :
             TRY(check_listed_once(shelf_, *listing, *request.parent, standing.head.household)))
            moved.faults.push_back(std::move(fault));
    }
    check_subject(standing, moved);
    const policy::Move* opens = standing.machine->move(first.move);
    if (opens != nullptr && !opens->alone.empty()) {
        TRY_VOID(repository::hold_openings(shelf_));
        TRY_VOID(check_alone(standing, first, moved));
    }
    if (request.parent && !by_law_) TRY_VOID(check_parent(*request.parent, request.machine, moved));
    if (opens != nullptr) TRY_VOID(check_under(*opens, request.parent, moved));
    if (!moved.faults.empty()) return moved;
    moved.of = TRY(repository::insert_case(shelf_, standing.head));
    standing.head.id = moved.of;
    TRY_VOID(put(standing, first, moved));
    return moved;
}

// The rule of the list on which the case would stand, if it would on any; what it takes from there is told.
Result<const policy::RouteElement*> Mover::list_below(const StandingCase& standing,
                                                      const OpenRequest& request, MoveRequest& first) {
    if (!request.parent) return nullptr;
    const auto row = TRY(repository::select_case(shelf_, *request.parent));
    if (!row) return case_unknown(*request.parent);
    const policy::RouteElement* listing =
        listing_of(standing.pack->law, standing.machine->id, row->head.machine);
    const policy::Move* move = standing.machine->move(first.move);
    if (listing != nullptr && move != nullptr)
        take_from_above(*listing, *move, fold(TRY(repository::select_events(shelf_, row->head))),
                        first.fields);
    return listing;
}

Result<Moved> Mover::move(CaseId of, std::optional<int> seen, const MoveRequest& told) {
    Moved moved;
    moved.of = of;
    const auto row = TRY(repository::select_case(shelf_, of));
    if (!row) return case_unknown(of);
    const std::vector<CaseEvent> events = TRY(repository::select_events(shelf_, row->head));
    const bool has_key = !told.client_key.empty();
    const StandingCase standing = TRY(standing_of(row->head, fold(events)));
    const MoveRequest asked = as_written(standing.pack->law, told);
    if (TRY(was_sent(standing, events, asked, moved))) return moved;
    if (seen && *seen != static_cast<int>(events.size()) && !has_key) return changed();
    MoveRequest open = asked;
    if (const auto* made = move_as_open(*standing.machine, standing.state.state, asked.move))
        open.move = made->id;
    const MoveRequest request =
        followed(standing.question(), routed(desk_.units, standing.question(), standing.head, open));
    TRY_VOID(check(standing, request, moved));
    if (moved.faults.empty()) {
        TRY_VOID(put(standing, request, moved));
    } else if (has_key && std::ranges::all_of(moved.faults, is_about_state)) {
        TRY_VOID(keep_late(standing, asked, moved));
    }
    return moved;
}

Result<void> Mover::check(const StandingCase& standing, const MoveRequest& request, Moved& moved) {
    moved.faults = check_move(standing.question(), actor_, request);
    if (found_ != nullptr)
        std::erase_if(moved.faults, [](const MoveFault& fault) { return fault.code == determined_only; });
    const policy::Move* move = standing.machine->move(request.move);
    if (move == nullptr) return {};
    if (auto fault = check_tie(*move, standing.head, standing.state, tied_to_))
        moved.faults.push_back(*std::move(fault));
    if (auto fault = check_office(desk_.units, *move, actor_, standing.head, request, by_law_))
        moved.faults.push_back(*std::move(fault));
    if (!by_law_) {
        for (MoveFault& fault :
             TRY(check_people(desk_, standing.question(), *move, actor_, standing.head, request)))
            moved.faults.push_back(std::move(fault));
        for (MoveFault& fault :
             TRY(check_repeats(desk_, standing.question(), *move, actor_, standing.head, request)))
            moved.faults.push_back(std::move(fault));
        for (MoveFault& fault :
             TRY(check_together(desk_, standing.question(), *move, actor_, standing.head, request)))
            moved.faults.push_back(std::move(fault));
    }
    for (MoveFault& fault :
         TRY(check_unused(shelf_, standing.question(), *move, standing.head, request.fields)))
        moved.faults.push_back(std::move(fault));
    TRY_VOID(check_alone_again(standing, *move, moved));
    TRY_VOID(check_once_alone(standing, *move, moved));
    if (!by_law_) TRY_VOID(check_pending(standing, *move, request, moved));
    if (asks_paid(*move) && !standing.state.state.empty()) {
        const auto events = TRY(repository::select_events(shelf_, standing.head));
        for (MoveFault& fault :
             TRY(check_paid(desk_, standing.question(), *move, {standing.head, events}, request)))
            moved.faults.push_back(std::move(fault));
    }
    if (settles_pay(*standing.machine, *move)) {
        const auto events = TRY(repository::select_events(shelf_, standing.head));
        for (MoveFault& fault : check_settled(*move, {standing.head, events}, request.on))
            moved.faults.push_back(std::move(fault));
    }
    for (MoveFault& fault : TRY(check_served_once(desk_, standing.question(), *move, standing.head, request)))
        moved.faults.push_back(std::move(fault));
    for (MoveFault& fault :
         TRY(check_waits(shelf_, standing.question(), actor_, *move, standing.head.id, request.fields)))
        moved.faults.push_back(std::move(fault));
    if (moved.faults.empty() && sets_pay(*move)) {
        const auto events = TRY(repository::select_events(shelf_, standing.head));
        const CaseEvent made = event_of(standing.question(), actor_, request);
        moved.faults = TRY(check_paid_once(desk_, standing.question(), {standing.head, events}, made));
    }
    if (moved.faults.empty()) TRY_VOID(check_beside(standing, *move, request, moved));
    if (moved.faults.empty()) TRY_VOID(check_below(standing, *move, request, moved));
    if (moved.faults.empty()) TRY_VOID(check_into(standing, *move, request, moved));
    return {};
}

// A case below another one: its state must be left by a move that opens such a case, or have been reached by
// one.
Result<void> Mover::check_parent(CaseId parent, std::string_view machine, Moved& moved) {
    const auto row = TRY(repository::select_case(shelf_, parent));
    if (!row) return case_unknown(parent);
    const auto pack = TRY(need_pack(desk_, row->head.pack, row->head.opened_on));
    const policy::Machine* above = TRY(need_machine(*pack, row->head.machine));
    const bool opens = std::ranges::any_of(above->moves, [&](const policy::Move& move) {
        const bool names = std::ranges::find(move.opens, machine) != move.opens.end();
        return names && (move.to.empty() ? std::ranges::find(move.from, row->now.state) != move.from.end()
                                         : move.to == row->now.state);
    });
    if (!opens) {
        moved.faults.push_back({"parent",
                                "parent_opens_none",
                                {"上级办件在当前状态下不发起这类办件",
                                 "the case above opens no case of this kind as it stands"}});
    }
    return {};
}

// What is about another case stands below it.
Result<void> Mover::check_under(const policy::Move& move, std::optional<CaseId> parent, Moved& moved) {
    if (move.under.empty()) return {};
    std::optional<repository::CaseRow> row;
    if (parent) row = TRY(repository::select_case(shelf_, *parent));
    if (row && std::ranges::find(move.under, row->head.machine) != move.under.end()) return {};
    moved.faults.push_back({"parent",
                            "parent_missing",
                            {fmt::format("“{}”须在其所针对的办件下发起", move.title.zh),
                             fmt::format("'{}' is opened below the case that it is about", move.title.en)}});
    return {};
}

Result<void> Mover::put(const StandingCase& standing, const MoveRequest& request, Moved& moved) {
    const policy::Move* move = standing.machine->move(request.move);
    CaseEvent event = event_of(standing.question(), actor_, request);
    event.at = now_;
    if (found_ != nullptr) {
        for (const auto& [id, values] : *found_) event.fields[id] = values;
    }
    if (move->draws) {
        for (auto& [id, values] : TRY(drawn(standing, *move->draws, request)))
            event.fields[id] = std::move(values);
    }
    TRY_VOID(number_papers(desk_, standing.pack->law, standing.state.fields, event));
    moved.hints = account_hints(standing.pack->law.procedures, event.fields);
    std::ranges::move(together_hints(*move, standing.head, event.fields), std::back_inserter(moved.hints));
    const auto account = take_account(standing.pack->law.procedures, event.fields);
    CaseState after = standing.state;
    fold(after, event);
    const auto clocks = clocks_of(desk_, *standing.pack, standing.head, after, standing.today);
    const Projection now = projected(*standing.machine, after, clocks);
    // The row is taken first: of two who move at once, the second finds it changed.
    if (!TRY(repository::put_projection(shelf_, moved.of, standing.state.events, now))) return changed();
    TRY_VOID(
        repository::put_desk_columns(shelf_, moved.of, repository::desk_columns_of(after, now.is_closed)));
    TRY_VOID(repository::insert_event(shelf_, standing.head, event));
    if (const std::string number = first_of(event.fields, move->served_once); !number.empty())
        TRY_VOID(repository::insert_served(shelf_, moved.of, digest_of_number(number)));
    if (account) TRY_VOID(repository::insert_account(shelf_, standing.head, event.number, *account));
    TRY_VOID(drop_account(standing, now.is_closed));
    TRY_VOID(hand_over(standing, moved.of, event));
    TRY_VOID(go_on_beside(standing, *move, event, moved));
    TRY_VOID(go_into(standing, *move, event, moved));
    TRY_VOID(start_below(standing, *move, event, moved));
    TRY_VOID(renew_due_lines(desk_, standing.head, *move));
    moved.kind = Moved::Kind::made;
    moved.event = event.number;
    return {};
}

// The number of an account that was proposed and came to nothing by the step that was put last.
Result<void> Mover::drop_account(const StandingCase& standing, bool is_closed) {
    const policy::FieldRule* rule = account_field(standing.pack->law.procedures);
    if (rule == nullptr || !standing.state.ever.contains(rule->id)) return {};
    const auto events = TRY(repository::select_events(shelf_, standing.head));
    const auto dropped = account_dropped(*rule, *standing.machine, events, is_closed);
    return dropped ? repository::delete_account(shelf_, standing.head.id, *dropped) : Result<void>();
}

// A move that names another unit, or a department, hands the case to it, or only asks it.
Result<void> Mover::hand_over(const StandingCase& standing, CaseId of, const CaseEvent& event) {
    const auto unit = unit_told(event.fields);
    const std::string department = first_of(event.fields, department_field);
    if (!unit && department.empty()) return {};
    const std::string move = standing.machine->id + "." + event.move;
    if (unit && !policy::stated_flag(standing.pack->law, "moves", move, "stays"))
        TRY_VOID(repository::put_unit(shelf_, of, *unit));
    if (department.empty()) return {};
    return repository::put_department(shelf_, of, department);
}

// An account is not kept with it: whoever looks at the form asks for it anew.
Result<void> Mover::keep_late(const StandingCase& standing, const MoveRequest& request, Moved& moved) {
    repository::LateForm form;
    form.of = standing.head.id;
    form.move = request.move;
    form.on = request.on;
    form.at = now_;
    form.by = actor_.user;
    form.unit = actor_.unit;
    form.fields = request.fields;
    (void)take_account(standing.pack->law.procedures, form.fields);
    form.client_key = request.client_key;
    form.reason = moved.faults.front().code;
    moved.kind = Moved::Kind::kept_late;
    return repository::insert_late(shelf_, standing.head, form);
}

}  // namespace doudi::casework
