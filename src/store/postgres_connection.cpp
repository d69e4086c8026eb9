// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <utility>

#include "store/failpoint_hooks.h"
#include "store/postgres_error.h"
#include "store/postgres_statement.h"
#include "store/schema_text.h"

namespace doudi::store {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int oldest_server = 150000;
constexpr milliseconds longest_connecting{10000};

// Advisory locks are of one database; two numbers name one. The second: who may write at this moment, and who
// is the writer of the data folder for as long as it is open.
constexpr const char* lock_family = "1146049860";  // "DOUD"
constexpr int lock_of_write = 1;
constexpr int lock_of_writer = 2;

// As SQLite waits for a lock; commits that outlive the server's own machine; days and bytes that do not
// depend on the server's settings.
constexpr const char* settings_for_all =
    "set client_min_messages = error; set timezone = 'UTC'; set datestyle = 'ISO'; set lock_timeout = '10s';"
    "set idle_in_transaction_session_timeout = 0; set default_transaction_isolation = 'read committed';"
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in "
    "('off', 'local');";
constexpr const char* settings_for_reading = "set default_transaction_read_only = on;";
// Its own: a writer that was just killed may take a moment to be noticed by the server.
constexpr const char* patience_for_writer = "set lock_timeout = '3s';";
constexpr const char* patience_for_all = "set lock_timeout = '10s';";

void say_nothing(void* /*unused*/, const PGresult* /*unused*/) {}

std::string place_of(PGconn* handle) {
    const auto or_empty = [](const char* text) { return std::string(text == nullptr ? "" : text); };
    const std::string user = or_empty(PQuser(handle));
    const std::string host = or_empty(PQhost(handle));
    const bool is_socket = host.starts_with('/');
    return fmt::format("postgresql://{}{}{}:{}/{}{}", user, user.empty() ? "" : "@", is_socket ? "" : host,
                       or_empty(PQport(handle)), or_empty(PQdb(handle)), is_socket ? "?host=" + host : "");
}

}  // namespace

struct PostgresConnection::Cancelling {
    std::mutex mutex;
    PGcancel* handle = nullptr;
    std::atomic<bool> asked{false};
    ~Cancelling() { PQfreeCancel(handle); }
};

void ResultEnd::operator()(pg_result* result) const {
    PQclear(result);
}

Result<std::shared_ptr<PostgresConnection>> PostgresConnection::open(const PostgresUrl& url, Use use) {
    std::shared_ptr<PostgresConnection> made(new PostgresConnection(url, use));
    made->cancelling_ = std::make_shared<Cancelling>();
    TRY_VOID(made->connect());
    return made;
}

PostgresConnection::~PostgresConnection() {
    clear_cache();
    PQfinish(handle_);
}

Result<void> PostgresConnection::connect() {
    PQfinish(std::exchange(handle_, nullptr));
    // What the user said wins over these.
    std::vector<std::pair<std::string, std::string>> options = {
        {"fallback_application_name", fmt::format("doudi {}", ::getpid())},
        {"keepalives_idle", "30"},
        {"keepalives_interval", "10"},
        {"keepalives_count", "3"},
        {"client_encoding", "UTF8"}};
    for (const auto& [name, value] : url_.options()) {
        std::erase_if(options,
                      [&](const auto& one) { return one.first == name && name != "client_encoding"; });
        if (name != "client_encoding") options.emplace_back(name, value);
    }
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : options) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_ = PQconnectStartParams(names.data(), values.data(), 0);
    ensure(handle_ != nullptr, "memory for a connection");
    PQsetErrorVerbosity(handle_, PQERRORS_SQLSTATE);
    place_ = place_of(handle_);
    TRY_VOID(wait_for_connection());
    place_ = place_of(handle_);
    PQsetNoticeReceiver(handle_, say_nothing, nullptr);
    ++session_;
    forgotten_.clear();
    in_transaction_ = false;
    streaming_ = nullptr;
    renew_canceller();
    return settle();
}

Result<void> PostgresConnection::wait_for_connection() {
    milliseconds longest = longest_connecting;
    const std::string_view said = url_.option("connect_timeout");
    int seconds = 0;
    if (std::from_chars(said.data(), said.data() + said.size(), seconds).ec == std::errc{} && seconds > 0) {
        longest = std::chrono::seconds(seconds);
    }
    const auto end = steady_clock::now() + longest;
    PostgresPollingStatusType wants = PGRES_POLLING_WRITING;
    if (PQstatus(handle_) == CONNECTION_BAD) return connect_error(PQerrorMessage(handle_), place_);
    while (wants != PGRES_POLLING_OK) {
        if (wants == PGRES_POLLING_FAILED) {
            if (PQconnectionNeedsPassword(handle_) == 1) return trouble(Trouble::login, place_);
            return connect_error(PQerrorMessage(handle_), place_);
        }
        const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now()).count();
        const short events = wants == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        pollfd socket{PQsocket(handle_), events, 0};
        const int ready = left <= 0 ? 0 : ::poll(&socket, 1, static_cast<int>(left));
        if (ready == 0) return connect_error("", place_);
        if (ready < 0 && errno != EINTR) return connect_error("", place_);
        if (ready > 0) wants = PQconnectPoll(handle_);
    }
    return {};
}

