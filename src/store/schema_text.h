// SPDX-License-Identifier: Apache-2.0
// A migration is written once, in SQLite's words, and put into PostgreSQL's here:
//   integer -> bigint                 blob -> bytea
//   text -> text collate "C"          so that both sort by bytes ("cast (x as text)" stays)
//   ") strict, without rowid" -> ")"
// Only whole words outside of literals and comments. Everything else must be what both engines know: no
// autoincrement, no "insert or replace", no functions that only one has.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace doudi::store {

[[nodiscard]] std::string schema_for_postgres(std::string_view sql);
// The tables that a text makes, in its order: a table stands behind those that it refers to.
[[nodiscard]] std::vector<std::string> tables_made_by(std::string_view sql);

// The largest n of $n in a statement; literals and comments do not count.
[[nodiscard]] int parameters_of(std::string_view sql);

}  // namespace doudi::store
