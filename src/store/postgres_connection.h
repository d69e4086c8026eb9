// SPDX-License-Identifier: Apache-2.0
// One session on a PostgreSQL server, through libpq. A session that was lost between two transactions is made
// anew by the next statement; one that was lost within a transaction, or while hold_connection(), ends what
// was begun. Sessions are ours alone: a pooler between must pool by session.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/engine.h"
#include "store/postgres_url.h"

struct pg_conn;
struct pg_result;

namespace doudi::store {

class PostgresStatement;

struct ResultEnd {
    void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ResultEnd>;

class PostgresConnection final : public EngineConnection {
  public:
    [[nodiscard]] static Result<std::shared_ptr<PostgresConnection>> open(const PostgresUrl& url, Use use);
    ~PostgresConnection() override;

    Result<void> execute(const std::string& sql) override;
    std::unique_ptr<EngineBulk> bulk(std::string_view table, std::span<const std::string_view> columns,
                                     Bulk how) override;
    std::int64_t changes() const override { return changes_; }
    Result<void> begin(Writing writing) override;
    Result<void> begin_reading() override;
    Result<void> commit() override;
    void rollback() override;
    Result<void> set_deadline(std::chrono::milliseconds longest) override;
    void cancel() override;
    Result<SchemaState> schema() override;
    Result<void> take_step(const char* sql, std::int64_t version) override;
    const char* columns_sql() const override;
    Result<void> hold_writer_lock() override;
    void hold_connection(bool hold) override { held_ = hold; }
    // Dead rows leave the tables; their bytes in the log of the server and in its backups are the server's.
    Result<void> settle_deletions() override { return execute("vacuum"); }
    void gather_statistics() override;
    std::string place() const override { return place_; }

    // For its statements and bulk rows.
    [[nodiscard]] pg_conn* handle() const { return handle_; }
    // Before anything is sent: the session lives, and nobody's rows are still on their way.
    [[nodiscard]] Result<void> make_ready();
    // Failpoint of a statement in a transaction; an error if the disk is said to be full.
    [[nodiscard]] Result<void> pass_place_of_writing();
    [[nodiscard]] std::uint64_t session() const { return session_; }  // another number after a reconnect
    void set_streaming(PostgresStatement* statement) { streaming_ = statement; }
    void set_changes(std::int64_t rows) { changes_ = rows; }
    void forget(std::string statement_name);  // no longer wanted on the server
    [[nodiscard]] std::string new_name();
    [[nodiscard]] std::unexpected<Error> error(const pg_result* result);

  protected:
    Result<std::unique_ptr<EngineStatement>> prepare(std::string_view sql) override;

  private:
    PostgresConnection(PostgresUrl url, Use use) : url_(std::move(url)), use_(use) {}
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> wait_for_connection();
    [[nodiscard]] Result<void> settle();  // what every session of ours has
    [[nodiscard]] Result<void> take_writer_lock();
    [[nodiscard]] bool is_alive();
    [[nodiscard]] Result<PostgresResult> ask(
        const std::string& sql);  // the last result of one or more statements
    void renew_canceller();

    PostgresUrl url_;
    Use use_;
    std::string place_;
    pg_conn* handle_ = nullptr;
    std::uint64_t session_ = 0;
    std::uint64_t names_ = 0;
    std::vector<std::string> forgotten_;
    PostgresStatement* streaming_ = nullptr;
    std::int64_t changes_ = 0;
    std::chrono::milliseconds longest_{0};
    bool in_transaction_ = false;
    bool held_ = false;
    bool wants_writer_lock_ = false;
    struct Cancelling;  // may be used while another thread renews it
    std::shared_ptr<Cancelling> cancelling_;
};

}  // namespace doudi::store
