// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "store/durable_file.h"
#include "store/failpoint_hooks.h"
#include "store/failpoint_vfs.h"
#include "store/sqlite_error.h"
#include "store/sqlite_statement.h"
#include "store/trouble.h"

namespace doudi::store {

namespace {

constexpr std::int64_t application_id = 0x444F5544;  // "DOUD"
constexpr int busy_wait_ms = 10000;

// Temporary tables in memory: they hold people's data and would else lie in the system's temp folder. A WAL
// of 32 MB before it is carried over: bulk loads spend their time in rows, not in checkpoints.
constexpr const char* pragmas_for_all =
    "pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = "
    "-32768;";
// What is deleted is overwritten with zeros: a page that is given back holds nobody's data.
constexpr const char* pragmas_for_writing =
    "pragma journal_mode = wal; pragma wal_autocheckpoint = 8192; pragma secure_delete = on;";
// Mapped: each commit of someone else empties a reader's cache, and a mapped page costs no call to fill it
// again.
constexpr const char* pragmas_for_reading = "pragma query_only = on; pragma mmap_size = 4294967296;";

// SQLite would make it readable for all that the umask lets. A file that is there is not even opened: closing
// it would take away every lock that this process has on it (fcntl), and another program that looks at the
// database would take itself for the last one and remove the log that others still write.
Result<void> make_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) return {};
    if (descriptor < 0) return system_error(errno, file);
    ::close(descriptor);
    return {};
}

}  // namespace

Result<std::shared_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path& file, Use use) {
    if (use == Use::write) TRY_VOID(make_private(file));
    std::shared_ptr<SqliteConnection> made(new SqliteConnection(file));
    const char* vfs = failpoints_on() ? failpoint_vfs() : nullptr;
    // A reader too: WAL readers take part in the shared memory. query_only keeps it from writing.
    const int rc =
        sqlite3_open_v2(file.c_str(), &made->handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs);
    if (rc != SQLITE_OK) return made->error(rc);
    sqlite3_extended_result_codes(made->handle_, 1);
    sqlite3_busy_timeout(made->handle_, busy_wait_ms);
    TRY_VOID(made->execute(pragmas_for_all));
    TRY_VOID(made->execute_patiently(use == Use::write ? pragmas_for_writing : pragmas_for_reading));
    return made;
}

// The journal's mode is changed by one at a time, and whoever comes second is told "busy" at once, without
// the wait that every other statement has.
Result<void> SqliteConnection::execute_patiently(const char* sql) {
    constexpr std::chrono::milliseconds look{10};
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_wait_ms);
    for (;;) {
        const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
        if (rc == SQLITE_OK) return {};
        const bool is_busy = (rc & 0xff) == SQLITE_BUSY;
        if (!is_busy || std::chrono::steady_clock::now() >= end) return error(rc);
        std::this_thread::sleep_for(look);
    }
}

SqliteConnection::~SqliteConnection() {
    clear_cache();
    sqlite3_close(handle_);
}

Result<std::unique_ptr<EngineStatement>> SqliteConnection::prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
    if (rc != SQLITE_OK) return error(rc);
    ensure(handle != nullptr, "a statement, not an empty text");
    return std::make_unique<SqliteStatement>(*this, handle, sql);
}

Result<void> SqliteConnection::execute(const std::string& sql) {
    start_clock();
    const int rc = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return note(error(rc));
    return {};
}

std::unique_ptr<EngineBulk> SqliteConnection::bulk(std::string_view table,
                                                   std::span<const std::string_view> columns, Bulk /*how*/) {
    std::string values;
    for (std::size_t n = 1; n <= columns.size(); ++n) values += fmt::format("{}${}", n == 1 ? "" : ", ", n);
    const std::string sql =
        fmt::format("insert into {} ({}) values ({})", table, fmt::join(columns, ", "), values);
    return std::make_unique<SqliteBulk>(*this, take(sql));
}

// A reader may hold an older state: then the log is emptied by whoever comes next.
Result<void> SqliteConnection::settle_deletions() {
    return execute("pragma wal_checkpoint(truncate)");
}

std::int64_t SqliteConnection::changes() const {
    return sqlite3_changes64(handle_);
}

Result<void> SqliteConnection::begin(Writing /*writing*/) {
    return execute("begin immediate");
}

Result<void> SqliteConnection::begin_reading() {
    TRY_VOID(execute("begin"));
    auto looked = number("select count(*) from sqlite_master");  // the first look fixes the state
    if (looked) return {};
    rollback();
    return std::unexpected(std::move(looked).error());
}

Result<void> SqliteConnection::commit() {
    failpoint(FailpointKind::commit, "commit");
    return execute("commit");
}

void SqliteConnection::rollback() {
    // A failed statement may have ended the transaction already (a full disk).
    if (sqlite3_get_autocommit(handle_) == 0) (void)execute("rollback");
}

Result<void> SqliteConnection::set_deadline(std::chrono::milliseconds longest) {
    constexpr int steps_between_looks = 1000;
    longest_ = longest;
    const bool any = longest_.count() > 0;
    sqlite3_progress_handler(handle_, any ? steps_between_looks : 0, any ? &is_too_late : nullptr, this);
    return {};
}

int SqliteConnection::is_too_late(void* self) {
    auto& connection = *static_cast<SqliteConnection*>(self);
    connection.too_late_ = Clock::now() >= connection.end_;
    return connection.too_late_ ? 1 : 0;
}

void SqliteConnection::start_clock() {
    if (longest_.count() == 0) return;
    too_late_ = false;
    end_ = Clock::now() + longest_;
}

void SqliteConnection::cancel() {
    sqlite3_interrupt(handle_);
}

Result<std::int64_t> SqliteConnection::number(std::string_view sql) {
    auto statement = TRY(take(sql));
    const auto row = statement->step();
    const std::int64_t value = row && *row ? statement->integer(0) : 0;
    give_back(std::move(statement));
    if (!row) return std::unexpected(row.error());
    return value;
}

// In one statement, so of one moment: another program may be taking a step between two.
Result<SchemaState> SqliteConnection::schema() {
    auto statement =
        TRY(take("select v.user_version, a.application_id, (select count(*) from sqlite_master)"
                 " from pragma_user_version v, pragma_application_id a"));
    const auto row = statement->step();
    SchemaState state;
    if (row && *row) {
        state.version = statement->integer(0);
        state.is_ours = statement->integer(1) == application_id;
        state.is_empty = state.version == 0 && statement->integer(1) == 0 && statement->integer(2) == 0;
    }
    give_back(std::move(statement));
    if (!row) return std::unexpected(row.error());
    return state;
}

Result<void> SqliteConnection::take_step(const char* sql, std::int64_t version) {
    TRY_VOID(execute(sql));
    return execute(
        fmt::format("pragma user_version = {}; pragma application_id = {};", version, application_id));
}

const char* SqliteConnection::columns_sql() const {
    return "select t.name, c.name, lower(c.type) from sqlite_master t join pragma_table_info(t.name) c"
           " where t.type = 'table' and t.name not like 'sqlite%' order by t.name, c.cid";
}

std::unexpected<Error> SqliteConnection::error(int rc) {
    if (rc == SQLITE_INTERRUPT && std::exchange(too_late_, false)) {
        return trouble(Trouble::deadline, file_.string());
    }
    return sqlite_error(handle_, rc, file_);
}

}  // namespace doudi::store
