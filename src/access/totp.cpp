// SPDX-License-Identifier: Apache-2.0
#include "access/totp.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "access/secrets.h"
#include "base/result.h"

namespace doudi::access {

namespace {

constexpr int device_digits = 6;
constexpr std::int64_t neighbours = 1;  // clocks of telephones go a little wrong

const EVP_MD* digest_of(TotpHash hash) {
    switch (hash) {
        case TotpHash::sha1:
            return EVP_sha1();
        case TotpHash::sha256:
            return EVP_sha256();
        case TotpHash::sha512:
            return EVP_sha512();
    }
    ensure(false, "a hash of RFC 6238");
    return nullptr;
}

}  // namespace

std::string hotp(std::string_view key, std::uint64_t counter, int digits, TotpHash hash) {
    std::array<unsigned char, 8> message{};
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<unsigned char>(counter >> (8 * (7 - i)) & 0xFFU);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    ensure(HMAC(digest_of(hash), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
                mac.data(), &size) != nullptr,
           "HMAC of OpenSSL");
    const unsigned offset = mac[size - 1] & 15U;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value = value << 8U | mac[offset + i];
    value &= 0x7FFFFFFFU;
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    return fmt::format("{:0{}}", value % modulus, digits);
}

std::int64_t totp_step(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / totp_step_seconds;
}

std::optional<std::int64_t> totp_matches(std::string_view key, std::string_view code, Instant now,
                                         std::int64_t last) {
    std::optional<std::int64_t> found;
    const std::int64_t present = totp_step(now);
    for (std::int64_t step = present - neighbours; step <= present + neighbours; ++step) {
        const std::string expected =
            hotp(key, static_cast<std::uint64_t>(step), device_digits, TotpHash::sha1);
        if (same_secret(expected, code) && step > last) found = step;
    }
    return found;
}

}  // namespace doudi::access
