// SPDX-License-Identifier: Apache-2.0
// A thin layer over SQLite (and, later, libpq): cached statements, typed binds by name ($n), write() as
// "begin immediate", and one map of errors. WAL, synchronous=FULL, foreign keys on. Callers hold SQL only in
// their repository.cpp. A Database and its statements belong to one thread at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.h"
#include "base/result.h"

struct sqlite3_stmt;

namespace doudi::store {

// One prepared statement, reset when it goes out of scope. Binds are by position of $1, $2 … (through
// sqlite3_bind_parameter_index: SQLite numbers $n by appearance).
class Statement {
  public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Statement& bind(int n, std::int64_t value);
    Statement& bind(int n, std::string_view value);
    Statement& bind(int n, Date value);  // as YYYY-MM-DD
    Statement& bind(int n, std::span<const std::byte> blob);
    Statement& bind_null(int n);
    template <class T>
    Statement& bind(int n, const std::optional<T>& value) {
        return value ? bind(n, *value) : bind_null(n);
    }

    [[nodiscard]] Result<bool> step();  // true: a row is there
    [[nodiscard]] Result<void> run();   // step to the end and reset; for statements without rows
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string_view text_view(int column) const;       // until the next step
    [[nodiscard]] std::span<const std::byte> blob(int column) const;  // until the next step
    [[nodiscard]] std::optional<Date> date(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    void reset();

  private:
    friend class Database;
    struct State;
    explicit Statement(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class Database {
  public:
    // Opens or makes the file, sets the pragmas. A file that is no database, or of a newer schema, is a clear
    // error.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file);
    // The same for one who only looks: the file must be there, at this program's schema; every write is
    // refused.
    [[nodiscard]] static Result<Database> open_for_reading(const std::filesystem::path& file);
    Database(Database&&) noexcept;
    ~Database();

    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    [[nodiscard]] Result<void> execute(std::string_view sql);
    // Runs body between "begin immediate" and commit; an error returned by body rolls back. Not nested.
    [[nodiscard]] Result<void> write(const std::function<Result<void>()>& body);
    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] std::int64_t changes() const;  // rows that the last statement inserted, updated or deleted

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::store
