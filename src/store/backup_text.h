// SPDX-License-Identifier: Apache-2.0
// The head of a backup: which schema, which state, which tables with which columns.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace doudi::store {

enum class ColumnType : std::uint8_t { integer, text, blob };

struct TableColumns {
    std::string name;
    std::vector<std::string> columns;
    std::vector<ColumnType> types;

    [[nodiscard]] bool has(std::string_view column) const;
};

struct BackupHead {
    std::int64_t schema = 0;
    std::int64_t current = 0;
    std::vector<TableColumns> tables;
};

// Of the database as it is: each table behind those that it refers to.
[[nodiscard]] Result<std::vector<TableColumns>> tables_of(Database& database);

[[nodiscard]] std::string head_text(const BackupHead& head);
[[nodiscard]] std::optional<BackupHead> read_head(std::string_view text);

}  // namespace doudi::store
