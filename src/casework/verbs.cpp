// SPDX-License-Identifier: Apache-2.0
#include "casework/verbs.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::casework {

namespace {

using repository::CaseRow;
using repository::Projection;
using repository::Shelf;

std::unexpected<Error> unknown(CaseId of) {
    return fail(
        ErrorKind::not_found, "case_unknown",
        {fmt::format("没有第 {} 号办件", of.value()), fmt::format("there is no case {}", of.value())});
}

std::unexpected<Error> changed() {
    return fail(ErrorKind::conflict, "case_changed",
                {"办件已被他人更新，请刷新后再办", "somebody else has moved the case: read it again"});
}

// A fault that says that the case has gone on, not that the form is wrong.
bool is_about_state(const MoveFault& fault) {
    return fault.code == "move_not_open" || fault.code == "move_condition";
}

// A case as the law sees it before a move.
struct Standing {
    std::shared_ptr<const policy::Pack> pack;
    const policy::Machine* machine = nullptr;
    CaseHead head;
    CaseState state;
    std::vector<ClockReading> clocks;
    Date today;

    [[nodiscard]] MoveQuestion question() const { return {pack->law, *machine, state, today, clocks}; }
};

Result<Standing> standing_of(const Desk& desk, CaseHead head, CaseState state) {
    Standing standing;
    standing.today = civil_day(desk.clock.now());
    standing.pack = TRY(need_pack(desk, head.pack, head.opened_on));
    standing.machine = TRY(need_machine(*standing.pack, head.machine));
    standing.head = std::move(head);
    standing.state = std::move(state);
    standing.clocks = clocks_of(desk, *standing.pack, standing.head, standing.state, standing.today);
    return standing;
}

// Within a transaction.
class Mover {
  public:
    Mover(Desk& desk, const Actor& actor)
        : desk_(desk), shelf_(desk.shelf), actor_(actor), now_(desk.clock.now()) {}

    Result<Moved> open(const OpenRequest& request) {
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
        Standing standing = TRY(standing_of(desk_, std::move(head), {}));
        Moved moved;
        moved.faults = check_move(standing.question(), actor_, request.first);
        if (request.parent) TRY_VOID(check_parent(*request.parent, request.machine, moved));
        if (!moved.faults.empty()) return moved;
        moved.of = TRY(repository::insert_case(shelf_, standing.head));
        standing.head.id = moved.of;
        TRY_VOID(put(standing, request.first, moved));
        return moved;
    }

    Result<Moved> move(CaseId of, std::optional<int> seen, const MoveRequest& request) {
        Moved moved;
        moved.of = of;
        const auto row = TRY(repository::select_case(shelf_, of));
        if (!row) return unknown(of);
        const std::vector<CaseEvent> events = TRY(repository::select_events(shelf_, row->head));
        if (is_there(events, request, moved)) return moved;
        const bool has_key = !request.client_key.empty();
        if (seen && *seen != static_cast<int>(events.size()) && !has_key) return changed();
        const Standing standing = TRY(standing_of(desk_, row->head, fold(events)));
        moved.faults = check_move(standing.question(), actor_, request);
        if (moved.faults.empty()) {
            TRY_VOID(put(standing, request, moved));
        } else if (has_key && std::ranges::all_of(moved.faults, is_about_state)) {
            TRY_VOID(keep_late(row->head, request, moved));
        }
        return moved;
    }

