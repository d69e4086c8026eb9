// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_statement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include "store/failpoint_hooks.h"
#include "store/postgres_error.h"
#include "store/row_text.h"
#include "store/schema_text.h"

namespace doudi::store {

namespace {

// PostgreSQL's own numbers for its types (pg_type.dat); the columns that the store reads are of these.
constexpr Oid type_bool = 16;
constexpr Oid type_bytea = 17;
constexpr Oid type_name = 19;
constexpr Oid type_int8 = 20;
constexpr Oid type_int2 = 21;
constexpr Oid type_int4 = 23;
constexpr Oid type_text = 25;
constexpr Oid type_unknown = 705;
constexpr Oid type_varchar = 1043;

bool is_integer(Oid type) {
    return type == type_int8 || type == type_int4 || type == type_int2 || type == type_bool;
}
bool is_text(Oid type) {
    return type == type_text || type == type_varchar || type == type_name || type == type_unknown;
}

// Big-endian, of one to eight bytes, with its sign.
std::int64_t integer_of_bytes(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
    const auto unused = static_cast<unsigned>(64 - 8 * bytes.size());
    return static_cast<std::int64_t>(value << unused) >> unused;
}

}  // namespace

std::int64_t rows_changed(const pg_result* result) {
    // libpq takes it without const and changes nothing.
    const std::string_view text = PQcmdTuples(const_cast<PGresult*>(result));
    std::int64_t rows = 0;
    std::from_chars(text.data(), text.data() + text.size(), rows);
    return rows;
}

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string_view sql)
    : EngineStatement(sql), connection_(connection), values_(static_cast<std::size_t>(parameters_of(sql))) {}

PostgresStatement::~PostgresStatement() {
    if (session_ == connection_.session()) connection_.forget(std::move(name_));
}

Result<void> PostgresStatement::prepare() {
    name_ = connection_.new_name();
    const PostgresResult done(
        PQprepare(connection_.handle(), name_.c_str(), sql().c_str(), 0, nullptr));  // types by the server
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) return connection_.error(done.get());
    session_ = connection_.session();
    return {};
}

PostgresStatement::Value& PostgresStatement::value(int n) {
    ensure(n >= 1 && static_cast<std::size_t>(n) <= values_.size(), "a parameter that the statement has");
    Value& value = values_[static_cast<std::size_t>(n - 1)];
    value.is_null = false;
    value.is_binary = false;
    value.bytes.clear();
    return value;
}

void PostgresStatement::bind(int n, std::int64_t number) {
    put_integer(value(n).bytes, number);
}

void PostgresStatement::bind(int n, std::string_view text) {
    value(n).bytes.append(text);
    has_nul_ = has_nul_ || text.find('\0') != std::string_view::npos;
}

void PostgresStatement::bind(int n, std::span<const std::byte> blob) {
    Value& bound = value(n);
    bound.bytes.append(reinterpret_cast<const char*>(blob.data()), blob.size());
    bound.is_binary = true;
}

void PostgresStatement::bind_null(int n) {
    value(n).is_null = true;
}

Result<void> PostgresStatement::send() {
    if (std::exchange(has_nul_, false)) return trouble(Trouble::text, connection_.place());
    TRY_VOID(connection_.make_ready());
    TRY_VOID(connection_.pass_place_of_writing());
    if (session_ != connection_.session()) TRY_VOID(prepare());
    std::vector<const char*> data;
    std::vector<int> sizes;
    std::vector<int> formats;
    for (const Value& value : values_) {
        data.push_back(value.is_null ? nullptr : value.bytes.c_str());
        sizes.push_back(static_cast<int>(value.bytes.size()));
        formats.push_back(value.is_binary ? 1 : 0);
    }
    const int sent =
        PQsendQueryPrepared(connection_.handle(), name_.c_str(), static_cast<int>(values_.size()),
                            data.data(), sizes.data(), formats.data(), 1);
    if (sent != 1) return connection_.error(nullptr);
    ensure(PQsetSingleRowMode(connection_.handle()) == 1, "rows one at a time");
    connection_.set_streaming(this);
    state_ = State::streaming;
    return {};
}

Result<bool> PostgresStatement::step() {
    if (state_ == State::idle) {
        if (auto sent = send(); !sent) return connection_.note(std::unexpected(std::move(sent).error()));
        auto first = next_of_stream();
        if (first && *first) {
            if (auto read = check_types(); !read) {
                reset();
                return connection_.note(std::unexpected(std::move(read).error()));
            }
        }
        return first;
    }
    if (state_ == State::streaming) return next_of_stream();
    if (!rest_.empty()) {
        row_ = std::move(rest_.front());
        rest_.pop_front();
        return true;
    }
    row_ = nullptr;
    state_ = State::idle;
    if (rest_error_) return std::unexpected(std::move(*std::exchange(rest_error_, std::nullopt)));
    return false;
}

Result<bool> PostgresStatement::next_of_stream() {
    row_.reset(PQgetResult(connection_.handle()));
    if (PQresultStatus(row_.get()) == PGRES_SINGLE_TUPLE) return true;
    auto ended = end_stream(std::move(row_));
    state_ = State::idle;
    if (!ended) return connection_.note(std::unexpected(std::move(ended).error()));
    return false;
}

// last: what told that there are no more rows.
Result<void> PostgresStatement::end_stream(PostgresResult last) {
    connection_.set_streaming(nullptr);
    const auto status = PQresultStatus(last.get());
    const bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    Result<void> outcome;
    if (!good) outcome = connection_.error(last.get());
    if (good) connection_.set_changes(rows_changed(last.get()));
    while (last != nullptr) last.reset(PQgetResult(connection_.handle()));
    return outcome;
}

