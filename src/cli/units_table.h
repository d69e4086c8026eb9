// SPDX-License-Identifier: Apache-2.0
// A file of units as an office keeps it: YAML, or a table (CSV, XLSX, XLS) with the same words as headings.
#pragma once
#include <filesystem>
#include <vector>

#include "access/units.h"
#include "base/result.h"

namespace doudi::cli {

// Every fault with its place: file:line:column, or file:row.
[[nodiscard]] std::expected<std::vector<access::UnitRow>, std::vector<Error>> read_units_table(
    const std::filesystem::path& file);

}  // namespace doudi::cli
