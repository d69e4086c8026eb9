// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <utility>

#include "store/connection.h"
#include "store/database.h"
#include "store/statement_state.h"

namespace doudi::store {

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Statement::Statement(Statement&&) noexcept = default;

Statement::~Statement() {
    if (state_ != nullptr) state_->connection->give_back(std::move(state_->prepared));
}

namespace {

int index_of(const Prepared& prepared, int n) {
    const auto at = static_cast<std::size_t>(n - 1);
    ensure(n >= 1 && at < prepared.index_of.size() && prepared.index_of[at] > 0,
           "a parameter that the statement has");
    return prepared.index_of[at];
}

}  // namespace

Statement& Statement::bind(int n, std::int64_t value) {
    state_->note(sqlite3_bind_int64(state_->handle(), index_of(*state_->prepared, n), value));
    return *this;
}

Statement& Statement::bind(int n, std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    state_->note(sqlite3_bind_text64(state_->handle(), index_of(*state_->prepared, n), data, value.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int n, Date value) {
    return bind(n, std::string_view(value.iso()));
}

Statement& Statement::bind(int n, std::span<const std::byte> blob) {
    const void* data = blob.data() == nullptr ? "" : static_cast<const void*>(blob.data());
    state_->note(sqlite3_bind_blob64(state_->handle(), index_of(*state_->prepared, n), data, blob.size(),
                                     SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null(int n) {
    state_->note(sqlite3_bind_null(state_->handle(), index_of(*state_->prepared, n)));
    return *this;
}

Result<bool> Statement::step() {
    if (state_->bind_error != SQLITE_OK)
        return state_->connection->error(std::exchange(state_->bind_error, SQLITE_OK));
    const int rc = sqlite3_step(state_->handle());
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) return false;
    auto error = state_->connection->error(rc);
    sqlite3_reset(state_->handle());
    return error;
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    sqlite3_reset(state_->handle());
    return {};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(state_->handle(), column);
}

std::string_view Statement::text_view(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(state_->handle(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(state_->handle(), column))};
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(state_->handle(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(state_->handle(), column))};
}

std::string Statement::text(int column) const {
    return std::string(text_view(column));
}

std::optional<Date> Statement::date(int column) const {
    if (is_null(column)) return std::nullopt;
    return Date::parse_iso(text_view(column));
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(state_->handle(), column) == SQLITE_NULL;
}

void Statement::reset() {
    sqlite3_reset(state_->handle());
    state_->bind_error = SQLITE_OK;
}

}  // namespace doudi::store
