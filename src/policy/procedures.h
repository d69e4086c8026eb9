// SPDX-License-Identifier: Apache-2.0
// What procedures.yaml states: the state machines of casework as data. A machine has states, and moves
// between them; a move says who may make it, what it needs, which mark it leaves, which paper it prints.
// Clocks run from mark to mark (routes.yaml, `clocks`), so a clock is never set by hand: it follows from the
// marks.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "policy/citation.h"
#include "policy/faults.h"

namespace doudi::policy {

// How long a clock runs, from the day after its mark.
struct ClockTerm {
    // by_level: working days by the warning's level. month_starts: the first day of the so manieth month
    // after. told_day: until the day that the move was told (`due_on`).
    enum class Kind : std::uint8_t { working_days, natural_days, months, by_level, month_starts, told_day };
    Kind kind = Kind::working_days;
    int count = 0;
    std::string parameter;  // the figure's parameter instead of a count; empty: the count stands here
};

struct ClockRule {
    std::string id;
    Text title;
    std::vector<std::string> machines;  // whose cases have it; empty: of every machine that leaves its mark
    std::string of;                     // a category or benefit; empty: whatever the case is handled as
    ClockTerm term;
    std::string from;                // the mark that starts it
    std::vector<std::string> until;  // the marks that end it; empty: it only tells a day
    bool each = false;               // every `from` runs on its own; otherwise a later one begins anew
    bool internal = false;           // a target of the office, where the law sets none
    Citation cite;
};

// Why a clock stands still, and how long at most.
struct PauseRule {
    std::string id;
    Text title;
    std::vector<std::string> clocks;
    std::string from;                // the mark with which it begins
    std::vector<std::string> until;  // the marks with which it ends
    std::string paper;               // that it takes
    std::optional<ClockTerm> most;   // it ends by itself after so long; none stated: only by its mark
    Citation cite;
};

// Somebody is told: before a clock is due, or after it was.
struct ReminderRule {
    std::string id;
    std::vector<std::string> clocks;  // empty: all
    int days = 0;                     // working days before (nearly due) or after (overdue)
    std::string to;                   // of an overdue clock: the level of the unit that is told
    Citation cite;
};

// What a move is told beside itself.
struct FieldRule {
    enum class Type : std::uint8_t {
        text,
        texts,
        word,
        flag,
        date,
        count,
        money,
        person,
        people,
        user,
        users,
        unit,
        department,
        category,
        benefit,
        branch,
        case_,
        attachments,
    };
    std::string id;
    Text title;
    Type type = Type::text;
    std::vector<std::pair<std::string, Text>> words;  // of a word
    int least = 1;                                    // of people, users and attachments: how many
    bool sensitive = false;                           // never in a list, a notice or a citizen's view
    Citation cite;
};

[[nodiscard]] std::string_view name_of(FieldRule::Type type);

struct PaperRule {
    std::string id;
    Text title;
    Citation cite;
};

enum class StateKind : std::uint8_t { initial, open, final };

struct MachineState {
    std::string id;  // "visited", without the machine
    Text title;
    StateKind kind = StateKind::open;
    Citation cite;
};

// What a field must be by then for a move to be open.
struct FieldIs {
    std::string field;
    std::vector<std::string> words;
};

struct Move {
    std::string id;  // "dispatch", without the machine
    Text title;
    std::vector<std::string> from;  // states; empty: the move opens the case
    std::string to;                 // empty: the state stays
    std::vector<std::string> by;    // roles of access/roles.yaml
    std::string level;              // of the unit that makes it; empty: any
    // Or the level that the pack gives elsewhere: to the authority that confirms the case's category
    // (categories.yaml), to the conference (routes.yaml).
    enum class LevelOf : std::uint8_t { stated, authority, conference } level_of = LevelOf::stated;
    std::vector<std::string> needs;  // fields without which it is refused
    std::vector<std::string> may;    // fields that it may tell
    std::vector<FieldIs> only_if;
    std::vector<std::pair<std::string, std::string>> at_most;  // field and the parameter that bounds it
    std::vector<std::string> not_before;  // clocks that must have run out: a notice hangs to its end
    std::vector<std::string> not_by;      // moves whose maker may not make this one
    std::vector<std::string> marks;
    std::vector<std::string> papers;  // printed by it
    std::vector<std::string> opens;   // machines of which it lets a case be opened under this one
    std::string event;                // its kind in access/visibility.yaml
    Citation cite;
    Place place;
};

struct Machine {
    std::string id;
    Text title;
    enum class Subject : std::uint8_t { household, person, campaign, anyone } subject = Subject::household;
    std::string thing;  // of access/roles.yaml: who may read its cases, and where
    std::vector<MachineState> states;
    std::vector<Move> moves;
    Citation cite;

    [[nodiscard]] const MachineState* state(std::string_view id) const;  // null if there is none
    [[nodiscard]] const Move* move(std::string_view id) const;
};

struct Procedures {
    std::vector<Machine> machines;
    std::vector<ClockRule> clocks;
    std::vector<PauseRule> pauses;
    std::vector<ReminderRule> reminders;    // nearly due
    std::vector<ReminderRule> escalations;  // overdue; nearest first
    std::vector<FieldRule> fields;
    std::vector<PaperRule> papers;

    [[nodiscard]] const Machine* machine(std::string_view id) const;
    [[nodiscard]] const FieldRule* field(std::string_view id) const;
    [[nodiscard]] const ClockRule* clock(std::string_view id) const;
    [[nodiscard]] const PaperRule* paper(std::string_view id) const;
};

}  // namespace doudi::policy
