// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <sqlite3.h>

#include <utility>

#include "store/connection.h"
#include "store/failpoint.h"
#include "store/migrations.h"
#include "store/statement_state.h"

namespace doudi::store {

struct Database::State {
    std::shared_ptr<Connection> connection;
    bool writing = false;
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

namespace {

std::unexpected<Error> at(Error error, const std::filesystem::path& file) {
    if (error.where.empty()) error.where = file.string();
    return std::unexpected(std::move(error));
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& file) {
    auto state = std::make_unique<State>();
    state->connection = TRY(Connection::open(file, Connection::Use::write));
    if (auto done = migrate(*state->connection, all_migrations()); !done) return at(done.error(), file);
    return Database(std::move(state));
}

Result<Database> Database::open_for_reading(const std::filesystem::path& file) {
    auto state = std::make_unique<State>();
    state->connection = TRY(Connection::open(file, Connection::Use::read));
    if (auto done = check_schema(*state->connection, all_migrations()); !done) return at(done.error(), file);
    return Database(std::move(state));
}

Result<Statement> Database::prepare(std::string_view sql) {
    auto state = std::make_unique<Statement::State>();
    state->prepared = TRY(state_->connection->take(sql));
    state->connection = state_->connection;
    return Statement(std::move(state));
}

Result<void> Database::execute(std::string_view sql) {
    return state_->connection->execute(std::string(sql).c_str());
}

Result<void> Database::write(const std::function<Result<void>()>& body) {
    ensure(!state_->writing, "write() inside write()");
    Connection& connection = *state_->connection;
    TRY_VOID(connection.execute("begin immediate"));
    state_->writing = true;
    // Also when body throws: the transaction must not stay open.
    struct Ending {
        State* state;
        bool committed = false;
        ~Ending() {
            state->writing = false;
            if (!committed) (void)state->connection->execute("rollback");
        }
    } ending{state_.get()};
    TRY_VOID(body());
    failpoint(FailpointKind::commit, "commit");
    TRY_VOID(connection.execute("commit"));
    ending.committed = true;
    return {};
}

std::int64_t Database::last_insert_id() const {
    return sqlite3_last_insert_rowid(state_->connection->handle());
}
std::int64_t Database::changes() const {
    return sqlite3_changes64(state_->connection->handle());
}

}  // namespace doudi::store
