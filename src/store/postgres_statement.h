// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's statements and bulk rows. Values go as text, blobs as bytes; rows come in binary form, one at
// a time (single-row mode). When another statement of the same connection begins meanwhile, the rest of the
// rows is taken into memory first: a session answers one question at a time.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgres_connection.h"

namespace doudi::store {

[[nodiscard]] std::int64_t rows_changed(const pg_result* result);

class PostgresStatement final : public EngineStatement {
  public:
    PostgresStatement(PostgresConnection& connection, std::string_view sql);
    ~PostgresStatement() override;

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

    [[nodiscard]] Result<void> prepare();        // on the session that the connection has now
    [[nodiscard]] Result<void> take_the_rest();  // of the rows on their way

  private:
    struct Value {
        std::string bytes;
        bool is_null = true;
        bool is_binary = false;
    };
    enum class State { idle, streaming, buffered };

    [[nodiscard]] Value& value(int n);
    [[nodiscard]] Result<void> send();
    [[nodiscard]] Result<bool> next_of_stream();
    [[nodiscard]] Result<void> end_stream(PostgresResult last);
    [[nodiscard]] Result<void> check_types() const;
    [[nodiscard]] std::string_view bytes(int column) const;

    PostgresConnection& connection_;  // it owns this statement, or lives as long as who took it
    std::string name_;
    std::uint64_t session_ = 0;  // on which it is prepared
    std::vector<Value> values_;
    bool has_nul_ = false;
    State state_ = State::idle;
    PostgresResult row_;
    std::deque<PostgresResult> rest_;
    std::optional<Error> rest_error_;
};

// COPY, in parts of some size, so that other statements may run between.
class PostgresBulk final : public EngineBulk {
  public:
    PostgresBulk(PostgresConnection& connection, std::string_view table,
                 std::span<const std::string_view> columns, Bulk how);
    ~PostgresBulk() override;
    void bind(int n, std::int64_t value) override;
    void bind(int n, std::string_view text) override;
    void bind(int n, std::span<const std::byte> blob) override;
    void bind_null(int n) override;
    Result<void> row() override;
    Result<void> finish() override;

  private:
    [[nodiscard]] std::string& value(int n);
    [[nodiscard]] Result<void> open();   // the COPY
    [[nodiscard]] Result<void> send();   // the rows gathered
    [[nodiscard]] Result<void> close();  // the COPY

    PostgresConnection& connection_;
    Bulk how_;
    bool is_open_ = false;
    std::string sql_;
    std::vector<std::string> values_;  // as COPY's text has them
    std::string rows_;
    bool has_nul_ = false;
};

}  // namespace doudi::store
