// SPDX-License-Identifier: Apache-2.0
// A thin layer over SQLite and PostgreSQL (libpq), the same for both: cached statements, typed binds by name
// ($n), write(), bulk rows, deadlines, cancelling, and one map of errors (trouble.h). Callers hold SQL only
// in their repository.cpp, in the words that both engines have (docs/decisions/0018-two-engines.md). A
// Database and its statements belong to one thread at a time.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/date.h"
#include "base/result.h"
#include "store/engine.h"
#include "store/postgres_url.h"

namespace doudi::store {

// One prepared statement; given back, without its values, when it goes out of scope. Text holds no NUL.
class Statement {
  public:
    Statement(std::shared_ptr<EngineConnection> connection, std::unique_ptr<EngineStatement> statement)
        : connection_(std::move(connection)), statement_(std::move(statement)) {}
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) = delete;
    ~Statement() {
        if (statement_ != nullptr) connection_->give_back(std::move(statement_));
    }

    Statement& bind(int n, std::int64_t value) { return statement_->bind(n, value), *this; }
    Statement& bind(int n, std::string_view value) { return statement_->bind(n, value), *this; }
    Statement& bind(int n, std::span<const std::byte> blob) { return statement_->bind(n, blob), *this; }
    Statement& bind(int n, Date value) { return bind(n, std::string_view(value.iso())); }  // YYYY-MM-DD
    Statement& bind_null(int n) { return statement_->bind_null(n), *this; }
    template <class T>
    Statement& bind(int n, const std::optional<T>& value) {
        return value ? bind(n, *value) : bind_null(n);
    }

    [[nodiscard]] Result<bool> step() { return statement_->step(); }  // true: a row is there
    [[nodiscard]] Result<void> run();  // step to the end and reset; for statements without rows
    void reset() { statement_->reset(); }

    [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }  // null: 0
    [[nodiscard]] std::string text(int column) const { return std::string(text_view(column)); }
    // Of a column of text, of a column of blobs; until the next step.
    [[nodiscard]] std::string_view text_view(int column) const { return statement_->text(column); }
    [[nodiscard]] std::span<const std::byte> blob(int column) const { return statement_->blob(column); }
    [[nodiscard]] std::optional<Date> date(int column) const;
    [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }

  private:
    std::shared_ptr<EngineConnection> connection_;
    std::unique_ptr<EngineStatement> statement_;
};

// Many rows into one table: COPY on PostgreSQL, a prepared loop on SQLite. Inside write(). A row that the
// table refuses may be told at a later row or at finish(); without finish() the last rows are not there.
class BulkInsert {
  public:
    explicit BulkInsert(std::shared_ptr<EngineConnection> connection, std::unique_ptr<EngineBulk> bulk)
        : connection_(std::move(connection)), bulk_(std::move(bulk)) {}

    BulkInsert& bind(int n, std::int64_t value) { return bulk_->bind(n, value), *this; }
    BulkInsert& bind(int n, std::string_view value) { return bulk_->bind(n, value), *this; }
    BulkInsert& bind(int n, std::span<const std::byte> blob) { return bulk_->bind(n, blob), *this; }
    BulkInsert& bind(int n, Date value) { return bind(n, std::string_view(value.iso())); }
    BulkInsert& bind_null(int n) { return bulk_->bind_null(n), *this; }
    template <class T>
    BulkInsert& bind(int n, const std::optional<T>& value) {
        return value ? bind(n, *value) : bind_null(n);
    }
    [[nodiscard]] Result<void> row() { return bulk_->row(); }  // what is not bound is null
    [[nodiscard]] Result<void> finish() { return bulk_->finish(); }

  private:
    std::shared_ptr<EngineConnection> connection_;
    std::unique_ptr<EngineBulk> bulk_;
};

// Ends what a Database is doing, from any thread; may outlive it.
class Canceller {
  public:
    explicit Canceller(std::shared_ptr<EngineConnection> connection) : connection_(std::move(connection)) {}
    void cancel() const { connection_->cancel(); }

  private:
    std::shared_ptr<EngineConnection> connection_;
};

class Database {
  public:
    // Opens the file, or makes it, or connects; brings the schema to this program's. What is no database, one
    // of another program, or of a newer schema is a clear error.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file);
    [[nodiscard]] static Result<Database> open(const PostgresUrl& url);
    // The same for one who only looks: it must be there, at this program's schema; every write is refused.
    [[nodiscard]] static Result<Database> open_for_reading(const std::filesystem::path& file);
    [[nodiscard]] static Result<Database> open_for_reading(const PostgresUrl& url);
    explicit Database(std::shared_ptr<EngineConnection> connection) : connection_(std::move(connection)) {}

    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    [[nodiscard]] Result<void> execute(std::string_view sql);
    [[nodiscard]] BulkInsert bulk(std::string_view table, std::span<const std::string_view> columns,
                                  Bulk how = Bulk::in_parts);

    // Runs body in a transaction while nobody else writes: what it reads stays true until it commits. An
    // error of body, or of any statement in it, takes everything back. Not nested.
    [[nodiscard]] Result<void> write(const std::function<Result<void>()>& body);
    // The same for a small change of one person's, on a connection of its own: on PostgreSQL others do the
    // same at the same time (never during a write()), and each statement sees what they have committed by
    // then. So what body relies on must stand in the statement itself: its where, a constraint, on conflict.
    [[nodiscard]] Result<void> write_beside(const std::function<Result<void>()>& body);
    // Runs body on one state of the database, whatever others write meanwhile.
    [[nodiscard]] Result<void> read(const std::function<Result<void>()>& body);
    [[nodiscard]] std::int64_t changes() const;  // rows that the last statement inserted, updated or deleted

    // A statement that runs longer ends with store_deadline; zero, as at the start: none.
    [[nodiscard]] Result<void> set_deadline(std::chrono::milliseconds longest);
    // After many rows: what plans of queries go by is brought up to date. Only speed hangs on it.
    void gather_statistics() { connection_->gather_statistics(); }
    [[nodiscard]] Canceller canceller() const { return Canceller(connection_); }

    [[nodiscard]] EngineConnection& engine() { return *connection_; }  // for store itself

  private:
    [[nodiscard]] Result<void> transaction(const std::function<Result<void>()>& begin,
                                           const std::function<Result<void>()>& body);
    std::shared_ptr<EngineConnection> connection_;
    bool in_transaction_ = false;
};

}  // namespace doudi::store
