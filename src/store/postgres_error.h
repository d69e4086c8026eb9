// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's SQLSTATEs as Errors. What the server says beside the code may hold values and is not handed
// on, but for the names of a rule that was broken and what is wrong with a statement.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/trouble.h"

struct pg_conn;
struct pg_result;

namespace doudi::store {

[[nodiscard]] Trouble trouble_of_state(std::string_view sqlstate);
// A result that is an error, or null: the connection is gone.
[[nodiscard]] std::unexpected<Error> postgres_error(const pg_result* result, pg_conn* connection,
                                                    const std::string& place);
// Of a connection that could not be made, spoken with PQERRORS_SQLSTATE.
[[nodiscard]] std::unexpected<Error> connect_error(std::string_view message, const std::string& place);

}  // namespace doudi::store
