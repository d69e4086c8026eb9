// SPDX-License-Identifier: Apache-2.0
// A pack: one public notice as data (packs/<id>/*.yaml), resolved over the packs it extends. Everything that
// decides something carries its clause. Nothing in here is written in C++.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/working_calendar.h"
#include "expr/check.h"
#include "policy/citation.h"
#include "policy/dataset.h"
#include "policy/law.h"

namespace doudi::policy {

// Whose event it is when a row names several persons.
enum class TakePersons : std::uint8_t {
    first_matched,  // the first role that matches exactly or probably (a birth: mother, else father)
    each,           // every role that matches (a marriage)
};
// How often events of one indicator count in a warning.
enum class CountPer : std::uint8_t {
    event,           // each distinct key
    person_once,     // once for each person, however many events
    household_once,  // once for the household
};

struct IndicatorSource {
    int dataset = -1;                   // index into the catalogue
    std::vector<int> roles;             // indices into Dataset::persons, in order of preference
    std::optional<expr::Program> when;  // over row.*; a false one keeps the row's bucket and scores nothing
    std::string when_text;
};

struct Indicator {
    std::string id;  // "unemployment_registration"
    Text title;
    std::string dimension;
    int points = 0;
    std::vector<IndicatorSource> sources;
    TakePersons take = TakePersons::each;
    CountPer count = CountPer::person_once;
    bool once_in_life = false;  // one event per person ever, whatever its date (a death)
    int sources_needed = 1;     // distinct datasets that must tell it before it counts
    std::vector<int> cancels;   // indicators of the same person that lose their points once this one is known
    bool ends_household = false;  // when every member has it by an exact match, natural exit is proposed
    Citation cite;
    Citation points_cite;  // who states the points: not the notice, where a profile weighs what it names
    int order = 0;  // its place in the notice, from 0; an indicator laid over another takes that one's place

    [[nodiscard]] std::string clause() const { return joined_clause(cite, points_cite); }
};

enum class Channel : std::uint8_t { visit, telephone };

struct Level {
    std::string id;  // "red"
    Text title;
    int points_min = 0;               // the highest level whose points_min is reached
    std::optional<int> working_days;  // the notice's own term; none: it sets no day
    int target =
        -1;  // the parameter (Law::parameters) with the office's own target, in working days; -1: none
    Channel channel = Channel::visit;
    Citation cite;
    Citation points_cite;  // as of Indicator

    [[nodiscard]] std::string clause() const { return joined_clause(cite, points_cite); }
};

// One switch of the rules below as its file states it: for the rule desk and for the answer to "why".
struct MonitoringSwitch {
    std::string id;     // "retraction"
    std::string value;  // as written
    Text settles;       // the silence of the notice that it settles
    Citation cite;
};

// What the notice leaves open and this pack settles; each a switch (packs/<id>/monitoring.yaml).
struct MonitoringRules {
    enum class Window : std::uint8_t { since_baseline, last_months };
    Window window = Window::since_baseline;
    int window_months = 0;               // for last_months, counted back from the cycle's date
    bool retraction = true;              // a later import's row that takes back is heeded
    bool scored_once = true;             // a key that scored in an earlier cycle never scores again
    bool rise_may_postpone_due = false;  // a rise of level may set a later due date than the one that runs
    bool fall_keeps_due =
        true;  // a fall of level keeps the running due date (down to a level without days, which has none)
    bool close_when_all_taken_back = true;
    bool natural_exit = true;  // households whose members are all ended are proposed for exit and closed
    bool natural_exit_exact_only = true;  // a probable match proposes no exit
    int suppress_days_after_close =
        0;  // same set of indicators within so many days of closing opens nothing, a higher level does
    Citation cite;
    std::vector<MonitoringSwitch> switches;  // in id order, each as the nearest pack states it
};

// Indicators, levels and switches that a notice asks for and does not state, as the project proposes them
// until the office states its own (packs/profiles/<name>/). Whatever a pack of the chain states goes before.
struct Profile {
    std::string id;  // "profiles/scored-draft": also the pack of its citations
    std::string version;
    Text title;
    Text standing;  // whose proposal it is, and until when
    Text settles;   // what the notice asks for and leaves open
    Citation cite;  // where it does

    // Does this clause ("profiles/scored-draft@1 …", alone or beside another) come from it?
    [[nodiscard]] bool states(std::string_view clause) const;
};

// What a level says of its day on a date, at a place.
struct LevelTerm {
    std::optional<int> working_days;
    bool is_target = false;  // the office's own, no term of the notice
};

struct Pack {
    std::string id;
    std::string version;
    Text title;
    std::vector<std::string> extends;   // from the nearest to the farthest
    Law law;                            // facts, parameters, categories, benefits, routes
    std::vector<Indicator> indicators;  // in id order
    std::vector<Level> levels;          // highest points_min first
    MonitoringRules monitoring;
    std::string content_hash;  // of all text that it was made from
    std::string source;        // the notice itself
    std::string region_scope;  // prefix of the region codes it holds for; empty: the whole country
    Date effective_from;
    std::optional<Date> effective_to;  // the last day; empty: open
    bool is_public = true;  // false: points and indicators are never shown to citizens or the village
    std::optional<Profile> profile;  // that it monitors by
    bool is_profile = false;         // it is one itself: nothing that an office could work by

    [[nodiscard]] int indicator_of(std::string_view id) const;  // -1 if none
    // A pack without indicators or levels states ground rules and warns of nothing.
    [[nodiscard]] bool can_monitor() const { return !is_profile && !indicators.empty() && !levels.empty(); }
    [[nodiscard]] LevelTerm term_of(const Level& level, std::string_view region, Date day) const;
    // The datasets that the indicators stand on, each once, as the notice lists them: the order of reports.
    [[nodiscard]] std::vector<int> datasets_in_order() const;
    // The level of a score; null if the score reaches none (zero points).
    [[nodiscard]] const Level* level_of(int points) const;
};

// The law as loaded: datasets, one pack and the calendar, with the fingerprint that a run remembers.
struct Policy {
    DatasetCatalogue catalogue;
    Pack pack;
    WorkingCalendar calendar;
    std::string calendar_hash;
};

}  // namespace doudi::policy
