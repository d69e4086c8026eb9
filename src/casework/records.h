// SPDX-License-Identifier: Apache-2.0
// A case and its events. An event is what somebody did to a case on a day: a move of its machine, what it was
// told, the state it led to and the marks it left. The state of a case is nothing but its events, folded: an
// event carries its outcome, so that a pack that changes later changes no past.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "casework/clocks/clocks.h"

namespace doudi::casework {

using access::UnitId;
using access::UserId;
using CaseId = Id<struct CaseTag, std::uint64_t>;

// What a move was told: each field with its values, as text (words, ids, ISO dates, fen).
using Fields = std::map<std::string, std::vector<std::string>, std::less<>>;

struct CaseEvent {
    int number = 0;  // from 1, without gaps
    std::string move;
    std::string to;  // the state after it
    Date on;         // the day on which it took effect
    Instant at;      // when it was written down
    UserId by;       // 0: the program, of what the law says happens by itself
    UnitId unit;     // of whoever made it
    Fields fields;
    std::vector<std::string> marks;
    std::vector<std::string> papers;
    std::map<std::string, std::string, std::less<>> numbers;  // of those papers that have one (文号)
    std::string client_key;  // of a form written without a net; empty: none. Once in a case
    bool forgotten = false;  // what it was told went with the key of whom it was about
};

// What a case is about, and by which law it is handled: the pack in force when it was opened.
struct CaseHead {
    CaseId id;
    std::string machine;
    std::optional<HouseholdId> household;
    std::optional<PersonId> person;
    UnitId unit;                   // that is responsible
    UnitId origin;                 // of whoever opened it: it stays theirs to see
    std::string department;        // it is addressed to; empty: the civil-affairs office's own
    std::optional<CaseId> parent;  // under which it was opened
    std::string source;            // what it was raised from: "warning/17"; empty: a person opened it
    std::string pack;
    std::string pack_version;
    Date opened_on;
};

[[nodiscard]] inline bool is_of_nobody(const CaseHead& head) {
    return !head.household && !head.person;
}

// The fold of a case's events.
struct CaseState {
    std::string state;  // empty: no event yet
    std::string track;  // the category, else the benefit, that it is handled as; empty: not settled
    int events = 0;
    Date first_on;
    Date last_on;                                        // the latest day; an event may be written down late
    Date state_on;                                       // and that by which it came to its state
    Fields fields;                                       // the latest word on each
    Fields ever;                                         // every word on each, once, in the order it came
    std::map<std::string, UserId, std::less<>> made_by;  // by move: who made it last
    std::map<std::string, int, std::less<>> made_at;     // by move: the event that made it last
    std::map<std::string, Fields, std::less<>> told;     // by move: what it was told then
    std::vector<Mark> marks;                             // in the order of the events

    friend bool operator==(const CaseState&, const CaseState&) = default;
};

// The field whose value is the case's track, and the one that names which of several a mark is about.
inline constexpr std::string_view track_field = "category";
inline constexpr std::string_view subject_field = "event";
inline constexpr std::string_view benefit_field = "benefit";
// Of a case that keeps money: what is there after the event, in fen. Nobody tells it; moves add and take.
inline constexpr std::string_view balance_field = "balance";
// The field whose value is the unit that the case goes over to.
inline constexpr std::string_view unit_field = "to_unit";
// And the department that it is addressed to.
inline constexpr std::string_view department_field = "to_department";
// The day by which something is to be done.
inline constexpr std::string_view day_field = "due_on";
// The day until which an event is not shown outside the offices.
inline constexpr std::string_view withheld_field = "withheld_until";
// Of what was taken over from a case that went into this one: the day and the level from which its marks
// count.
inline constexpr std::string_view counts_from_field = "counts_from";
inline constexpr std::string_view counts_as_field = "counts_as";
// And which case that was.
inline constexpr std::string_view taken_from_field = "taken_from";
// The field by which a conference says of which kind it is (routes.yaml, `conference`, by id).
inline constexpr std::string_view conference_field = "conference_kind";
// The field whose value is the level of a warning.
inline constexpr std::string_view level_field = "level";

// The first value of a field; empty: it was not told.
[[nodiscard]] std::string first_of(const Fields& fields, std::string_view id);

// Pure, and total: any event can be folded, whatever pack wrote it.
void fold(CaseState& state, const CaseEvent& event);
[[nodiscard]] CaseState fold(const std::vector<CaseEvent>& events);

}  // namespace doudi::casework
