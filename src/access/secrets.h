// SPDX-License-Identifier: Apache-2.0
// Random secrets, their texts and their hashes: libsodium's random numbers, SM3 of the vault.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::access {

// So many random bytes in base64url without padding; 32 of them are 43 characters.
[[nodiscard]] std::string random_token(std::size_t bytes = 32);
// A positive number of 62 random bits, for keys that nobody should guess from another.
[[nodiscard]] std::int64_t random_key();
// Characters that are not mistaken for each other when read aloud or typed: no I, L, O and U.
[[nodiscard]] std::string random_code(std::size_t characters);
// Capitals without blanks and dashes; O is read as 0, I and L as 1. Other characters stay and match nothing.
[[nodiscard]] std::string read_code(std::string_view typed);

// A password for the first time: four groups that can be read over a telephone; 80 bits.
[[nodiscard]] std::string random_password();

[[nodiscard]] std::string sm3_hex(std::string_view bytes);
[[nodiscard]] std::string hmac_sm3_text(std::string_view key, std::string_view bytes);  // base64url

// In a time that does not tell where they differ.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

[[nodiscard]] std::string base32(std::span<const unsigned char> bytes);
[[nodiscard]] std::vector<unsigned char> random_bytes(std::size_t count);

}  // namespace doudi::access
