// SPDX-License-Identifier: Apache-2.0
// One row as a line of PostgreSQL's COPY text: values divided by tabs, \N for null, \\x and hex for a blob,
// and tab, newline, return and backslash escaped. Bulk rows and backups are written so.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::store {

inline constexpr std::string_view null_text = "\\N";

void put_text(std::string& out, std::string_view text);
void put_blob(std::string& out, std::span<const std::byte> blob);
void put_integer(std::string& out, std::int64_t value);

// The values between the tabs of a line (without its newline), still as they are written.
[[nodiscard]] std::vector<std::string_view> values_of(std::string_view line);
// Nothing if it is not written as it should be. Never of null_text.
[[nodiscard]] std::optional<std::string> text_of(std::string_view written);
[[nodiscard]] std::optional<std::vector<std::byte>> blob_of(std::string_view written);
[[nodiscard]] std::optional<std::int64_t> integer_of(std::string_view written);

}  // namespace doudi::store
