// SPDX-License-Identifier: Apache-2.0
// Several tables on their way out as one workbook.
#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "intake/table_export.h"

namespace doudi::intake {

struct NamedTable {
    std::string name;  // 31 characters at most, no brackets, slashes or *?:
    Table table;
};
// Each on a sheet under its name, in their order.
[[nodiscard]] Result<void> write_tables_xlsx(std::span<const NamedTable> tables,
                                             const std::filesystem::path& path);

}  // namespace doudi::intake
