// SPDX-License-Identifier: Apache-2.0
// A case of somebody who was on no register goes to the household that was registered since. A person says
// which, and why; another tie undoes it, and the chain has both. Nothing is tied by a guess.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "casework/verbs.h"

namespace doudi::casework {

// A move that leaves it ties; what it is told, by the program from the household that was reached.
inline constexpr std::string_view tied_mark = "tied";
inline constexpr std::string_view tied_to_field = "tied_to";  // the household's code
inline constexpr std::string_view tied_from_field =
    "tied_from";  // that it was tied to before; not told: none

[[nodiscard]] bool is_tying(const policy::Move& move);
// Of a case that was about no household, or that was tied: one that was about a household stays there.
[[nodiscard]] bool may_be_tied(const CaseHead& head, const CaseState& state);

// "tied_only": a tie that comes without its household; "not_to_be_tied": the case is about a household of its
// own; "tied_already": to that one.
[[nodiscard]] std::optional<MoveFault> check_tie(const policy::Move& move, const CaseHead& head,
                                                 const CaseState& state, std::optional<HouseholdId> to);

struct Tie {
    CaseId of;
    int seen = 0;  // how many events were read
    HouseholdId household;
    std::string code;  // as the office calls it
    MoveRequest request;
};
// As move_case(): the event, and what the case was told and attached under the household's key, in one
// transaction.
[[nodiscard]] Result<Moved> tie_case(Desk& desk, const Actor& actor, const Tie& tie);

}  // namespace doudi::casework
