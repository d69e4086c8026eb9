// SPDX-License-Identifier: Apache-2.0
#include "casework/ties/tying.h"

#include <algorithm>

#include "casework/kept/kept_rows.h"
#include "casework/moves/mover.h"

namespace doudi::casework {

namespace {

bool leaves(const policy::Move& move, std::string_view mark) {
    return std::ranges::find(move.marks, mark) != move.marks.end();
}

bool was_tied(const CaseState& state) {
    return std::ranges::find(state.marks, tied_mark, &Mark::id) != state.marks.end();
}

}  // namespace

bool is_untying(const policy::Move& move) {
    return leaves(move, untied_mark);
}

bool is_tying(const policy::Move& move) {
    return leaves(move, tied_mark) || is_untying(move);
}

bool is_tied(const CaseHead& head, const CaseState& state) {
    return head.household && was_tied(state);
}

bool may_be_tied(const CaseHead& head, const CaseState& state) {
    return !head.household || was_tied(state);
}

bool may_tie(const policy::Move& move, const CaseHead& head, const CaseState& state) {
    if (!is_tying(move)) return true;
    return is_untying(move) ? is_tied(head, state) : may_be_tied(head, state);
}

std::optional<MoveFault> check_tie(const policy::Move& move, const CaseHead& head, const CaseState& state,
                                   const std::optional<TiedTo>& to) {
    if (!is_tying(move)) return std::nullopt;
    const bool is_away = is_untying(move);
    const std::string field(is_away ? std::string_view() : tied_to_field);
    if (!to || to->household.has_value() == is_away)
        return MoveFault{field, "tied_only",
                         is_away ? Text{"请在办件页逐件办理", "one case at a time"}
                                 : Text{"请在办件页逐件办理，并写明家庭编号",
                                        "one case at a time, with the household's code"}};
    if (is_away) {
        if (is_tied(head, state)) return std::nullopt;
        return MoveFault{
            "",
            "not_tied",
            {"本件没有归入家庭，无可撤销", "the case was tied to no household: there is nothing to undo"}};
    }
    if (!may_be_tied(head, state))
        return MoveFault{"",
                         "not_to_be_tied",
                         {"本件登记时已有所属家庭，不能改归其他家庭",
                          "the case was about a household from its beginning: it goes to no other"}};
    if (head.household == to->household)
        return MoveFault{
            field, "tied_already", {"本件已归入这一户", "the case is tied to that household already"}};
    return std::nullopt;
}

Result<Moved> tie_case(Desk& desk, const Actor& actor, const Tie& tie) {
    Moved moved;
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        const auto before = TRY(repository::select_case(desk.shelf, tie.of));
        if (!before) return case_unknown(tie.of);
        MoveRequest request = tie.request;
        if (tie.household) request.fields[std::string(tied_to_field)] = {tie.code};
        request.fields.erase(std::string(tied_from_field));
        Fields by_program;
        if (before->head.household) {
            const std::string code = TRY(repository::select_code(desk.shelf, *before->head.household));
            if (!code.empty()) by_program[std::string(tied_from_field)] = {code};
        }
        Mover mover(desk, actor);
        mover.tie_to(tie.household);
        mover.tell(by_program);
        moved = TRY(mover.move(tie.of, tie.seen, request));
        if (moved.kind != Moved::Kind::made) return {};
        return hand_to_household(desk.shelf, before->head, tie.household);
    }));
    return moved;
}

}  // namespace doudi::casework
