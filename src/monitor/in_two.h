// SPDX-License-Identifier: Apache-2.0
// Work in two halves that know nothing of each other: at once, where there is enough of it. What comes out is
// the same either way.
#pragma once
#include <cstddef>
#include <thread>
#include <utility>

namespace doudi::monitor {

inline constexpr std::size_t least_for_two = 10'000;  // fewer are done sooner than a thread is begun

template <class Lower, class Upper>
void in_two(std::size_t items, Lower lower, Upper upper) {
    if (items < least_for_two) {
        lower();
        upper();
        return;
    }
    const std::jthread other(std::move(upper));
    lower();
}

}  // namespace doudi::monitor
