// SPDX-License-Identifier: Apache-2.0
// A returned workbook against what stands now: what each row would change, and why a row cannot be taken.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "workbook/records.h"

namespace doudi::workbook {

// Columns may have been moved and rows sorted, hidden sheets are not looked at; a protected column may be
// missing. Fails for a file that is no table of ours: no column of keys, a heading twice, too many rows.
// Nothing is written.
[[nodiscard]] Result<Difference> take_back(const WorkList& list, const std::filesystem::path& path,
                                           std::span<const std::byte> secret, const Current& current);

}  // namespace doudi::workbook