Result<void> PostgresConnection::settle() {
    if (PQserverVersion(handle_) < oldest_server) {
        return fail(ErrorKind::unreadable, "store_old_server",
                    {"数据库服务器版本过旧：需要 PostgreSQL 15 或更新版本",
                     "the database server is too old: PostgreSQL 15 or newer is needed"},
                    place_);
    }
    const char* encoding = PQparameterStatus(handle_, "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
        return fail(ErrorKind::unreadable, "store_encoding",
                    {"数据库的编码不是 UTF-8：请用 encoding 'UTF8' 重新建立数据库",
                     "the database's encoding is not UTF-8: make it anew with encoding 'UTF8'"},
                    place_);
    }
    (void)TRY(ask(settings_for_all));
    if (use_ == Use::read) (void)TRY(ask(settings_for_reading));
    if (longest_.count() > 0) (void)TRY(ask(fmt::format("set statement_timeout = {}", longest_.count())));
    if (wants_writer_lock_) return take_writer_lock();
    return {};
}

void PostgresConnection::renew_canceller() {
    const std::lock_guard lock(cancelling_->mutex);
    PQfreeCancel(cancelling_->handle);
    cancelling_->handle = PQgetCancel(handle_);
}

void PostgresConnection::cancel() {
    const std::lock_guard lock(cancelling_->mutex);
    cancelling_->asked = true;
    char message[256];
    (void)PQcancel(cancelling_->handle, message, sizeof message);
}

bool PostgresConnection::is_alive() {
    if (PQstatus(handle_) != CONNECTION_OK) return false;
    pollfd socket{PQsocket(handle_), POLLIN, 0};
    if (::poll(&socket, 1, 0) == 0) return true;
    // Nothing is expected: the server's farewell, or its end. An empty statement tells.
    const PostgresResult answer(PQexec(handle_, ""));
    return PQstatus(handle_) == CONNECTION_OK;
}

Result<void> PostgresConnection::make_ready() {
    if (streaming_ != nullptr) TRY_VOID(streaming_->take_the_rest());
    if (in_transaction_) return {};
    cancelling_->asked = false;
    if (is_alive()) return {};
    if (held_) return trouble(Trouble::connection_lost, place_);
    return connect();
}

Result<void> PostgresConnection::pass_place_of_writing() {
    if (!in_transaction_ || pass_failpoint(FailpointKind::write, "database statement")) return {};
    return note(trouble(Trouble::disk_full, place_));
}

Result<PostgresResult> PostgresConnection::ask(const std::string& sql) {
    PostgresResult result(PQexec(handle_, sql.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return result;
    return error(result.get());
}

Result<void> PostgresConnection::execute(const std::string& sql) {
    if (auto ready = make_ready(); !ready) return note(std::unexpected(std::move(ready).error()));
    TRY_VOID(pass_place_of_writing());
    auto done = ask(sql);
    if (!done) return note(std::unexpected(std::move(done).error()));
    set_changes(rows_changed(done->get()));
    return {};
}

Result<std::unique_ptr<EngineStatement>> PostgresConnection::prepare(std::string_view sql) {
    auto statement = std::make_unique<PostgresStatement>(*this, sql);
    TRY_VOID(make_ready());
    TRY_VOID(statement->prepare());
    return statement;
}

std::unique_ptr<EngineBulk> PostgresConnection::bulk(std::string_view table,
                                                     std::span<const std::string_view> columns, Bulk how) {
    return std::make_unique<PostgresBulk>(*this, table, columns, how);
}

// The lock is taken within the transaction, so that its end frees it; each statement behind it sees what was
// committed by then.
Result<void> PostgresConnection::begin(Writing writing) {
    TRY_VOID(make_ready());
    std::string sql;
    for (const std::string& name : std::exchange(forgotten_, {})) sql += fmt::format("deallocate {};", name);
    sql += fmt::format("begin isolation level read committed; select pg_advisory_xact_lock{}({}, {})",
                       writing == Writing::alone ? "" : "_shared", lock_family, lock_of_write);
    auto done = ask(sql);
    in_transaction_ = true;
    if (done) return {};
    rollback();
    return std::unexpected(std::move(done).error());
}

Result<void> PostgresConnection::begin_reading() {
    TRY_VOID(make_ready());
    // The state is that of the first statement.
    auto done = ask("begin isolation level repeatable read read only; select 1");
    in_transaction_ = true;
    if (done) return {};
    rollback();
    return std::unexpected(std::move(done).error());
}

Result<void> PostgresConnection::commit() {
    if (streaming_ != nullptr) TRY_VOID(streaming_->take_the_rest());
    failpoint(FailpointKind::commit, "commit");
    const PostgresResult done(PQexec(handle_, "commit"));
    in_transaction_ = PQstatus(handle_) != CONNECTION_BAD && PQtransactionStatus(handle_) != PQTRANS_IDLE;
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) {
        auto failed = error(done.get());
        if (PQstatus(handle_) == CONNECTION_BAD) return trouble(Trouble::commit_unknown, place_);
        return failed;
    }
    // A transaction in which something failed is rolled back by a commit that says so and nothing else.
    ensure(std::string_view(PQcmdStatus(done.get())) == "COMMIT",
           "a commit of a transaction without a failure");
    failpoint(FailpointKind::commit, "committed");
    return {};
}

void PostgresConnection::rollback() {
    if (streaming_ != nullptr) (void)streaming_->take_the_rest();
    if (PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) != PQTRANS_IDLE) {
        const PostgresResult done(PQexec(handle_, "rollback"));
    }
    in_transaction_ = false;
}

