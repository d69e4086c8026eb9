// SPDX-License-Identifier: Apache-2.0
// Purpose: decides everything that happens to registered people, and the rows that tell of it: by chance at
// the rates of domain.md §6.3, and scenes, one for every sentence of samples/README.md. Invariant: memory
// grows with the register, never with the feeds; where the sample leaves a reading open, nothing is planted
// that would depend on it.
#pragma once
#include <array>
#include <vector>

#include "synth/draw.h"
#include "synth/feeds.h"

namespace doudi::synth {

struct Quarter {
    std::string_view name;  // 2025Q2
    Date first, last;       // the last day is the day of import and of the cycle
};
inline constexpr std::size_t most_quarters = 2;
[[nodiscard]] const std::array<Quarter, most_quarters>& quarters();

struct Rates {
    double density = 1;  // times domain.md §6.3
    bool clean = false;
};

using Rows = std::vector<Row>;

struct Plan {
    std::array<std::array<Rows, feed_count>, most_quarters> rows;
    std::vector<bool> closing;  // households to close after the first cycle if they have a warning then
};

[[nodiscard]] Plan make_plan(const People& people, std::uint64_t seed, const Rates& rates,
                             std::size_t quarter_count);

// A row about people off the register, for place `index` of the file.
[[nodiscard]] Row make_stranger(const People& people, std::uint64_t seed, const Rates& rates, Feed feed,
                                std::size_t quarter, std::uint64_t index);

// The pieces, for the planner's own files.
class Planner {
  public:
    Planner(const People& people, std::uint64_t seed, const Rates& rates, std::size_t quarter_count);
    void background();
    void scenes();
    [[nodiscard]] Plan take();

  private:
    friend class Scenes;
    // A mention with the damage that chance brings.
    [[nodiscard]] Mention chance_mention(Person person, Draw& draw) const;
    [[nodiscard]] DateFault chance_fault(Draw& draw) const;
    [[nodiscard]] Person stranger(Draw& draw) const;
    [[nodiscard]] Date day_in(std::size_t quarter, Draw& draw) const;
    [[nodiscard]] Date day_before_baseline(Draw& draw) const;
    [[nodiscard]] Date month_in(std::size_t quarter, Draw& draw) const;
    [[nodiscard]] double rate(double yearly, double quarters_of_year = 1) const;
    void add(std::size_t quarter, Feed feed, const Row& row);
    // As add, and now and then a second time.
    void add_and_copy(std::size_t quarter, Feed feed, const Row& row, Draw& draw);

    void one_person(Person person);
    // most_quarters if the person lives on.
    [[nodiscard]] std::size_t quarter_of_death(Person person) const;
    void death(Person person, std::size_t quarter);
    void roll(Person person, Feed feed, double on_it, double yearly_new);
    void list_in_rolls(const Row& row, Feed feed, std::size_t from, Draw& draw);
    [[nodiscard]] Row event(Person person, Date date, Draw& draw) const;
    void insurance(Person person);
    void accident(Person person);
    void schooling(Person person);
    void births(Household household, std::size_t quarter);
    void marriage(Household household, std::size_t quarter);
    void household_events(Household household, std::size_t quarter);
    void shuffle();

    const People& people_;
    std::uint64_t seed_;
    Rates rates_;
    std::size_t quarter_count_;
    Plan plan_;
    std::vector<bool> staged_;  // households that belong to a scene: chance leaves them alone
};

}  // namespace doudi::synth
