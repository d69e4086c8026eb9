// SPDX-License-Identifier: Apache-2.0
// What the reasons against a move (moves.h) have in common. Each kind stands in a file of its own: the steps
// that the case has made (move_steps.cpp), who makes it (move_people.cpp), its day (move_days.cpp), the
// fields that it is told (move_fields.cpp), their values (move_values.cpp), and money (move_money.cpp). For
// those files and moves.cpp alone.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "casework/moves/moves.h"

namespace doudi::casework {

// What is asked, and the reasons found so far, in the order in which they are said.
struct MoveCheck {
    const MoveQuestion& question;
    const Actor& actor;
    const policy::Move& move;
    std::vector<MoveFault> faults = {};

    void add(std::string_view field, std::string_view code, Text text);
    // Of the field, as the pack has it; one that it does not have is called by its id.
    [[nodiscard]] Text title_of(std::string_view field) const;
};

[[nodiscard]] bool names(const std::vector<std::string>& ids, std::string_view id);
// The first value; empty: the field was not told. It lives as long as `fields`.
[[nodiscard]] std::string_view first_value(const Fields& fields, std::string_view id);
// Not told, or told as nothing but empty values.
[[nodiscard]] bool is_empty(const Fields& fields, std::string_view id);
// Whether it is a number of fen or of pieces: whole, and none below zero.
[[nodiscard]] bool is_whole_number(std::string_view text);
// Its value; 0 of what is no number.
[[nodiscard]] std::int64_t whole_number(std::string_view text);

// Proposed in this case, and not answered since.
[[nodiscard]] bool waits_for_answer(const MoveQuestion& question, const std::string& proposal);

// The steps of the case: "move_not_open", "move_once", "move_after" (a proposal that waits), "move_shut".
void check_steps(MoveCheck& check);
// A step that the case, as it stands, leaves open comes first ("move_after").
void check_after(MoveCheck& check);

// The actor's role, level and power: "move_role", "move_level", and those of check_authority().
void check_person(MoveCheck& check, const Fields& told);
// "move_same_person": whoever made a step that this one is kept apart from.
void check_others(MoveCheck& check);
// "maker_missing": whoever tells of a visit was there, or says why they tell of it.
void check_maker(MoveCheck& check, const Fields& told);

// The day among those of the case: "on_future", "on_before_case", "on_before_last", "on_before_mark".
void check_day(MoveCheck& check, Date on);
// The day among the clocks: "move_too_early", "move_clock_open", "move_too_late", "move_clock_unset",
// "move_no_clock".
void check_clocks(MoveCheck& check, Date on);

// "field_missing", then what speaks against each that was told.
void check_fields(MoveCheck& check, const MoveRequest& request);
// "move_condition": by what is told, or else as the case has it.
void check_conditions(MoveCheck& check, const Fields& told);
// The same of those alone of which the move itself tells nothing.
void check_standing(MoveCheck& check);
// "field_never_told": of a field whose values another one of the case must have told.
void check_among(MoveCheck& check, const Fields& told);
// "route_other": a hardship goes to the department that the pack names for it.
void check_route(MoveCheck& check, const Fields& told);

// The values of one field by its type; `on`: the day of the step.
void check_values(MoveCheck& check, const policy::FieldRule& rule, const std::vector<std::string>& values,
                  Date on);

// "field_too_much" and "bound_unset" by the figures of the place; "balance_short": what is kept is never less
// than nothing.
void check_money(MoveCheck& check, const Fields& told);

}  // namespace doudi::casework
