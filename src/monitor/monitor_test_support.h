// SPDX-License-Identifier: Apache-2.0
// For tests of this room: a law of invented indicators, a register of invented households, and cycles one
// after another.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "match/match_test_support.h"
#include "match/roster.h"
#include "monitor/fold.h"
#include "policy/pack.h"

namespace doudi::monitor::testing {

inline Date on(int year, int month, int day) {
    return *Date::from_ymd(year, month, day);
}

inline policy::Indicator indicator(std::string id, int points, policy::CountPer count) {
    policy::Indicator made;
    made.id = std::move(id);
    made.points = points;
    made.count = count;
    made.sources.resize(3);
    for (int i = 0; i < 3; ++i) made.sources[static_cast<std::size_t>(i)].dataset = i;
    return made;
}

// Indicators in id order; ends stands for a death that cancels stops.
enum Which : std::uint16_t { ends, per_event, per_household, per_person, stops };

inline policy::Policy small_law() {
    policy::Policy law;
    law.pack.indicators = {indicator("ends", 6, policy::CountPer::person_once),
                           indicator("per_event", 2, policy::CountPer::event),
                           indicator("per_household", 1, policy::CountPer::household_once),
                           indicator("per_person", 4, policy::CountPer::person_once),
                           indicator("stops", 3, policy::CountPer::person_once)};
    law.pack.indicators[ends].once_in_life = true;
    law.pack.indicators[ends].ends_household = true;
    law.pack.indicators[ends].cancels = {stops};
    const auto level = [&law](std::string id, int from, std::optional<int> days) {
        policy::Level made;
        made.id = std::move(id);
        made.points_min = from;
        made.working_days = days;
        law.pack.levels.push_back(made);
    };
    level("top", 9, 3);
    level("high", 8, 5);
    level("middle", 7, 7);
    level("low", 6, 10);
    level("call", 1, std::nullopt);
    CalendarYear year;
    year.year = 2025;
    for (int day = 1; day <= 8; ++day) year.holidays.push_back(on(2025, 10, day));
    year.makeup_workdays = {on(2025, 9, 28), on(2025, 10, 11)};
    law.calendar = *WorkingCalendar::create({year});
    return law;
}

// Household 1: persons 1, 2; household 2: person 3; household 3: persons 4, 5, 6.
inline match::Roster small_roster() {
    registry::Register people;
    const std::uint32_t households[] = {1, 1, 2, 3, 3, 3};
    for (std::uint32_t person = 1; person <= 6; ++person) {
        people.members.push_back(
            match::testing::member(person, households[person - 1], "人" + std::to_string(person), person));
    }
    return match::Roster::build(people);
}

struct Told {
    Which indicator = per_person;
    std::uint32_t person = 1;
    Date date;
    Effect effect = Effect::counts;
    std::uint64_t key = 0;
    match::Grade grade = match::Grade::exact;
    std::uint8_t source = 0;
};

// Cycles one after another. Each import is one arrival; its rank is its number.
class World {
  public:
    policy::Policy law = small_law();
    match::Roster roster = small_roster();
    Memory memory;
    Date baseline = on(2025, 3, 31);
    std::vector<Occurrence> waiting;
    CycleResult last;

    void import(const std::vector<Told>& rows) {
        ++arrivals_;
        std::uint32_t row = 1;
        for (const Told& told : rows) {
            Occurrence one;
            one.key = told.key;
            one.person = told.person;
            one.date = told.date.days();
            one.arrival = arrivals_;
            one.row = ++row;
            one.indicator = told.indicator;
            one.source = told.source;
            one.grade = told.grade;
            one.effect = told.effect;
            waiting.push_back(one);
        }
    }

    void cycle(Date as_of) {
        const CycleInput input{AsOf{as_of}, baseline, [](std::uint32_t arrival) { return arrival; }};
        const auto closed = memory.closed;
        const auto exits = memory.exits;
        const std::uint32_t id = memory.last_warning;
        last = fold(law, roster, std::move(memory), waiting, input);
        waiting.clear();
        memory = {};
        memory.events = last.events;
        memory.open = last.open;
        memory.closed = closed;
        memory.exits = exits;
        memory.exits.insert(memory.exits.end(), last.new_exits.begin(), last.new_exits.end());
        memory.last_warning = id;
        for (const WarningChange& change : last.changes)
            memory.last_warning = std::max(memory.last_warning, change.warning.id);
    }

    // Everything at once: one import, one cycle.
    void quarter(Date as_of, const std::vector<Told>& rows) {
        import(rows);
        cycle(as_of);
    }

    void close(std::uint32_t household, Date day) {
        std::erase_if(memory.open, [&](const Warning& warning) {
            if (warning.household != household) return false;
            memory.closed.push_back({household, day, warning.level, warning.indicators});
            return true;
        });
    }

    // "4 call -" or "6 low 2025-07-14 ends"; empty: nothing open.
    [[nodiscard]] std::string open(std::uint32_t household) const {
        for (const Warning& warning : memory.open) {
            if (warning.household != household) continue;
            const std::string level =
                warning.level < 0 ? "none" : law.pack.levels[static_cast<std::size_t>(warning.level)].id;
            return std::to_string(warning.score) + " " + level + " " +
                   (warning.due ? warning.due->date.iso() : "-") + " " + warning.indicators;
        }
        return {};
    }
    [[nodiscard]] Date issued(std::uint32_t household) const {
        for (const Warning& warning : memory.open) {
            if (warning.household == household) return warning.issued_on;
        }
        return {};
    }
    [[nodiscard]] EventState state_of(std::size_t change, std::size_t event) const {
        return last.warning_events[last.changes[change].first_event + event].state;
    }

  private:
    std::uint32_t arrivals_ = 0;
};

}  // namespace doudi::monitor::testing
