// SPDX-License-Identifier: Apache-2.0
// A work list as XLSX: row keys in a hidden column, drop-downs for choices, protected cells where nothing is
// to be changed.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "workbook/records.h"

namespace doudi::workbook {

// The heading of the hidden column.
inline constexpr std::string_view key_heading = "行键（勿改）";

[[nodiscard]] Result<void> send_out(const WorkList& list, const std::vector<WorkRow>& rows,
                                    std::span<const std::byte> secret, const std::filesystem::path& path);

}  // namespace doudi::workbook