Result<void> PostgresStatement::take_the_rest() {
    for (;;) {
        PostgresResult next(PQgetResult(connection_.handle()));
        if (PQresultStatus(next.get()) == PGRES_SINGLE_TUPLE) {
            rest_.push_back(std::move(next));
            continue;
        }
        auto ended = end_stream(std::move(next));
        state_ = State::buffered;
        if (!ended) rest_error_ = ended.error();
        return ended;
    }
}

void PostgresStatement::reset() {
    if (state_ == State::streaming) {
        PostgresResult next(PQgetResult(connection_.handle()));
        while (PQresultStatus(next.get()) == PGRES_SINGLE_TUPLE)
            next.reset(PQgetResult(connection_.handle()));
        (void)end_stream(std::move(next));
    }
    rest_.clear();
    rest_error_.reset();
    row_ = nullptr;
    state_ = State::idle;
    has_nul_ = false;
}

void PostgresStatement::clear_bindings() {
    for (Value& value : values_) value.is_null = true;
}

Result<void> PostgresStatement::check_types() const {
    for (int column = 0; column < PQnfields(row_.get()); ++column) {
        const Oid type = PQftype(row_.get(), column);
        if (is_integer(type) || is_text(type) || type == type_bytea) continue;
        return trouble(Trouble::statement, connection_.place(),
                       fmt::format("{}: cast it to bigint or text", PQfname(row_.get(), column)));
    }
    return {};
}

std::string_view PostgresStatement::bytes(int column) const {
    ensure(row_ != nullptr && column >= 0 && column < PQnfields(row_.get()),
           "a column of a row that is there");
    return {PQgetvalue(row_.get(), 0, column), static_cast<std::size_t>(PQgetlength(row_.get(), 0, column))};
}

std::int64_t PostgresStatement::integer(int column) const {
    const std::string_view value = bytes(column);
    if (value.empty()) return 0;
    if (is_integer(PQftype(row_.get(), column))) return integer_of_bytes(value);
    std::int64_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

std::string_view PostgresStatement::text(int column) const {
    ensure(!is_integer(PQftype(row_.get(), column)), "a column of text");
    return bytes(column);
}

std::span<const std::byte> PostgresStatement::blob(int column) const {
    const std::string_view value = bytes(column);
    return std::as_bytes(std::span(value.data(), value.size()));
}

bool PostgresStatement::is_null(int column) const {
    return PQgetisnull(row_.get(), 0, column) == 1;
}

namespace {

constexpr std::size_t bytes_of_part = std::size_t{512} << 10U;

}  // namespace

PostgresBulk::PostgresBulk(PostgresConnection& connection, std::string_view table,
                           std::span<const std::string_view> columns, Bulk how)
    : connection_(connection),
      how_(how),
      sql_(fmt::format("copy {} ({}) from stdin", table, fmt::join(columns, ", "))),
      values_(columns.size(), std::string(null_text)) {}

std::string& PostgresBulk::value(int n) {
    ensure(n >= 1 && static_cast<std::size_t>(n) <= values_.size(), "a column of the bulk rows");
    std::string& value = values_[static_cast<std::size_t>(n - 1)];
    value.clear();
    return value;
}

void PostgresBulk::bind(int n, std::int64_t number) {
    put_integer(value(n), number);
}
void PostgresBulk::bind(int n, std::string_view text) {
    put_text(value(n), text);
    has_nul_ = has_nul_ || text.find('\0') != std::string_view::npos;
}
void PostgresBulk::bind(int n, std::span<const std::byte> blob) {
    put_blob(value(n), blob);
}
void PostgresBulk::bind_null(int n) {
    value(n) = null_text;
}

Result<void> PostgresBulk::row() {
    if (std::exchange(has_nul_, false)) return connection_.note(trouble(Trouble::text, connection_.place()));
    for (std::string& value : values_) {
        rows_ += value;
        rows_ += '\t';
        value = null_text;
    }
    rows_.back() = '\n';
    if (rows_.size() < bytes_of_part) return {};
    TRY_VOID(send());
    return how_ == Bulk::whole ? Result<void>{} : close();
}

Result<void> PostgresBulk::finish() {
    if (!rows_.empty()) TRY_VOID(send());
    return close();
}

// Dropped on the way, after an error: the server gives the rows up.
PostgresBulk::~PostgresBulk() {
    if (!is_open_) return;
    (void)PQputCopyEnd(connection_.handle(), "dropped");
    PostgresResult answer(PQgetResult(connection_.handle()));
    while (answer != nullptr) answer.reset(PQgetResult(connection_.handle()));
}

Result<void> PostgresBulk::open() {
    TRY_VOID(connection_.make_ready());
    TRY_VOID(connection_.pass_place_of_writing());
    const PostgresResult answer(PQexec(connection_.handle(), sql_.c_str()));
    if (PQresultStatus(answer.get()) != PGRES_COPY_IN)
        return connection_.note(connection_.error(answer.get()));
    is_open_ = true;
    return {};
}

Result<void> PostgresBulk::send() {
    if (!is_open_) TRY_VOID(open());
    const int sent = PQputCopyData(connection_.handle(), rows_.data(), static_cast<int>(rows_.size()));
    rows_.clear();
    if (sent == 1) return {};
    auto refused = close();
    return refused ? connection_.note(connection_.error(nullptr)) : refused;
}

Result<void> PostgresBulk::close() {
    if (!std::exchange(is_open_, false)) return {};
    PGconn* handle = connection_.handle();
    const bool ended = PQputCopyEnd(handle, nullptr) == 1;
    PostgresResult answer(PQgetResult(handle));
    Result<void> outcome;
    if (!ended || PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
        outcome = connection_.note(connection_.error(answer.get()));
    }
    while (answer != nullptr) answer.reset(PQgetResult(handle));
    return outcome;
}

}  // namespace doudi::store
