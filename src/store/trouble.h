// SPDX-License-Identifier: Apache-2.0
// What can go wrong with a database, whichever engine it is: one code and one sentence each. Never the values
// of a statement: they are people's data.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::store {

enum class Trouble : std::uint8_t {
    unique,           // store_unique: detail says which rule
    foreign_key,      // store_foreign_key
    constraint,       // store_constraint: a check, a missing value
    busy,             // store_busy: another one writes, or two wrote at once
    disk_full,        // disk_full, as of any file
    memory,           // store_memory
    too_big,          // store_too_big
    cancelled,        // store_cancelled
    deadline,         // store_deadline
    read_only,        // store_read_only
    forbidden,        // store_forbidden: the database's own user may not
    corrupt,          // store_corrupt
    not_a_database,   // store_not_a_database
    cannot_open,      // store_cannot_open: no such file, no server there
    no_database,      // store_no_database: a server, but no such database on it
    login,            // store_login: user or password
    connections,      // store_connections: the server has no place free
    connection_lost,  // store_connection_lost: nothing of the transaction is there
    commit_unknown,   // store_commit_unknown: lost while committing; look before doing it again
    io,               // store_io
    text,             // store_text: NUL, or no UTF-8
    statement,        // store_statement: detail says what is wrong with it
};

// detail: names of ours, for the three rules and for statement.
[[nodiscard]] std::unexpected<Error> trouble(Trouble what, const std::string& where,
                                             std::string_view detail = {});

}  // namespace doudi::store
