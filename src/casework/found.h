// SPDX-License-Identifier: Apache-2.0
// What a determination finds is told to a case by the program alone; what a person proposes and decides after
// it follows it, or says why not (packs, procedures: `follows`).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/verbs.h"

namespace doudi::casework {

// A move that leaves it is made of a determination; what was found holds until the household is looked at
// anew.
inline constexpr std::string_view determined_mark = "determined";
inline constexpr std::string_view looked_mark = "survey";
// A case with it is about what is applied for, not about what is paid.
inline constexpr std::string_view applied_mark = "applied";
// The payment that a case is about, as a person names it.
inline constexpr std::string_view paid_case_field = "paid_case";

// The fields that it fills.
namespace found {
inline constexpr std::string_view kind = "found_kind";  // keep | change | exit | grant | refuse | unknown
inline constexpr std::string_view category = "found_category";  // of keep, change and grant
inline constexpr std::string_view amount = "found_amount";      // a month, in fen
inline constexpr std::string_view next = "found_next";  // of exit and refuse: the category that there is now
inline constexpr std::string_view why = "found_why";
inline constexpr std::string_view missing = "found_missing";  // of unknown
inline constexpr std::string_view replay = "found_replay";    // with what it is replayed
inline constexpr std::string_view sample = "found_sample";    // an invented figure decided something
inline constexpr std::string_view paid = "found_paid";        // the case of what is paid
inline constexpr std::string_view before = "found_before";    // what is paid now, in fen
inline constexpr std::string_view income = "found_income";    // a head and month, in fen
}  // namespace found

// A condition as a rule of the pack's keeps it: "field=word|word".
[[nodiscard]] policy::FieldIs condition_of(const std::string& text);

// Fields that a move ("objection.lost") has to tell where every condition holds and all of `told` are told.
struct NeedIf {
    std::vector<std::string> needs;
    std::vector<policy::FieldIs> only_if;
    std::vector<std::string> told;
    bool of_nobody = false;  // of a case that is about no household and no person that is known
};
// As the pack has it, for whoever shows a form; check_follows() has the word.
[[nodiscard]] std::vector<NeedIf> needs_if(const policy::Law& law, const std::string& move);

// Whether a determination alone tells this field.
[[nodiscard]] bool is_found(std::string_view field);
[[nodiscard]] bool is_determined(const policy::Move& move);
[[nodiscard]] bool is_applied_for(const CaseState& state);
// "determined_only": of a move that a person makes as if they had found it.
inline constexpr std::string_view determined_only = "determined_only";

struct Finding {
    CaseId of;
    int seen = 0;  // how many events were read
    std::string move;
    Date on;
    Fields found;
    // With what it is given again, kept beside the event; empty: nothing. And whom on the register it tells
    // of.
    std::string kept = {};
    std::vector<PersonId> people = {};
};
// As move_case(); `found` is the program's and not checked. What is kept is kept with the event, or neither
// is.
[[nodiscard]] Result<Moved> tell_found(Desk& desk, const Actor& actor, const Finding& finding);

// What the move follows and was not told is told as it was found.
[[nodiscard]] MoveRequest followed(const MoveQuestion& question, MoveRequest request);

// How often each mark was left that the rules of the move count, by the field that says so. Nobody tells it.
[[nodiscard]] Fields counted(const MoveQuestion& question, const policy::Move& move, const Fields& told);

// The fields of which the move takes no value that was told before (packs: `unused`), each with the clause.
struct UnusedField {
    std::string field;
    std::string cite;
};
[[nodiscard]] std::vector<UnusedField> unused_of(const MoveQuestion& question, const policy::Move& move,
                                                 const Fields& told);

// What is needed then and not told, what differs from what was found without a reason told ("not_as_found"
// where the rule lets nobody say why), what is more than was told before ("more_than_told") or fewer than
// that without a reason told ("fewer_than_told"), and what no route of the pack leads to ("route_none").
[[nodiscard]] std::vector<MoveFault> check_follows(const MoveQuestion& question, const policy::Move& move,
                                                   const Fields& told);

}  // namespace doudi::casework
