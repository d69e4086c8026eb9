// SPDX-License-Identifier: Apache-2.0
// Purpose: chance by formula. Invariant: a draw depends on the seed, what it is for and whom it is for, never
// on the order or the thread in which it is made; so a file can be written from its middle.
#pragma once
#include <cstdint>

namespace doudi::synth {

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ull;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebull;
    return value ^ (value >> 31);
}

class Draw {
  public:
    constexpr Draw(std::uint64_t seed, std::uint64_t what, std::uint64_t whom)
        : state_(mix(mix(mix(seed) ^ what) ^ whom)) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ull;
        return mix(state_);
    }
    constexpr std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }
    constexpr bool chance(double share) { return static_cast<double>(next() >> 11) * 0x1.0p-53 < share; }
    // Both ends included.
    constexpr int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
    }

  private:
    std::uint64_t state_;
};

}  // namespace doudi::synth
