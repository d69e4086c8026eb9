// SPDX-License-Identifier: Apache-2.0
// Purpose: the figures that the truth counts with, from profile.csv, which is built into the program.
// Invariant: they are not read from packs/, so that a slip there shows.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "synth/feeds.h"

namespace doudi::synth {

enum class Once : std::uint8_t { person, household, certificate, life };

struct Indicator {
    std::string name;
    int points = 0;
    Once once = Once::person;
    bool cancelled_by_death = false;
};

struct Level {
    std::string name;
    int from = 0;
    int days = 0;  // 0: none set
};

struct Profile {
    std::vector<Indicator> indicators;
    std::array<std::uint8_t, feed_count> indicator_of{};
    std::vector<Level> levels;  // rising
    std::vector<std::pair<Date, Date>> off;
    std::vector<Date> on;

    [[nodiscard]] const Indicator& of(Feed feed) const { return indicators[indicator_of[index_of(feed)]]; }
    [[nodiscard]] std::size_t level_of(int score) const;
    // The n-th working day after the day.
    [[nodiscard]] Date due(Date day, int working_days) const;
};

// The profile is part of the program: a slip in it is a bug and stops the program.
[[nodiscard]] Profile load_profile();

}  // namespace doudi::synth
