// SPDX-License-Identifier: Apache-2.0
// A change of persons and households as a case: exactly which field of whom from what to what, from which
// day, on whose word. What it once said is never updated: it is confirmed, refused, withdrawn, answered or
// taken back by a step or a case of its own.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"

namespace doudi::upkeep {

using CaseId = Id<struct ChangeCaseTag, std::uint64_t>;

enum class Subject : std::uint8_t { person = 1, household = 2 };

// One field of one subject. `subject_id` below 0 stands for a person or household that the case brings onto
// the register. Fields are those of registry/fields.h; of a household also "code" (of a new one) and "unit"
// (code of the office). A value that is an id of one whom the case brings is below 0 too.
struct Change {
    Subject subject{};
    std::int64_t subject_id = 0;
    std::string field;
    std::string before;
    std::string after;
    friend bool operator==(const Change&, const Change&) = default;
};

enum class State : std::uint8_t { proposed, confirmed, refused, withdrawn, answered };
[[nodiscard]] std::string_view name_of(State state);

// What becomes of the open warnings of households that the case ends: they go on with the household to which
// the people go, or they are closed.
enum class WarningsGo : std::uint8_t { unsaid, carry, close };
[[nodiscard]] std::string_view name_of(WarningsGo go);

struct Step {
    State state{};
    std::uint32_t user = 0;  // 0: the command line
    std::string name;
    Instant at;
    std::string reason;  // of a refusal; of an answer: its id; of warnings that are closed: why
    WarningsGo warnings = WarningsGo::unsaid;  // of a confirmation
};

struct Case {
    CaseId id;
    std::string kind;
    Date effective_on;
    std::string source;  // hand | feed | import
    std::string paper;   // number or title of the paper; empty: none
    std::string note;
    CaseId follows;               // taken back or answered by this one; 0: none
    PublishId proposal;           // the register's file that asked; 0: none
    access::UnitId unit;          // of whom proposed it
    access::UnitId to_unit;       // that becomes responsible; 0: none
    std::vector<Change> changes;  // in the order in which they were made
    std::vector<Step> steps;      // the first is the proposal
    std::vector<PersonId> persons;
    std::vector<HouseholdId> households;  // those of the persons too
    std::optional<PublishId> in_force;    // since this publication
    CaseId taken_back_by;                 // by a case that holds; 0: none

    [[nodiscard]] State state() const { return steps.back().state; }
    // The step that said last what becomes of warnings; null: none did.
    [[nodiscard]] const Step* warnings_said() const;
    [[nodiscard]] bool waits() const { return state() == State::confirmed && !in_force; }
};

// --- what is asked for ---

struct PersonWish {
    PersonId person;  // 0: one who is not on the register yet
    // The household where the person shall be: its code, "" for none (leaves). None: it stays.
    std::optional<std::string> household;
    std::map<std::string, std::string, std::less<>> fields;
};

struct HouseholdWish {
    std::string code;
    bool opens = false;
    bool ends = false;
    std::string successor;            // of one that ends: the code that took its people; empty: none
    std::optional<std::string> unit;  // code of the office
    std::map<std::string, std::string, std::less<>> fields;
};

struct Wish {
    std::string kind;
    Date effective_on;
    std::string source = "hand";
    std::string paper;
    std::string note;
    std::vector<PersonWish> persons;
    std::vector<HouseholdWish> households;
};

}  // namespace doudi::upkeep
