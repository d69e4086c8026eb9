// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_statement.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>
#include <utility>

#include "store/trouble.h"

namespace doudi::store {

SqliteStatement::SqliteStatement(SqliteConnection& connection, sqlite3_stmt* handle, std::string_view sql)
    : EngineStatement(sql), connection_(connection), handle_(handle) {
    const int count = sqlite3_bind_parameter_count(handle_);
    for (int n = 1; n <= count; ++n) {
        const std::string name = fmt::format("${}", n);
        index_of_.push_back(sqlite3_bind_parameter_index(handle_, name.c_str()));
    }
}

SqliteStatement::~SqliteStatement() {
    sqlite3_finalize(handle_);
}

int SqliteStatement::index_of(int n) const {
    const auto at = static_cast<std::size_t>(n - 1);
    ensure(n >= 1 && at < index_of_.size() && index_of_[at] > 0, "a parameter that the statement has");
    return index_of_[at];
}

void SqliteStatement::note(int rc) {
    if (first_bind_error_ == SQLITE_OK) first_bind_error_ = rc;
}

void SqliteStatement::bind(int n, std::int64_t value) {
    note(sqlite3_bind_int64(handle_, index_of(n), value));
}

void SqliteStatement::bind(int n, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    // SQLite would keep it and PostgreSQL cannot: no office's list may depend on which it is.
    if (std::memchr(data, 0, text.size()) != nullptr) has_nul_ = true;
    note(sqlite3_bind_text64(handle_, index_of(n), data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind(int n, std::span<const std::byte> blob) {
    const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());  // null would bind null
    note(sqlite3_bind_blob64(handle_, index_of(n), data, blob.size(), SQLITE_TRANSIENT));
}

void SqliteStatement::bind_null(int n) {
    note(sqlite3_bind_null(handle_, index_of(n)));
}

std::unexpected<Error> SqliteStatement::bind_error() {
    if (!std::exchange(has_nul_, false))
        return connection_.error(std::exchange(first_bind_error_, SQLITE_OK));
    first_bind_error_ = SQLITE_OK;
    return trouble(Trouble::text, connection_.place());
}

Result<bool> SqliteStatement::step() {
    if (first_bind_error_ != SQLITE_OK || has_nul_) [[unlikely]]
        return connection_.note(bind_error());
    if (!std::exchange(begun_, true)) connection_.start_clock();
    const int rc = sqlite3_step(handle_);
    if (rc == SQLITE_ROW) return true;
    begun_ = false;
    if (rc == SQLITE_DONE) return false;
    auto error = connection_.note(connection_.error(rc));
    sqlite3_reset(handle_);
    return error;
}

void SqliteStatement::reset() {
    sqlite3_reset(handle_);
    begun_ = false;
    has_nul_ = false;
    first_bind_error_ = SQLITE_OK;
}

void SqliteStatement::clear_bindings() {
    sqlite3_clear_bindings(handle_);
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::string_view SqliteStatement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::byte> SqliteStatement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

SqliteBulk::SqliteBulk(SqliteConnection& connection, Result<std::unique_ptr<EngineStatement>> statement)
    : connection_(connection), statement_(std::move(statement)) {}

SqliteBulk::~SqliteBulk() {
    if (statement_) connection_.give_back(std::move(*statement_));
}

void SqliteBulk::bind(int n, std::int64_t value) {
    if (statement_) (*statement_)->bind(n, value);
}
void SqliteBulk::bind(int n, std::string_view text) {
    if (statement_) (*statement_)->bind(n, text);
}
void SqliteBulk::bind(int n, std::span<const std::byte> blob) {
    if (statement_) (*statement_)->bind(n, blob);
}
void SqliteBulk::bind_null(int n) {
    if (statement_) (*statement_)->bind_null(n);
}

Result<void> SqliteBulk::row() {
    if (!statement_) return std::unexpected(statement_.error());
    (void)TRY((*statement_)->step());
    (*statement_)->reset();
    (*statement_)->clear_bindings();
    return {};
}

Result<void> SqliteBulk::finish() {
    if (!statement_) return std::unexpected(statement_.error());
    return {};
}

}  // namespace doudi::store
