// SPDX-License-Identifier: Apache-2.0
#include "casework/verbs.h"

#include <algorithm>

#include "casework/moves/mover.h"

namespace doudi::casework {

std::string opening_move(const policy::Machine& machine, const std::vector<std::string>& roles) {
    std::string first;
    for (const policy::Move& move : machine.moves) {
        if (!move.from.empty()) continue;
        if (std::ranges::find_first_of(move.by, roles) != move.by.end()) return move.id;
        if (first.empty()) first = move.id;
    }
    return first;
}

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
        if (!row) return case_unknown(of);
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
    view.above = TRY(case_above(desk, view.pack->law, *view.machine, view.head));
    view.region = TRY(home_region(desk, *view.machine, view.head));
    return view;
}

Result<bool> is_sound(Desk& desk, CaseId of) {
    const auto row = TRY(repository::select_case(desk.shelf, of));
    if (!row) return case_unknown(of);
    const auto events = TRY(repository::select_events(desk.shelf, row->head));
    if (events.empty()) return false;
    const auto pack = TRY(need_pack(desk, row->head.pack, row->head.opened_on));
    const policy::Machine* machine = TRY(need_machine(*pack, row->head.machine));
    const CaseState state = fold(events);
    // As it was put with the last event, or made anew since (renewal.h): a day that passed may have moved it.
    const auto is_as_of = [&](Date day) {
        return projected(*machine, state, clocks_of(desk, *pack, row->head, state, day)) == row->now;
    };
    return is_as_of(civil_day(events.back().at)) || is_as_of(civil_day(desk.clock.now()));
}

}  // namespace doudi::casework
