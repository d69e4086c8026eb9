// SPDX-License-Identifier: Apache-2.0
// What people ask of this room: what is open, who is proposed for exit, how good the files were, and why.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "match/records.h"
#include "monitor/records.h"
#include "policy/pack.h"
#include "store/data_folder.h"

namespace doudi::monitor {

struct WarningRow {
    std::string household;  // the office's number
    int score = 0;
    std::string level;  // id
    Date issued_on;
    std::optional<Date> due_on;
    bool due_provisional = false;
    std::string indicators;  // sorted, joined by ;
    friend bool operator==(const WarningRow&, const WarningRow&) = default;
};
// Open now, by the household's number.
[[nodiscard]] Result<std::vector<WarningRow>> list_warnings(store::DataFolder& store);
// How a warning stands, for whoever handles it at the door.
struct WarningStanding {
    std::uint32_t id = 0;
    HouseholdId household;
    bool is_open = false;
    std::string closed_why;  // settled | taken_back | natural_exit; empty: it is open
    std::string level;       // id
    Date issued_on;
    Date changed_on;                  // as of which it became what it is
    std::vector<std::string> events;  // that stand: "indicator/person/day", in the order of the days
};
// By number, after one. Those that were closed are told with the others.
[[nodiscard]] Result<std::vector<WarningStanding>> list_standing(store::DataFolder& store,
                                                                 std::uint32_t after, std::size_t limit);

// An end of life that a row told of somebody whose number and name it bore both.
struct ToldDeath {
    PersonId person;
    HouseholdId household;
    Date on;
    std::string dataset;  // id: of the row that told it
    friend bool operator==(const ToldDeath&, const ToldDeath&) = default;
};
// Of who is on the register still, by exact matches alone, under these indicators: by person and dataset.
[[nodiscard]] Result<std::vector<ToldDeath>> list_deaths(store::DataFolder& store,
                                                         const std::vector<std::string>& indicators);

// Households proposed for natural exit so far, by their number.
[[nodiscard]] Result<std::vector<std::string>> list_exits(store::DataFolder& store);

// An event that does not score because its condition is not settled.
struct DoubtRow {
    std::string household;  // the office's number
    std::string indicator;  // id
    Date date;
    std::string outcome;  // possible | review
    std::string reason;   // possible: the columns that would settle it, joined by ;  review: the fault's code
    std::string grade;    // exact | probable
    std::string dataset;  // id
    std::string file_name;
    std::uint32_t row = 0;
    std::string clause;
    std::string relation;       // of the member to the head, as the register has it
    std::string number_masked;  // of the member; empty: none known
    PersonId person;
};
// In doubt since the last cycle: by the household's number and day; of one household if it is named.
[[nodiscard]] Result<std::vector<DoubtRow>> list_doubts(store::DataFolder& store,
                                                        std::string_view household = {});

struct QualityRow {
    std::string file_name;
    std::string dataset;  // id
    match::Buckets buckets;
};
// The departments' files imported as of that day, in the order of their arrival; a register's are none of
// them, be it the first or one proposed over it: nothing in them is matched.
[[nodiscard]] Result<std::vector<QualityRow>> list_quality(store::DataFolder& store, AsOf as_of);

struct ExplainedEvent {
    std::string indicator;  // id
    Date date;
    int points = 0;
    std::string grade;  // exact | probable
    std::string state;  // counted | beyond_count | taken_back | cancelled
    std::string file_name;
    std::uint32_t row = 0;
    std::string clause;
    std::string relation;       // of the member to the head, as the register has it
    std::string number_masked;  // of the member; empty: none known
    PersonId person;
    std::string dataset;  // id
    // By which proofs the file as it came, and its landed rows, were deleted; 0: they are kept.
    std::int64_t original_removal = 0;
    std::int64_t rows_removal = 0;
    std::uint32_t arrival = 0;  // the file: with the row and the person it names the event's evidence
    std::string segment;        // its landed rows; empty: none, or kept no longer
};

// The ends of life for which a household was proposed for natural exit, by date; none of a proposal that was
// made before they were kept.
[[nodiscard]] Result<std::vector<ExplainedEvent>> exit_events(store::DataFolder& store,
                                                              HouseholdId household);

// The clock that runs: from the day on which the level was reached.
struct Clock {
    Date started_on;
    Date due_on;
    int working_days = 0;
    bool provisional = false;
    bool is_target = false;  // the office's own target; the notice sets no day
};

struct ExplainedWarning {
    std::uint32_t id = 0;
    std::string state;  // open | closed
    int score = 0;
    std::string level;
    Date issued_on;
    std::optional<Clock> clock;
    std::optional<Date> closed_on;
    std::string closed_why;
    std::vector<ExplainedEvent> events;  // by date
};

struct Explanation {
    std::string household;
    bool exit_proposed = false;
    std::vector<ExplainedEvent> exit_events;  // the ends of life behind it, by date
    std::vector<ExplainedWarning> warnings;   // the newest first
    std::vector<DoubtRow> doubts;
};
// Of a household that is on the register; else not_found.
[[nodiscard]] Result<Explanation> explain(store::DataFolder& store, const policy::Policy& policy,
                                          std::string_view household);

}  // namespace doudi::monitor
