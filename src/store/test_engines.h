// SPDX-License-Identifier: Apache-2.0
// The two engines as a contract test sees them: TEST_CASE_TEMPLATE("…", Engine, ENGINES).
#pragma once
#include <string>

#include "store/data_folder.h"
#include "store/database.h"
#include "store/schema_text.h"
#include "store/sqlite_connection.h"
#include "store/test_folder.h"
#include "store/test_postgres.h"

#define ENGINES doudi::store::OnSqlite, doudi::store::OnPostgres

namespace doudi::store {

// A place for one database.
class OnSqlite {
  public:
    [[nodiscard]] Result<Database> open() const { return Database::open(file()); }
    [[nodiscard]] Result<Database> open_for_reading() const { return Database::open_for_reading(file()); }
    [[nodiscard]] Result<std::shared_ptr<EngineConnection>> connect() const {
        return SqliteConnection::open(file(), Use::write);
    }
    // A table as a migration writes it.
    static std::string table(const char* sql) { return sql; }
    static constexpr bool writes_beside = false;
    static constexpr int each = 1;  // of the places to be killed at
    [[nodiscard]] const TestFolder& folder() const { return folder_; }
    [[nodiscard]] Place place() const { return folder_ / "data"; }

  private:
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "x.sqlite"; }
    TestFolder folder_;
};

class OnPostgres {
  public:
    [[nodiscard]] Result<Database> open() const { return Database::open(database_.url()); }
    [[nodiscard]] Result<Database> open_for_reading() const {
        return Database::open_for_reading(database_.url());
    }
    [[nodiscard]] Result<std::shared_ptr<EngineConnection>> connect() const {
        return PostgresConnection::open(database_.url(), Use::write);
    }
    static std::string table(const char* sql) { return schema_for_postgres(sql); }
    static constexpr bool writes_beside = true;
    static constexpr int each = 5;  // a database anew for each takes its time
    [[nodiscard]] const TestFolder& folder() const { return folder_; }
    [[nodiscard]] Place place() const { return {folder_ / "data", database_.url()}; }
    [[nodiscard]] const TestPostgres& postgres() const { return database_; }

  private:
    TestFolder folder_;
    TestPostgres database_;
};

}  // namespace doudi::store