  private:
    // A case below another one: its state must be left by a move that opens such a case, or have been reached
    // by one.
    Result<void> check_parent(CaseId parent, std::string_view machine, Moved& moved) {
        const auto row = TRY(repository::select_case(shelf_, parent));
        if (!row) return unknown(parent);
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

    static bool is_there(const std::vector<CaseEvent>& events, const MoveRequest& request, Moved& moved) {
        if (request.client_key.empty()) return false;
        const auto same = std::ranges::find(events, request.client_key, &CaseEvent::client_key);
        if (same == events.end()) return false;
        moved.kind = Moved::Kind::already_there;
        moved.event = same->number;
        return true;
    }

    Result<void> put(const Standing& standing, const MoveRequest& request, Moved& moved) {
        CaseEvent event = event_of(standing.question(), actor_, request);
        event.at = now_;
        CaseState after = standing.state;
        fold(after, event);
        const auto clocks = clocks_of(desk_, *standing.pack, standing.head, after, standing.today);
        const Projection now = projected(*standing.machine, after, clocks);
        // The row is taken first: of two who move at once, the second finds it changed.
        if (!TRY(repository::put_projection(shelf_, moved.of, standing.state.events, now))) return changed();
        TRY_VOID(repository::insert_event(shelf_, standing.head, event));
        TRY_VOID(hand_over(moved.of, event));
        moved.kind = Moved::Kind::made;
        moved.event = event.number;
        return {};
    }

    // A move that names another unit, or a department, hands the case to it.
    Result<void> hand_over(CaseId of, const CaseEvent& event) {
        if (const std::string unit = first_of(event.fields, unit_field); !unit.empty())
            TRY_VOID(repository::put_unit(shelf_, of, UnitId(static_cast<std::uint32_t>(std::stoul(unit)))));
        if (const std::string department = first_of(event.fields, department_field); !department.empty())
            TRY_VOID(repository::put_department(shelf_, of, department));
        return {};
    }

    Result<void> keep_late(const CaseHead& head, const MoveRequest& request, Moved& moved) {
        repository::LateForm form;
        form.of = head.id;
        form.move = request.move;
        form.on = request.on;
        form.at = now_;
        form.by = actor_.user;
        form.unit = actor_.unit;
        form.fields = request.fields;
        form.client_key = request.client_key;
        form.reason = moved.faults.front().code;
        moved.kind = Moved::Kind::kept_late;
        return repository::insert_late(shelf_, head, form);
    }

    Desk& desk_;
    Shelf& shelf_;
    const Actor& actor_;
    Instant now_;
};

}  // namespace

Result<Moved> open_within(Desk& desk, const Actor& actor, const OpenRequest& request) {
    return Mover(desk, actor).open(request);
}

Result<Moved> open_case(Desk& desk, const Actor& actor, const OpenRequest& request) {
    Moved moved;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        moved = TRY(open_within(desk, actor, request));
        return {};
    }));
    return moved;
}

Result<Moved> move_within(Desk& desk, const Actor& actor, CaseId of, const MoveRequest& request,
                          std::optional<int> seen) {
    return Mover(desk, actor).move(of, seen, request);
}

Result<Moved> move_case(Desk& desk, const Actor& actor, CaseId of, std::optional<int> seen,
                        const MoveRequest& request) {
    // A form with a key is nobody's answer to what was read: it may be tried again on what is there now.
    constexpr int most_tries = 5;
    for (int tried = 1;; ++tried) {
        Moved moved;
        const Result<void> done = desk.shelf.database.write_beside([&]() -> Result<void> {
            moved = TRY(Mover(desk, actor).move(of, seen, request));
            return {};
        });
        if (done) return moved;
        const bool again = done.error().code == "case_changed" && !seen && tried < most_tries;
        if (!again) return std::unexpected(done.error());
    }
}

Result<void> settle_late(Desk& desk, CaseId of, std::int64_t form) {
    return desk.shelf.database.write_beside([&]() -> Result<void> {
        if (TRY(repository::settle_late(desk.shelf, of, form, desk.clock.now()))) return {};
        return fail(ErrorKind::not_found, "late_unknown",
                    {"没有这张待处理的迟到表单", "no such late form waits to be looked at"});
    });
}

Result<CaseView> read_case(Desk& desk, CaseId of, Date today) {
    CaseView view;
    TRY_VOID(desk.shelf.database.read([&]() -> Result<void> {
        const auto row = TRY(repository::select_case(desk.shelf, of));
        if (!row) return unknown(of);
        view.head = row->head;
        view.events = TRY(repository::select_events(desk.shelf, row->head));
        view.late = TRY(repository::select_late(desk.shelf, row->head));
        view.children = TRY(repository::select_children(desk.shelf, of));
        return {};
    }));
    view.pack = TRY(need_pack(desk, view.head.pack, view.head.opened_on));
    view.machine = TRY(need_machine(*view.pack, view.head.machine));
    view.state = fold(view.events);
    view.clocks = clocks_of(desk, *view.pack, view.head, view.state, today);
    return view;
}

Result<bool> is_sound(Desk& desk, CaseId of) {
    const auto row = TRY(repository::select_case(desk.shelf, of));
    if (!row) return unknown(of);
    const auto events = TRY(repository::select_events(desk.shelf, row->head));
    if (events.empty()) return false;
    const auto pack = TRY(need_pack(desk, row->head.pack, row->head.opened_on));
    const policy::Machine* machine = TRY(need_machine(*pack, row->head.machine));
    const CaseState state = fold(events);
    const auto clocks = clocks_of(desk, *pack, row->head, state, civil_day(events.back().at));
    return projected(*machine, state, clocks) == row->now;
}

}  // namespace doudi::casework
