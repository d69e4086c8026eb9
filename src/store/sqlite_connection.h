// SPDX-License-Identifier: Apache-2.0
// One SQLite handle.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "store/engine.h"

struct sqlite3;

namespace doudi::store {

class SqliteConnection final : public EngineConnection {
  public:
    // Makes the file (0600) if it is to be written and is not there.
    [[nodiscard]] static Result<std::shared_ptr<SqliteConnection>> open(const std::filesystem::path& file,
                                                                        Use use);
    ~SqliteConnection() override;

    Result<void> execute(const std::string& sql) override;
    std::unique_ptr<EngineBulk> bulk(std::string_view table, std::span<const std::string_view> columns,
                                     Bulk how) override;
    std::int64_t changes() const override;
    Result<void> begin(Writing writing) override;
    Result<void> begin_reading() override;
    Result<void> commit() override;
    void rollback() override;
    Result<void> set_deadline(std::chrono::milliseconds longest) override;
    void cancel() override;
    Result<SchemaState> schema() override;
    Result<void> take_step(const char* sql, std::int64_t version) override;
    const char* columns_sql() const override;
    Result<void> defer_foreign_keys() override { return execute("pragma defer_foreign_keys = on"); }
    Result<void> settle_deletions() override;
    std::string place() const override { return file_.string(); }

    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);  // the single value of a query
    [[nodiscard]] std::unexpected<Error> error(int rc);               // the last error of this handle
    void start_clock();                                               // of a statement that begins

  protected:
    Result<std::unique_ptr<EngineStatement>> prepare(std::string_view sql) override;

  private:
    [[nodiscard]] Result<void> execute_patiently(const char* sql);
    using Clock = std::chrono::steady_clock;
    explicit SqliteConnection(std::filesystem::path file) : file_(std::move(file)) {}
    static int is_too_late(void* self);

    std::filesystem::path file_;
    sqlite3* handle_ = nullptr;
    std::chrono::milliseconds longest_{0};
    Clock::time_point end_;
    bool too_late_ = false;
};

}  // namespace doudi::store
