// SPDX-License-Identifier: Apache-2.0
// SQLite's result codes as Errors, in one place. Never the values of a statement: they are people's data.
#pragma once
#include <filesystem>

#include "base/result.h"

struct sqlite3;

namespace doudi::store {

[[nodiscard]] std::unexpected<Error> sqlite_error(sqlite3* handle, int rc, const std::filesystem::path& file);

}  // namespace doudi::store
