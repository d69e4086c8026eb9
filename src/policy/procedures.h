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
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"
#include "policy/citation.h"
#include "policy/faults.h"

namespace doudi::policy {

// How long a clock runs, from the day after its mark.
struct ClockTerm {
    // by_level: working days by the warning's level. month_starts: the first day of the so manieth month
    // after. told_day: until the day that the move was told (`due_on`); where it was told none, so many
    // working days, if any are stated. by_benefit: what the benefit that the case is about states itself
    // (benefits.yaml, `within`).
    enum class Kind : std::uint8_t {
        working_days,
        natural_days,
        months,
        by_level,
        month_starts,
        told_day,
        by_benefit,
    };
    Kind kind = Kind::working_days;
    int count = 0;
    std::string parameter;  // the figure's parameter instead of a count; empty: the count stands here
};

struct ClockRule {
    std::string id;
    Text title;
    std::vector<std::string> machines;  // whose cases have it; empty: of every machine that leaves its mark
    std::vector<std::string> of;        // categories or benefits; empty: whatever the case is handled as
    ClockTerm term;
    std::string from;                // the mark that starts it
    std::vector<std::string> until;  // the marks that end it; empty: it only tells a day
    bool each = false;               // every `from` runs on its own; otherwise a later one begins anew
    // Of `until`. Not empty: a later `from` begins nothing anew while it runs; nor after an end by one of
    // these marks that whoever began it left, or whoever begins it again. It goes on; the days between did
    // not count.
    std::vector<std::string> goes_on;
    bool internal = false;   // a target of the office, where the law sets none
    bool lapses = false;     // a term of the household's: it passes, and nobody of an office is late
    std::string only_after;  // a mark: before it there is no such clock, after it it counts from `from` all
                             // the same; empty: it runs at once
    std::string
        instead_of;  // the clock whose place it takes with that mark; empty: it runs beside the others
    bool before_category = false;  // of a category: it runs too while the case has settled none
    Citation cite;