Result<void> PostgresConnection::set_deadline(milliseconds longest) {
    TRY_VOID(make_ready());
    longest_ = longest;
    (void)TRY(ask(fmt::format("set statement_timeout = {}", longest.count())));
    return {};
}

Result<SchemaState> PostgresConnection::schema() {
    TRY_VOID(make_ready());
    const auto found = TRY(
        ask("select exists (select 1 from pg_tables where schemaname = current_schema() and tablename = "
            "'doudi_schema'),"
            " (select count(*) from pg_class c where c.relnamespace = "
            "to_regnamespace(quote_ident(current_schema()))"
            " and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not exists (select 1 from pg_depend d where"
            " d.objid = c.oid and d.deptype = 'e'))"));
    SchemaState state;
    state.is_ours = std::string_view(PQgetvalue(found.get(), 0, 0)) == "t";
    state.is_empty = std::string_view(PQgetvalue(found.get(), 0, 1)) == "0";
    if (!state.is_ours) return state;
    const auto version = TRY(ask("select version from doudi_schema"));
    if (PQntuples(version.get()) == 1) {
        const std::string_view text = PQgetvalue(version.get(), 0, 0);
        std::from_chars(text.data(), text.data() + text.size(), state.version);
    }
    return state;
}

Result<void> PostgresConnection::take_step(const char* sql, std::int64_t version) {
    if (version == 1) {
        TRY_VOID(
            execute("create table doudi_schema (only_row bigint primary key check (only_row = 1),"
                    " version bigint not null, store text collate \"C\");"
                    " insert into doudi_schema (only_row, version) values (1, 0)"));
    }
    TRY_VOID(execute(schema_for_postgres(sql)));
    return execute(fmt::format("update doudi_schema set version = {}", version));
}

const char* PostgresConnection::columns_sql() const {
    return "select c.table_name::text, c.column_name::text, case c.data_type when 'bigint' then 'integer' "
           "when 'bytea'"
           " then 'blob' else c.data_type::text end from information_schema.columns c join pg_tables t on"
           " t.schemaname = c.table_schema and t.tablename = c.table_name where c.table_schema = "
           "current_schema() and"
           " c.table_name <> 'doudi_schema' order by c.table_name::text collate \"C\", c.ordinal_position";
}

Result<void> PostgresConnection::hold_writer_lock() {
    TRY_VOID(make_ready());
    TRY_VOID(take_writer_lock());
    wants_writer_lock_ = true;
    return {};
}

Result<void> PostgresConnection::take_writer_lock() {
    (void)TRY(ask(patience_for_writer));
    auto taken = ask(fmt::format("select pg_advisory_lock({}, {})", lock_family, lock_of_writer));
    (void)TRY(ask(patience_for_all));
    if (taken) return {};
    if (taken.error().code != "store_busy") return std::unexpected(std::move(taken).error());
    const auto holder = TRY(ask(fmt::format(
        "select coalesce(max(a.application_name || ' @ ' || coalesce(host(a.client_addr), 'localhost')), "
        "'?') from"
        " pg_locks l join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and l.granted and"
        " l.classid = {} and l.objid = {} and l.database = (select oid from pg_database where datname ="
        " current_database())",
        lock_family, lock_of_writer)));
    const std::string who = PQgetvalue(holder.get(), 0, 0);
    return fail(ErrorKind::conflict, "store_locked",
                {fmt::format("数据库正由另一个程序写入（{}），请等它结束", who),
                 fmt::format("another program is writing this database ({}); wait until it has ended", who)},
                place_);
}

void PostgresConnection::forget(std::string statement_name) {
    forgotten_.push_back(std::move(statement_name));
}

std::string PostgresConnection::new_name() {
    return fmt::format("d{}", ++names_);
}

std::unexpected<Error> PostgresConnection::error(const pg_result* result) {
    auto error = postgres_error(result, handle_, place_);
    const bool by_us = cancelling_->asked;
    if (error.error().code == "store_cancelled" && !by_us && longest_.count() > 0) {
        return trouble(Trouble::deadline, place_);
    }
    return error;
}

}  // namespace doudi::store
