// SPDX-License-Identifier: Apache-2.0
// What goes back to the sender: which row, which column, what is wrong with it. Outcomes of form only, never
// whether anyone is on the register (issue: "Refused rows leave as a spreadsheet"). Values are masked.
#pragma once
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"
#include "intake/records.h"
#include "intake/table_export.h"

namespace doudi::intake {

[[nodiscard]] Table refusals_table(std::string_view file_name, std::span<const Finding> findings);

// By the path's ending (table_export.h); one that stands for nothing gets CSV. CSV has a byte order mark, as
// WPS and Excel want it.
[[nodiscard]] Result<void> write_refusals(const std::filesystem::path& path, std::string_view file_name,
                                          std::span<const Finding> findings);

}  // namespace doudi::intake