    // Whether nobody has to do anything by its day.
    [[nodiscard]] bool only_tells() const { return lapses || until.empty(); }
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

// What the number of a bank account may look like, and what is told with it.
struct AccountRule {
    int least = 0;  // digits
    int most = 0;
    bool refuses_check_digit = false;  // a wrong one is refused; else it is said, and may be right all the
                                       // same: not every passbook has one
    std::string whose;                 // the field, a word, that says whose it is; a move that takes an
                                       // account takes it too
    std::string payee;  // the field that names to whom it is paid: told later without an account, it is not
                        // known any more into which one. Empty: there is none
};

// Between which sums a field of money lies, both included: what is nothing is no payment, and what is beyond
// any sum that is ever paid so was mistyped.
struct SumRule {
    Money least;
    Money most;
    Text because;  // said with the refusal
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
        departments,
        category,
        benefit,
        benefits,
        branch,
        case_,
        attachments,
        account,  // of a bank: what a step keeps of it is its last four digits (casework/accounts.h)
    };
    std::string id;
    Text title;
    Type type = Type::text;
    std::vector<std::pair<std::string, Text>> words;  // of a word
    int least = 1;                                    // of people, users and attachments: how many
    std::optional<std::pair<int, int>>
        range;                  // of count: the smallest and the largest; none: nothing below 0
    std::string without_maker;  // of users: the field that says why whoever makes the move is none of them;
                                // a move that takes this field takes it too. Empty: they need not be
    bool past = false;          // of a date: not after the day of the move
    // Of a date: no later than so many months after the day of the move; none: as far ahead as one likes.
    std::optional<int> ahead = std::nullopt;
    std::optional<Date> earliest = std::nullopt;  // of a date: not before that day
    // What is found at a door: the fact (facts.yaml) that it tells, of the household or of the people whom it
    // names. Empty: it tells none.
    std::string fact;
    std::string tells;       // of people: the fact's value of each whom it names, as datasets write it
    bool sensitive = false;  // never in a list, a notice or a citizen's view
    std::optional<AccountRule> account = std::nullopt;  // of an account, and of nothing else
    std::optional<SumRule> sum = std::nullopt;  // of money, and of nothing else; none: nothing below 0
    Citation cite;
};

[[nodiscard]] std::string_view name_of(FieldRule::Type type);

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

struct PaperRule {
    std::string id;
    Text title;
    std::string series;  // of its numbers (文号): a running number a year each; empty: it has none
    std::vector<FieldIs> numbered_if;  // only then does it go out, and takes a number
    Citation cite;
};

// A case that a move lets begin under its own at once, within the same step: what the law joins is not left
// to somebody's memory. Fields of the move that the new case takes too go over to it.
struct StartRule {
    std::string machine;
    std::vector<FieldIs> only_if;  // of the case that the move belongs to
    std::string over;              // a field with several values: one case for each; empty: one case
    std::string as;                // the field by which each new case is told its value
    std::vector<std::pair<std::string, std::string>> with;  // fields that are always told so
    std::vector<std::string> moves;                         // made one after the other; the first opens
};

// An open case beside it that goes on with the move: payments of the household, the ledger of the office, the
// case under which it was opened, what was begun, changed, held or ended by what was decided in that case.
struct AlsoRule {
    std::string machine;
    std::string move;
    std::vector<FieldIs> only_if;
    enum class Of : std::uint8_t { household, unit, parent, decision } of = Of::household;
    std::vector<std::pair<std::string, std::string>> with;
    bool is_needed = false;  // where there is no such case, the move is refused
    bool is_one = false;     // it is meant for one case: of several it has to be said which
};

// The open case into which this one goes: of the same machine and household, never itself. Nothing that it
// was told is lost there: of a clock that still runs the events go on from the day and by the level from
// which they count (`counts_from`, `counts_as`), what was never under it begins there.
struct IntoRule {
    std::string field;    // of type case: which one
    std::string clock;    // of this machine; empty: none goes over, and `others` is made once
    std::string running;  // the move of the other case that takes what still runs
    std::string others;   // and the one that takes the rest
};

// What a household asks for twice is one matter, or it is said why it is not: another case of it on the same
// machine is handled as the category that the move gives, or as which this one is handled already, and was
// not decided.
struct PendingRule {
    std::string until;   // the mark of a decision
    std::string unless;  // the field that says why both go on, told in either case; empty: it is refused
    std::string joins;   // the move by which this case goes into the other; empty: there is none
    // Where one of the two has no category yet it may be the same: asked as well, once the other has left the
    // marks of this move.
    bool asks_unknown = false;
};

// Help that a household was given in so many months before, by cases of the same machine: for the same cause
// it takes a reason, and of all together no more than the place allows.
struct RepeatRule {
    int months = 0;
    std::string same;    // the field of the cause; empty: no cause is asked
    std::string most;    // a parameter, how many times; empty, or unset: any number
    std::string unless;  // the field that says why again
};

// A sum that `at_most` bounds is bounded together with what these steps gave in the case itself and in the
// others of its machine and household (or person) that are near it: a cap is had once, however many cases are
// opened.
struct TogetherRule {
    std::vector<std::string> moves;  // steps of the machine; of those the same field counts
    std::string same;                // a field that the other case was told as this one; empty: none is asked
    std::string day;                 // a field that is a day; empty: the day of the step
    int days = 1;                    // near: fewer days apart than this
    std::string clause;              // on what this stands; the clause of the move says so of the cap alone
};

// Cases drawn at random of those in which a move was made: the share is a figure of the place.
struct DrawRule {
    std::string machine;
    std::string move;
    std::string level;  // of the unit that made it
    std::string share;  // a parameter, of type ratio
};

// What two open cases of a machine may not share. Of a category: it, or another of the exclusive group; the
// parent: the case below which they stand, one that stands below none shares none.
enum class Alone : std::uint8_t { unit, household, person, category, parent };

// What a sum is no more than, by what the events of the case tell: of a payment what was paid in all, what
// was owed; of a balance what was taken from it and has not come back.
enum class Within : std::uint8_t { paid, owed, taken };

// Of a payment that began before this platform: what was paid or owed until it was begun here is not known.
// A sum that goes beyond what is known takes a field that says on which paper it stands, and is no more than
// the months since it was decided make, at the first sum that was set here.
struct BeforeRule {
    std::string since;     // of type date: when it was decided; it is paid from the month after
    std::string shown_by;  // the field that says on which paper it stands
};

// To which offices a move may hand a case.
enum class HandsTo : std::uint8_t {
    below,       // its own, and those below it
    above,       // those above it
    department,  // that of the department that the case goes to, under the same county
    anywhere,
};

// Of everybody whom the case is about a signed paper is there that covers the scope on the day (access,
// authorisations), or one of the fields says why it is not.
struct SignedRule {
    std::string scope;  // "means"
    std::vector<FieldIs> unless;
};

// Nobody whom the case is about is known to have reached an age: the person that it names where its category
// is a person's, else the household. Where somebody's age is not known, a field says why it is made all the
// same.
struct NobodyAged {
    int years = 0;
    std::vector<FieldIs> only_if;  // as the move tells it, or the case has it
    std::string unless;            // of ages that nobody knows; it excuses no age that is known
};

struct Move {
    std::string id;  // "dispatch", without the machine
    Text title;
    std::vector<std::string> from;  // states; empty: the move opens the case
    std::string to;                 // empty: the state stays
    std::string otherwise;          // the move that is made instead where this one is not open
    std::vector<std::string> by;    // roles of access/roles.yaml
    std::string level;              // of the unit that makes it; empty: any
    // Or the level that the pack gives elsewhere: to the authority that confirms the case's category
    // (categories.yaml), to the conference (routes.yaml).
    enum class LevelOf : std::uint8_t { stated, authority, conference } level_of = LevelOf::stated;
    std::vector<std::string> needs;  // fields without which it is refused
    std::vector<std::string> may;    // fields that it may tell
    std::vector<std::string> zero;   // of those, sums that may be nothing here, whatever their field says
    std::vector<FieldIs> only_if;
    std::vector<FieldIs> not_if;
    bool finds = false;              // it takes every field that tells a fact
    bool once = false;               // in the life of a case
    std::vector<std::string> under;  // of a move that opens: machines below a case of which alone it may
    // Of a move that opens: no open case beside it shares all of these. Of one that is made once: it was made
    // in no other open case of the machine that shares them.
    std::vector<Alone> alone;
    // Moves that come first where the case, as it stands, leaves them open; of one that answers: while what
    // it answers stands.
    std::vector<std::string> after;
    // Moves that propose something: one of them was made, and since then none that answers it.
    std::vector<std::string> answers;
    // Of one that answers: whoever made all that it answers and that waits may make it too, whatever their
    // level, and `not_by` names none of it: what one proposed one may take back.
    bool by_proposer = false;
    // A field and the one in which this case was told its values, by whichever moves.
    std::vector<std::pair<std::string, std::string>> among;
    std::vector<std::pair<std::string, std::string>> at_most;  // field and the parameter that bounds it
    std::optional<TogetherRule> together;                      // with what `at_most` is counted
    std::vector<std::pair<std::string, Within>> within;        // field of money and what bounds it
    std::optional<BeforeRule> before;  // of what `within` bounds; none: nothing that is not known
    // Of a payment: a field that is a day, no earlier than the first from which it can end.
    std::string first_unpaid;
    // Of a payment: a field that is the number of a decision. It serves a household (a person) once for a
    // category: no other payment of theirs that was begun was told the same.
    std::string served_once;
    // A field of type flag that says that the decision names several households; empty: several of one number
    // are in order.
    std::string shared_by;
    std::string adds;                     // a field of money that the balance of the case grows by
    std::string takes;                    // or falls by: never below nothing
    std::vector<HandsTo> hands_to;        // never empty: [below] where none is stated
    std::vector<std::string> not_before;  // clocks that must have run out: a notice hangs to its end
    std::vector<std::string> not_after;   // clocks of which one must run still: what is late is not put off
    std::optional<SignedRule> is_signed;
    // Moves whose maker, or whom they name as users, may not make this one; "review.decide": of the case
    // above.
    std::vector<std::string> not_by;
    // "allowance.hold": whoever made it does not make this one while an open case of the household stands by
    // it.
    std::vector<std::string> not_beside;
    std::vector<std::string> shut_by;  // moves that, once made in the case, leave this one shut
    std::optional<NobodyAged> nobody_aged;
    // Days follow one another, save of what happens outside the office: it may be written down after a later
    // step, with a day that does not lie before the last of these marks. None stated: it may not.
    std::optional<std::vector<std::string>> late_after;
    std::vector<std::string> marks;
    std::vector<std::string> papers;  // printed by it
    std::vector<std::string> opens;   // machines of which it lets a case be opened under this one
    std::vector<StartRule> starts;
    std::vector<AlsoRule> also;
    std::optional<IntoRule> into;
    std::optional<DrawRule> draws;
    std::optional<RepeatRule> repeats;
    std::optional<PendingRule> pending;
    std::string event;  // its kind in access/visibility.yaml
    Citation cite;
    Place place;

    // Whether it needs the field or may tell it.
    [[nodiscard]] bool tells(std::string_view field) const;
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
    // Its own name where the pack has no such field.
    [[nodiscard]] Text title_of_field(std::string_view id) const;
    [[nodiscard]] const ClockRule* clock(std::string_view id) const;
    [[nodiscard]] const PaperRule* paper(std::string_view id) const;
};

}  // namespace doudi::policy
