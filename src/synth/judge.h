// SPDX-License-Identifier: Apache-2.0
// Purpose: what a planted row is to the register, from what was planted: samples/README.md, "From a row to a
// person". Invariant: no text is read; the generator knows whom it meant and what it damaged.
#pragma once
#include "synth/feeds.h"

namespace doudi::synth {

// In the order in which the better of two persons of a row decides.
enum class Bucket : std::uint8_t { exact, probable, review, off_roster, rejected, held, duplicate };
inline constexpr std::size_t bucket_count = 7;

[[nodiscard]] Bucket judge(const People& people, Feed feed, const Mention& mention, const Row& row);

struct Judged {
    Bucket first = Bucket::rejected;
    Bucket second = Bucket::rejected;
    Bucket row = Bucket::rejected;  // as of the day; a duplicate is found by whoever knows the rows before
};
[[nodiscard]] Judged judge(const People& people, Feed feed, const Row& row, Date as_of);

}  // namespace doudi::synth
