// SPDX-License-Identifier: Apache-2.0
// A case of somebody who was on no register goes to the household that was registered since, one of nobody
// who was known to the household that their papers show. A person says which, and why; another tie undoes
// it, or the case is untied where it is no known household's after all, and the chain has each. Nothing is
// tied by a guess.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "casework/verbs.h"

namespace doudi::casework {

// A move that leaves it ties; what it is told, by the program from the household that was reached.
inline constexpr std::string_view tied_mark = "tied";
inline constexpr std::string_view untied_mark = "untied";     // the other way: to no household
inline constexpr std::string_view tied_to_field = "tied_to";  // the household's code
inline constexpr std::string_view tied_from_field =
    "tied_from";  // that it was tied to before; not told: none

// It changes whose case it is, to a household or to none.
[[nodiscard]] bool is_tying(const policy::Move& move);
[[nodiscard]] bool is_untying(const policy::Move& move);
// It was tied to the household that it has, and is that one's until it is untied.
[[nodiscard]] bool is_tied(const CaseHead& head, const CaseState& state);
// Of a case that is about no household, or that was tied: one that was about a household stays there.
[[nodiscard]] bool may_be_tied(const CaseHead& head, const CaseState& state);
// Whether such a move is for this case as it stands; true of every other move.
[[nodiscard]] bool may_tie(const policy::Move& move, const CaseHead& head, const CaseState& state);

// What the door of a tie has reached; a move that comes by another door has none.
struct TiedTo {
    std::optional<HouseholdId> household;  // none: it is untied
};
// "tied_only": a tie that comes by another door, without its household; "not_to_be_tied": the case is about a
// household of its own; "tied_already": to that one; "not_tied": what is to be untied is tied to none.
[[nodiscard]] std::optional<MoveFault> check_tie(const policy::Move& move, const CaseHead& head,
                                                 const CaseState& state, const std::optional<TiedTo>& to);

struct Tie {
    CaseId of;
    int seen = 0;                          // how many events were read
    std::optional<HouseholdId> household;  // none: it is untied
    std::string code;                      // as the office calls it
    MoveRequest request;
};
// As move_case(): the event, and what the case was told and attached under the household's key, in one
// transaction.
[[nodiscard]] Result<Moved> tie_case(Desk& desk, const Actor& actor, const Tie& tie);

}  // namespace doudi::casework
