// SPDX-License-Identifier: Apache-2.0
#include "vault/number_permutation.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <set>
#include <vector>

#include "vault/digest.h"

namespace doudi::vault {
namespace {

NumberPermutation permutation(std::string_view key = "key", std::string_view purpose = "test") {
    return {bytes_of(key), purpose};
}

TEST_CASE("hidden numbers are shown again, any of them, any number of them at once") {
    auto one = permutation();
    CHECK(rc::check("any numbers", [&] {
        const auto numbers =
            *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::arbitrary<std::uint64_t>());
        auto turned = numbers;
        one.hide(turned);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            RC_ASSERT(turned[i] >> 63U == numbers[i] >> 63U);
            RC_ASSERT(turned[i] == one.hidden(numbers[i]));
        }
        one.show(turned);
        RC_ASSERT(turned == numbers);
    }));
}

TEST_CASE("neighbours lie nowhere near each other, and no two become one") {
    auto one = permutation();
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < 20000; ++i) numbers.push_back(44169919800101000U + i);
    one.hide(numbers);
    const std::set<std::uint64_t> different(numbers.begin(), numbers.end());
    CHECK(different.size() == numbers.size());
    std::size_t set_bits = 0;
    for (std::size_t i = 1; i < numbers.size(); ++i)
        set_bits += static_cast<std::size_t>(__builtin_popcountll(numbers[i] ^ numbers[i - 1]));
    const double per_number = static_cast<double>(set_bits) / static_cast<double>(numbers.size() - 1);
    CHECK(per_number > 31);  // of 63: half of them differ
    CHECK(per_number < 32);
}

TEST_CASE("another key or purpose is another permutation, and this one stays what it is") {
    const std::uint64_t number = 44169919800101001U;
    CHECK(permutation("kex").hidden(number) != permutation().hidden(number));
    CHECK(permutation("key", "tesu").hidden(number) != permutation().hidden(number));
    // Golden: it stands in segments.
    CHECK(permutation().hidden(number) == 333508605473754024U);
    CHECK(permutation().hidden(0) == 2612029418092291209U);
}

}  // namespace
}  // namespace doudi::vault
