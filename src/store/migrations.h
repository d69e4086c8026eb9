// SPDX-License-Identifier: Apache-2.0
// The schema's steps, numbered from 1, forward only: migrations/NNNN_name.sql, put into the program by the
// build. One text for both engines, in SQLite's words (schema_text.h says which). A step that has been
// shipped is never edited; the database remembers how many it has taken.
#pragma once
#include <span>

#include "base/result.h"

namespace doudi::store {

class EngineConnection;

struct Migration {
    int number;
    const char* name;
    const char* sql;
};

// In order, without a gap; migrations.cpp is generated from migrations/*.sql.
[[nodiscard]] std::span<const Migration> all_migrations();

// Takes the steps that are missing, each in a transaction; two programs may do so at once. Refuses a database
// of another program and a newer schema.
[[nodiscard]] Result<void> migrate(EngineConnection& connection, std::span<const Migration> migrations);
// Refuses the same, and an older schema: a reader changes nothing.
[[nodiscard]] Result<void> check_schema(EngineConnection& connection, std::span<const Migration> migrations);

}  // namespace doudi::store
