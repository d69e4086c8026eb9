// SPDX-License-Identifier: Apache-2.0
// SQLite's statements and bulk rows.
#pragma once
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "store/sqlite_connection.h"

struct sqlite3_stmt;

namespace doudi::store {

class SqliteStatement final : public EngineStatement {
  public:
    SqliteStatement(SqliteConnection& connection, sqlite3_stmt* handle, std::string_view sql);
    ~SqliteStatement() override;

    void bind(int n, std::int64_t value) override;
    void bind(int n, std::string_view text) override;
    void bind(int n, std::span<const std::byte> blob) override;
    void bind_null(int n) override;
    Result<bool> step() override;
    void reset() override;
    void clear_bindings() override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    std::span<const std::byte> blob(int column) const override;
    bool is_null(int column) const override;

  private:
    [[nodiscard]] int index_of(int n) const;
    void note(int rc);
    [[nodiscard]] std::unexpected<Error> bind_error();

    SqliteConnection& connection_;  // it owns this statement, or lives as long as who took it
    sqlite3_stmt* handle_;
    std::vector<int> index_of_;  // SQLite's index of $1, $2 …: it numbers them by appearance; 0: no such one
    int first_bind_error_ = 0;
    bool has_nul_ = false;
    bool begun_ = false;
};

// A prepared loop.
class SqliteBulk final : public EngineBulk {
  public:
    // statement: prepared, or why not; told by the first row.
    SqliteBulk(SqliteConnection& connection, Result<std::unique_ptr<EngineStatement>> statement);
    ~SqliteBulk() override;
    void bind(int n, std::int64_t value) override;
    void bind(int n, std::string_view text) override;
    void bind(int n, std::span<const std::byte> blob) override;
    void bind_null(int n) override;
    Result<void> row() override;
    Result<void> finish() override;

  private:
    SqliteConnection& connection_;
    Result<std::unique_ptr<EngineStatement>> statement_;
};

}  // namespace doudi::store
