// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <utility>

#include "store/migrations.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"

namespace doudi::store {

namespace {

Result<Database> ready(std::shared_ptr<EngineConnection> connection, Use use) {
    auto done = use == Use::write ? migrate(*connection, all_migrations())
                                  : check_schema(*connection, all_migrations());
    if (done) return Database(std::move(connection));
    if (done.error().where.empty()) done.error().where = connection->place();
    return std::unexpected(std::move(done).error());
}

}  // namespace

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    statement_->reset();
    return {};
}

std::optional<Date> Statement::date(int column) const {
    if (is_null(column)) return std::nullopt;
    return Date::parse_iso(text_view(column));
}

Result<Database> Database::open(const std::filesystem::path& file) {
    return ready(TRY(SqliteConnection::open(file, Use::write)), Use::write);
}
Result<Database> Database::open(const PostgresUrl& url) {
    return ready(TRY(PostgresConnection::open(url, Use::write)), Use::write);
}
Result<Database> Database::open_for_reading(const std::filesystem::path& file) {
    return ready(TRY(SqliteConnection::open(file, Use::read)), Use::read);
}
Result<Database> Database::open_for_reading(const PostgresUrl& url) {
    return ready(TRY(PostgresConnection::open(url, Use::read)), Use::read);
}

Result<Statement> Database::prepare(std::string_view sql) {
    auto statement = TRY(connection_->take(sql));
    return Statement(connection_, std::move(statement));
}

Result<void> Database::execute(std::string_view sql) {
    return connection_->execute(std::string(sql));
}

BulkInsert Database::bulk(std::string_view table, std::span<const std::string_view> columns, Bulk how) {
    ensure(in_transaction_, "bulk rows inside write()");
    return BulkInsert(connection_, connection_->bulk(table, columns, how));
}

Result<void> Database::transaction(const std::function<Result<void>()>& begin,
                                   const std::function<Result<void>()>& body) {
    ensure(!in_transaction_, "a transaction inside a transaction");
    (void)connection_->take_failure();
    TRY_VOID(begin());
    in_transaction_ = true;
    // Also when body throws: the transaction must not stay open.
    struct Ending {
        Database* database;
        bool committed = false;
        ~Ending() {
            database->in_transaction_ = false;
            if (!committed) database->connection_->rollback();
        }
    } ending{this};
    TRY_VOID(body());
    if (auto failure = connection_->take_failure()) return std::unexpected(std::move(*failure));
    TRY_VOID(connection_->commit());
    ending.committed = true;
    return {};
}

Result<void> Database::write(const std::function<Result<void>()>& body) {
    return transaction([this] { return connection_->begin(Writing::alone); }, body);
}

Result<void> Database::write_beside(const std::function<Result<void>()>& body) {
    return transaction([this] { return connection_->begin(Writing::beside); }, body);
}

Result<void> Database::read(const std::function<Result<void>()>& body) {
    return transaction([this] { return connection_->begin_reading(); }, body);
}

std::int64_t Database::changes() const {
    return connection_->changes();
}

Result<void> Database::set_deadline(std::chrono::milliseconds longest) {
    return connection_->set_deadline(longest);
}

}  // namespace doudi::store
