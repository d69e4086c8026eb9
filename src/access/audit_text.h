// SPDX-License-Identifier: Apache-2.0
// What of an audit record is hashed, and how its lists are written.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit.h"

namespace doudi::access {

// Ascending, without repetition, joined by commas.
template <class IdType>
[[nodiscard]] std::string write_ids(std::vector<IdType> ids);
// What is no number is left out: an edited record must not stop its reader.
[[nodiscard]] std::vector<std::uint32_t> read_ids(std::string_view text);

// Free words may hold a number that someone typed: runs of digits as long as one are masked.
[[nodiscard]] std::string without_numbers(std::string_view text);
// The record without its place in the chain (seq, previous, hash).
[[nodiscard]] AuditRecord record_of(const Look& look, Instant at);
// In hex over each field with its length, the hash before among them: SM3, or HMAC-SM3 where there is a key.
[[nodiscard]] std::string hash_of(const AuditRecord& record, std::string_view key);
// What stands before the first record.
[[nodiscard]] std::string first_hash();

}  // namespace doudi::access
