// SPDX-License-Identifier: Apache-2.0
// Whether a move of a case may be made: by this person, now, with what it is told. Every reason against it is
// said at once, each with the field that it is about; nothing of a rule stands here but its machine.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "casework/records.h"
#include "policy/pack.h"

namespace doudi::casework {

// Who moves, as the moment's session has it.
struct Actor {
    UserId user;
    std::vector<std::string> roles;
    UnitId unit;
    std::string level;       // of the unit: "township"
    std::string region;      // of the unit; empty: none
    std::string department;  // empty: the civil-affairs office
};

struct MoveRequest {
    std::string move;
    Date on;  // when it took effect; not after `today`
    Fields fields;
    std::string client_key;
};

struct MoveFault {
    std::string field;  // empty: the move itself
    std::string code;   // "move_not_open", "field_missing"
    Text text;
};

// The case under which one was opened, as far as its people are asked about.
struct CaseAbove {
    std::shared_ptr<const policy::Pack> pack;  // keeps what the machine points to
    const policy::Machine* machine = nullptr;  // null: it stands below none
    CaseState state;
};

struct MoveQuestion {
    const policy::Law& law;
    const policy::Machine& machine;
    const CaseState& state;
    Date today;
    std::span<const ClockReading> clocks;  // of the state, today
    // It follows of another move: that one's maker was checked, nobody's role is asked; `not_by` of this case
    // binds them all the same.
    bool by_law = false;
    const CaseAbove* above = nullptr;
    std::string_view region = {};  // where the household lives, as figures are set; empty: the actor's own
    bool of_nobody = false;        // about no household and no person that is known
};

// What is told as it is kept: texts without blanks around them, and none that says nothing (blanks and marks
// of punctuation alone), which is as if the field had not been filled in.
[[nodiscard]] MoveRequest as_written(const policy::Law& law, MoveRequest request);
// Nothing: it may be made. It is checked as it would be kept.
[[nodiscard]] std::vector<MoveFault> check_move(const MoveQuestion& question, const Actor& actor,
                                                const MoveRequest& request);
// The event that the move is, if nothing speaks against it; number, at and unit are the caller's.
[[nodiscard]] CaseEvent event_of(const MoveQuestion& question, const Actor& actor,
                                 const MoveRequest& request);

// The move that is made where `id` is asked for: itself, or what it says is made `otherwise`, the first that
// is open in the state; itself where none is. Null: there is no such move.
[[nodiscard]] const policy::Move* move_as_open(const policy::Machine& machine, std::string_view state,
                                               std::string_view id);
// Whether one that is asked for may be made as the other.
[[nodiscard]] bool may_become(const policy::Machine& machine, std::string_view id, std::string_view made);

// Whether a field has one of the words: as it is told now, or else as the case has it.
[[nodiscard]] bool holds(const policy::FieldIs& is, const Fields& told, const Fields& earlier);

// What is open to this person now, in the order of the pack: for the buttons of a page. What hangs on a field
// is open where the case as it stands allows it, or where the move itself tells the field.
[[nodiscard]] std::vector<const policy::Move*> open_moves(const MoveQuestion& question, const Actor& actor);

}  // namespace doudi::casework
