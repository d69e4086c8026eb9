// SPDX-License-Identifier: Apache-2.0
// What an engine does for Database, Statement and BulkInsert. Two stand behind it: SQLite
// (sqlite_connection.h) and PostgreSQL (postgres_connection.h), held to the same tests (engine_test.cpp). One
// thread at a time.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace doudi::store {

// Whether a connection may change anything.
enum class Use { read, write };

// One prepared statement; belongs to the connection that made it. n counts from 1, columns from 0.
class EngineStatement {
  public:
    explicit EngineStatement(std::string_view sql) : sql_(sql) {}
    EngineStatement(const EngineStatement&) = delete;
    EngineStatement& operator=(const EngineStatement&) = delete;
    virtual ~EngineStatement() = default;

    // The text of SQL's text, the bytes of a blob; copied. What is wrong with a value is told by step().
    virtual void bind(int n, std::int64_t value) = 0;
    virtual void bind(int n, std::string_view text) = 0;
    virtual void bind(int n, std::span<const std::byte> blob) = 0;
    virtual void bind_null(int n) = 0;
    // True: a row is there. Rows come as they are asked for: memory holds one.
    virtual Result<bool> step() = 0;
    virtual void reset() = 0;           // ready for step() from the start, binds stay
    virtual void clear_bindings() = 0;  // all null

    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;  // of null: 0
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::span<const std::byte> blob(int column) const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;

    [[nodiscard]] const std::string& sql() const { return sql_; }

  private:
    std::string sql_;
};

// Rows into one table by the engine's fastest way.
class EngineBulk {
  public:
    virtual ~EngineBulk() = default;
    virtual void bind(int n, std::int64_t value) = 0;
    virtual void bind(int n, std::string_view text) = 0;
    virtual void bind(int n, std::span<const std::byte> blob) = 0;
    virtual void bind_null(int n) = 0;
    virtual Result<void> row() = 0;     // takes the values bound; the next row begins with all null
    virtual Result<void> finish() = 0;  // all rows are in the table, or an error
};

// How bulk rows go.
enum class Bulk {
    in_parts,  // other statements may run between two rows
    whole,     // none may before finish(): rows of one table may refer to each other in any order
};

// How a transaction stands to others that write.
enum class Writing {
    alone,   // nobody else writes meanwhile: SQLite's "begin immediate", an advisory lock on PostgreSQL
    beside,  // on PostgreSQL others of this kind write at the same time; on SQLite the same as alone
};

// What a database says of itself.
struct SchemaState {
    bool is_ours = false;  // made by doudi
    bool is_empty = true;
    std::int64_t version = 0;  // steps taken
};

// One connection with its cache of prepared statements.
class EngineConnection {
  public:
    EngineConnection() = default;
    EngineConnection(const EngineConnection&) = delete;
    EngineConnection& operator=(const EngineConnection&) = delete;
    virtual ~EngineConnection() = default;

    [[nodiscard]] Result<std::unique_ptr<EngineStatement>> take(std::string_view sql);
    void give_back(std::unique_ptr<EngineStatement> statement);
    // Statements without parameters and rows, divided by ';'.
    [[nodiscard]] virtual Result<void> execute(const std::string& sql) = 0;
    [[nodiscard]] virtual std::unique_ptr<EngineBulk> bulk(std::string_view table,
                                                           std::span<const std::string_view> columns,
                                                           Bulk how) = 0;
    [[nodiscard]] virtual std::int64_t changes() const = 0;

    [[nodiscard]] virtual Result<void> begin(Writing writing) = 0;
    [[nodiscard]] virtual Result<void> begin_reading() = 0;  // one state of the database until the end
    [[nodiscard]] virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
    // The first error of a statement since begin(): PostgreSQL gives up the transaction then, and so do we.
    [[nodiscard]] std::optional<Error> take_failure() { return std::exchange(failure_, std::nullopt); }

    // A statement that runs longer ends with store_deadline; zero: none.
    [[nodiscard]] virtual Result<void> set_deadline(std::chrono::milliseconds longest) = 0;
    // Ends the statement that runs now, with store_cancelled. The one call for any thread.
    virtual void cancel() = 0;

    // At once for all who migrate: within begin(Writing::alone).
    [[nodiscard]] virtual Result<SchemaState> schema() = 0;
    [[nodiscard]] virtual Result<void> take_step(const char* sql, std::int64_t version) = 0;
    // Rows of table, column, type (integer, text, blob), of all our tables; columns in order.
    [[nodiscard]] virtual const char* columns_sql() const = 0;

    // In a transaction: rows may refer to rows that come later, in the same table.
    [[nodiscard]] virtual Result<void> defer_foreign_keys() { return {}; }

    // SQLite needs neither: the folder's lock is its writer's lock, and a file does not go away.
    // Nobody else can hold it until this connection ends, however it ends.
    [[nodiscard]] virtual Result<void> hold_writer_lock() { return {}; }
    // While it holds, a connection that is lost is not made anew: what was begun on it ends with an error.
    virtual void hold_connection(bool) {}

    // Outside of a transaction: what was deleted leaves the engine's own files, as far as it can.
    [[nodiscard]] virtual Result<void> settle_deletions() = 0;
    // Outside of a transaction: what plans of queries go by is brought up to date where much has changed.
    // Only speed hangs on it, so nothing is told. SQLite's plans are the statements' own.
    virtual void gather_statistics() {}

    [[nodiscard]] virtual std::string place() const = 0;  // for errors: no password

    // Remembers the first error of a transaction, and hands it on.
    [[nodiscard]] std::unexpected<Error> note(std::unexpected<Error> error) {
        if (!failure_) failure_ = error.error();
        return error;
    }

  protected:
    [[nodiscard]] virtual Result<std::unique_ptr<EngineStatement>> prepare(std::string_view sql) = 0;
    void clear_cache() { free_.clear(), free_count_ = 0; }

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::vector<std::unique_ptr<EngineStatement>>, TextHash, std::equal_to<>>
        free_;
    std::size_t free_count_ = 0;
    std::optional<Error> failure_;
};

}  // namespace doudi::store
