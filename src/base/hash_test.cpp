// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#include <doctest/doctest.h>

#include <bit>
#include <set>
#include <string>
#include <vector>

namespace doudi {
namespace {

std::string counted(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(i * 7 + 1));
    return bytes;
}

TEST_CASE("the hash is what it has always been") {
    struct Golden {
        std::size_t size;
        std::uint64_t seed;
        std::uint64_t hash;
    };
    const Golden golden[] = {
        {0, 0U, 0x0B70C9987D2385E5U},
        {1, 0U, 0xB3635BCDD040C530U},
        {3, 0U, 0x5418BFBE44939318U},
        {4, 0U, 0x71959568F91AA789U},
        {7, 0U, 0x566B29C494D020DCU},
        {8, 0U, 0x56E743741C9E6FBAU},
        {16, 0U, 0xD57A1807550DFCC3U},
        {17, 0U, 0xB88B5ED88B2A567EU},
        {18, 0U, 0x4550BE5822A8E34AU},
        {33, 0U, 0x926AD9A9BA056051U},
        {100, 0U, 0x539C939C8BCB2C9CU},
        {18, 1U, 0x5096D9D334842000U},
        {18, 18446744073709551615U, 0x69D610ECE16A72A2U},
    };
    for (const Golden& each : golden) {
        CAPTURE(each.size);
        CHECK(hash64(counted(each.size), each.seed) == each.hash);
    }
    CHECK(mix64(0) == 0);
    CHECK(mix64(1) == 0x5692161D100B05E5U);
    CHECK(mix64(0xFFFFFFFFFFFFFFFFU) == 0xB4D055FCF2CBBD7BU);
}

TEST_CASE("texts of every length, also of zeros alone, hash apart") {
    std::set<std::uint64_t> seen;
    for (std::size_t size = 0; size < 200; ++size) {
        seen.insert(hash64(std::string(size, '\0')));
        if (size > 0) seen.insert(hash64(counted(size)));
    }
    CHECK(seen.size() == 399);
}

TEST_CASE("one changed bit changes about half of the hash") {
    for (const std::size_t size : {1U, 3U, 4U, 8U, 15U, 16U, 17U, 18U, 40U}) {
        const std::string bytes = counted(size);
        const std::uint64_t before = hash64(bytes);
        for (std::size_t bit = 0; bit < size * 8; ++bit) {
            std::string changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            const int flipped = std::popcount(before ^ hash64(changed));
            CAPTURE(size);
            CAPTURE(bit);
            CHECK(flipped > 8);
            CHECK(flipped < 56);
        }
    }
}

TEST_CASE("numbers that count up spread evenly, by the high bits and by the low ones") {
    std::vector<int> high(256);
    std::vector<int> low(256);
    constexpr int count = 256 * 400;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t hash = hash64("4416991990" + std::to_string(10'000'000 + i));
        ++high[hash >> 56U];
        ++low[hash & 0xFFU];
    }
    for (std::size_t i = 0; i < 256; ++i) {
        CHECK(high[i] > 300);
        CHECK(high[i] < 500);
        CHECK(low[i] > 300);
        CHECK(low[i] < 500);
    }
}

TEST_CASE("the hash reads its bytes and no more, wherever they stand") {
    const std::string bytes = counted(60);
    for (std::size_t start = 0; start < 8; ++start) {
        const std::vector<char> exact(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.end());
        CHECK(hash64({exact.data(), exact.size()}) == hash64(std::string_view(bytes).substr(start)));
    }
}

}  // namespace
}  // namespace doudi
