// SPDX-License-Identifier: Apache-2.0
#include "store/no_waiting.h"

#include <fmt/format.h>

#include "store/sqlite_connection.h"

namespace doudi::store {

namespace {

// How long it waits now, as the statement that says so.
Result<std::string> patience_of(Database& database) {
    if (auto* sqlite = dynamic_cast<SqliteConnection*>(&database.engine()))
        return fmt::format("pragma busy_timeout = {}", TRY(sqlite->number("pragma busy_timeout")));
    auto query = TRY(database.prepare("select current_setting('lock_timeout')"));
    TRY_VOID(query.step());
    return fmt::format("set lock_timeout = '{}'", query.text(0));
}

const char* impatience(Database& database) {
    const bool is_sqlite = dynamic_cast<SqliteConnection*>(&database.engine()) != nullptr;
    return is_sqlite ? "pragma busy_timeout = 0" : "set lock_timeout = '1ms'";  // '0' would be for ever
}

}  // namespace

NoWaiting::NoWaiting(Database& database) : database_(database) {
    auto before = patience_of(database);
    if (before && database.execute(impatience(database))) before_ = std::move(*before);
}

NoWaiting::~NoWaiting() {
    // A connection that takes no statement any more is made anew, as it was at first.
    if (!before_.empty()) (void)database_.execute(before_);
}

}  // namespace doudi::store
