// SPDX-License-Identifier: Apache-2.0
// What monitoring deals in: a row that tells of an event (Occurrence), the event itself with all that was
// told of it (Event), and the household's warning that events join. Nothing here knows an indicator, a point,
// a level or a number of days: those are the pack's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "base/working_calendar.h"
#include "match/records.h"

namespace doudi::monitor {

enum class Effect : std::uint8_t { counts, takes_back };

// One row about one person on the register, under one indicator.
struct Occurrence {
    std::uint64_t key = 0;  // of what tells apart two events of one person and day; 0: nothing
    std::uint32_t person = 0;
    std::int32_t date = 0;
    std::uint32_t arrival = 0;  // FileId
    std::uint32_t row = 0;
    std::uint16_t indicator = 0;  // index into Pack::indicators
    std::uint8_t source = 0;      // index into Indicator::sources
    match::Grade grade = match::Grade::exact;
    Effect effect = Effect::counts;
};

// Which import told something, as a rank: 1 for the earliest by (day of import, order of publishing); 0 for
// none.
using ImportRank = std::uint32_t;

// One event of one person: the same key told by however many rows. What a cycle remembers for the next one.
struct Event {
    std::uint64_t key = 0;
    std::uint32_t person = 0;
    std::int32_t date = 0;
    ImportRank told = 0;        // the last import that told it
    ImportRank taken = 0;       // the last import that took it back
    ImportRank scored_at = 0;   // told, as it was when the event scored
    std::uint32_t warning = 0;  // that it joined; 0: none
    std::uint32_t arrival = 0;  // FileId of the first row that told it
    std::uint32_t row = 0;
    std::uint16_t indicator = 0;
    std::uint16_t sources = 0;  // bits of Indicator::sources that told it
    match::Grade grade = match::Grade::probable;
    bool scored = false;      // in this or an earlier cycle
    bool taken_back = false;  // from the warning that it had joined
    bool told_again = false;  // told by this cycle's rows, after it had scored; not remembered

    [[nodiscard]] auto order() const { return std::tuple(person, indicator, date, key); }
    friend bool operator==(const Event&, const Event&) = default;
};

// An event whose condition is unknown (possible: no points) or failed (a person looks at it) (semantics 27).
struct DoubtfulEvent {
    std::uint64_t key = 0;
    std::uint32_t person = 0;
    std::int32_t date = 0;
    std::uint32_t arrival = 0;
    std::uint32_t row = 0;
    std::uint16_t indicator = 0;
    match::Grade grade = match::Grade::exact;
    std::string fault;    // its code; empty: unknown
    std::string missing;  // of an unknown one: the columns that would settle it, joined by ;

    [[nodiscard]] auto order() const { return std::tuple(person, indicator, date, key); }
    friend bool operator==(const DoubtfulEvent&, const DoubtfulEvent&) = default;
};

enum class WarningState : std::uint8_t { open, closed };
// merged: its household ended, and a person said that it is closed; carried: that it goes on with the
// household to which the people went, which has a warning of its own already.
enum class ClosedWhy : std::uint8_t {
    none,
    settled,
    taken_back,
    natural_exit,
    merged,
    carried,
    forgotten,
};
enum class EventState : std::uint8_t { counted, beyond_count, taken_back, cancelled };
[[nodiscard]] const char* name_of(WarningState state);
[[nodiscard]] const char* name_of(ClosedWhy why);
[[nodiscard]] const char* name_of(EventState state);

struct Warning {
    std::uint32_t id = 0;
    std::uint32_t household = 0;
    WarningState state = WarningState::open;
    int score = 0;
    int level = -1;  // index into Pack::levels; -1: none is reached
    Date issued_on;
    std::optional<DueDate> due;
    std::string indicators;  // ids, sorted, joined by ;
    std::optional<Date> closed_on;
    ClosedWhy closed_why = ClosedWhy::none;
    friend bool operator==(const Warning&, const Warning&) = default;
};

}  // namespace doudi::monitor
