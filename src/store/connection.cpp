// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/durable_file.h"
#include "store/failpoint_hooks.h"
#include "store/failpoint_vfs.h"
#include "store/sqlite_error.h"

namespace doudi::store {

namespace {

constexpr std::size_t most_cached = 128;
constexpr int busy_wait_ms = 10000;

// Temporary tables in memory: they hold people's data and would else lie in the system's temp folder. A WAL
// of 32 MB before it is carried over: bulk loads spend their time in rows, not in checkpoints.
constexpr const char* pragmas_for_all =
    "pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = "
    "-32768;";
constexpr const char* pragmas_for_writing = "pragma journal_mode = wal; pragma wal_autocheckpoint = 8192;";
constexpr const char* pragmas_for_reading = "pragma query_only = on;";

// SQLite would make it readable for all that the umask lets.
Result<void> make_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error(errno, file);
    ::close(descriptor);
    return {};
}

}  // namespace

Prepared::Prepared(sqlite3_stmt* the_handle, std::string the_sql)
    : handle(the_handle), sql(std::move(the_sql)) {
    const int count = sqlite3_bind_parameter_count(handle);
    for (int n = 1; n <= count; ++n) {
        const std::string name = fmt::format("${}", n);
        index_of.push_back(sqlite3_bind_parameter_index(handle, name.c_str()));
    }
}

Prepared::~Prepared() {
    sqlite3_finalize(handle);
}

Result<std::shared_ptr<Connection>> Connection::open(const std::filesystem::path& file, Use use) {
    if (use == Use::write) TRY_VOID(make_private(file));
    std::shared_ptr<Connection> made(new Connection(file));
    const char* vfs = failpoints_on() ? failpoint_vfs() : nullptr;
    // A reader too: WAL readers take part in the shared memory. query_only keeps it from writing.
    const int rc =
        sqlite3_open_v2(file.c_str(), &made->handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs);
    if (rc != SQLITE_OK) return made->error(rc);
    sqlite3_extended_result_codes(made->handle_, 1);
    sqlite3_busy_timeout(made->handle_, busy_wait_ms);
    TRY_VOID(made->execute(pragmas_for_all));
    TRY_VOID(made->execute(use == Use::write ? pragmas_for_writing : pragmas_for_reading));
    return made;
}

Connection::~Connection() {
    free_.clear();
    sqlite3_close(handle_);
}

Result<std::unique_ptr<Prepared>> Connection::take(std::string_view sql) {
    if (const auto at = free_.find(sql); at != free_.end() && !at->second.empty()) {
        auto statement = std::move(at->second.back());
        at->second.pop_back();
        --free_count_;
        return statement;
    }
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
    if (rc != SQLITE_OK) return error(rc);
    ensure(handle != nullptr, "a statement, not an empty text");
    return std::make_unique<Prepared>(handle, std::string(sql));
}

void Connection::give_back(std::unique_ptr<Prepared> statement) {
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    if (free_count_ >= most_cached) {
        free_.clear();
        free_count_ = 0;
    }
    auto& list = free_[statement->sql];
    list.push_back(std::move(statement));
    ++free_count_;
}

Result<void> Connection::execute(const char* sql) {
    const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return error(rc);
    return {};
}

Result<std::int64_t> Connection::number(const char* sql) {
    auto statement = TRY(take(sql));
    const int rc = sqlite3_step(statement->handle);
    if (rc != SQLITE_ROW) return error(rc);
    const std::int64_t value = sqlite3_column_int64(statement->handle, 0);
    give_back(std::move(statement));
    return value;
}

std::unexpected<Error> Connection::error(int rc) const {
    return sqlite_error(handle_, rc, file_);
}

}  // namespace doudi::store
