// SPDX-License-Identifier: Apache-2.0
#include "base/crc32c.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

namespace doudi {
namespace {

TEST_CASE("the check values of RFC 3720 come out, by the instruction and by the table") {
    const auto check = [](const std::string& bytes, std::uint32_t expected) {
        CHECK(crc32c(bytes.data(), bytes.size()) == expected);
        CHECK(crc32c_portable(bytes.data(), bytes.size()) == expected);
    };
    check("123456789", 0xE3069283U);
    check(std::string(32, '\0'), 0x8A9136AAU);
    check(std::string(32, '\xFF'), 0x62A8AB43U);
    check("", 0);
}

TEST_CASE("both ways agree on any bytes, whole or in two parts") {
    CHECK(rc::check("crc32c", [](const std::string& first, const std::string& second) {
        const std::string whole = first + second;
        const std::uint32_t expected = crc32c_portable(whole.data(), whole.size());
        RC_ASSERT(crc32c(whole.data(), whole.size()) == expected);
        const std::uint32_t before = crc32c(first.data(), first.size());
        RC_ASSERT(crc32c(second.data(), second.size(), before) == expected);
    }));
}

}  // namespace
}  // namespace doudi
