// SPDX-License-Identifier: Apache-2.0
// The inside of a Statement: shared by statement.cpp and by Database, which makes them.
#pragma once
#include <sqlite3.h>

#include <memory>

#include "store/connection.h"
#include "store/database.h"

namespace doudi::store {

struct Statement::State {
    std::shared_ptr<Connection> connection;
    std::unique_ptr<Prepared> prepared;
    int bind_error = SQLITE_OK;  // the first; told by the next step()

    [[nodiscard]] sqlite3_stmt* handle() const { return prepared->handle; }
    void note(int rc) {
        if (bind_error == SQLITE_OK) bind_error = rc;
    }
};

}  // namespace doudi::store
