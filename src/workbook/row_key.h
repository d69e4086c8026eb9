// SPDX-License-Identifier: Apache-2.0
// What tells a returned row: its key and version, under a seal that only the office's key makes. A key of
// another office or list, or with one character changed, is none.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace doudi::workbook {

struct RowKey {
    std::string key;
    std::uint64_t version = 0;
    friend bool operator==(const RowKey&, const RowKey&) = default;
};

// "7:LZ-2025-0017:5f3a…": version, key, seal over both and the list's id.
[[nodiscard]] std::string seal_row(std::string_view list, const RowKey& row,
                                   std::span<const std::byte> secret);
[[nodiscard]] std::optional<RowKey> open_row(std::string_view list, std::string_view sealed,
                                             std::span<const std::byte> secret);

}  // namespace doudi::workbook
