// SPDX-License-Identifier: Apache-2.0
#include "access/totp.h"

#include <doctest/doctest.h>

#include "access/secrets.h"

namespace doudi::access {

TEST_CASE("codes by counter are those of RFC 4226, appendix D") {
    const std::string key = "12345678901234567890";
    const char* const expected[] = {"755224", "287082", "359152", "969429", "338314",
                                    "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter)
        CHECK(hotp(key, counter, 6, TotpHash::sha1) == expected[counter]);
}

TEST_CASE("codes by time are those of RFC 6238, appendix B") {
    const std::string ten = "1234567890";
    const std::string key1 = ten + ten;
    const std::string key256 = ten + ten + ten + "12";
    const std::string key512 = ten + ten + ten + ten + ten + ten + "1234";
    struct Vector {
        std::int64_t seconds;
        const char* sha1;
        const char* sha256;
        const char* sha512;
    };
    for (const Vector& one : {Vector{59, "94287082", "46119246", "90693936"},
                              {1111111109, "07081804", "68084774", "25091201"},
                              {1111111111, "14050471", "67062674", "99943326"},
                              {1234567890, "89005924", "91819424", "93441116"},
                              {2000000000, "69279037", "90698825", "38618901"},
                              {20000000000, "65353130", "77737706", "47863826"}}) {
        const auto step = static_cast<std::uint64_t>(totp_step(Instant(std::chrono::seconds(one.seconds))));
        CHECK(hotp(key1, step, 8, TotpHash::sha1) == one.sha1);
        CHECK(hotp(key256, step, 8, TotpHash::sha256) == one.sha256);
        CHECK(hotp(key512, step, 8, TotpHash::sha512) == one.sha512);
    }
}

TEST_CASE("a code is taken in its step and its neighbours, and not again") {
    const std::string key = "12345678901234567890";
    const Instant now{std::chrono::seconds(3000)};
    const auto code = [&](std::int64_t step) {
        return hotp(key, static_cast<std::uint64_t>(step), 6, TotpHash::sha1);
    };
    CHECK_FALSE(totp_matches(key, code(98), now, 0));
    CHECK(totp_matches(key, code(99), now, 0) == 99);
    CHECK(totp_matches(key, code(100), now, 0) == 100);
    CHECK(totp_matches(key, code(101), now, 0) == 101);
    CHECK_FALSE(totp_matches(key, code(102), now, 0));
    CHECK_FALSE(totp_matches(key, code(100), now, 100));
    CHECK_FALSE(totp_matches(key, code(99), now, 100));
    CHECK(totp_matches(key, code(101), now, 100) == 101);
    CHECK_FALSE(totp_matches(key, "", now, 0));
    CHECK_FALSE(totp_matches(key, code(100) + "0", now, 0));
}

TEST_CASE("base32 is that of RFC 4648, without padding") {
    const auto text = [](std::string_view bytes) {
        return base32({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    };
    CHECK(text("") == "");
    CHECK(text("f") == "MY");
    CHECK(text("fo") == "MZXQ");
    CHECK(text("foo") == "MZXW6");
    CHECK(text("foob") == "MZXW6YQ");
    CHECK(text("fooba") == "MZXW6YTB");
    CHECK(text("foobar") == "MZXW6YTBOI");
}

TEST_CASE("a code that is read aloud and typed comes back as it was") {
    CHECK(read_code(" k7m2-qx48-2139 ") == "K7M2QX482139");
    CHECK(read_code("OIL0") == "0110");
    const std::string code = random_code(12);
    CHECK(code.size() == 12);
    CHECK(read_code(code) == code);
    CHECK(random_code(12) != code);
    CHECK(random_token().size() == 43);
}

}  // namespace doudi::access
