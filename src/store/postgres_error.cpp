// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_error.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>

namespace doudi::store {

namespace {

struct Meaning {
    std::string_view prefix;  // of the SQLSTATE
    Trouble what;
};

// Longer prefixes before those that they begin with.
constexpr Meaning meanings[] = {
    {"23505", Trouble::unique},
    {"23503", Trouble::foreign_key},
    {"23", Trouble::constraint},
    {"40", Trouble::busy},     // serialization, deadlock
    {"55P03", Trouble::busy},  // lock_timeout
    {"53100", Trouble::disk_full},
    {"53200", Trouble::memory},
    {"53300", Trouble::connections},
    {"54", Trouble::too_big},
    {"57014", Trouble::cancelled},
    {"57P01", Trouble::connection_lost},  // the server is being stopped
    {"57P02", Trouble::connection_lost},
    {"57P03", Trouble::cannot_open},  // it is starting
    {"57P05", Trouble::connection_lost},
    {"25P03", Trouble::connection_lost},
    {"08", Trouble::connection_lost},
    {"25006", Trouble::read_only},
    {"42501", Trouble::forbidden},
    {"28", Trouble::login},
    {"3D000", Trouble::no_database},
    {"58", Trouble::io},
    {"XX001", Trouble::corrupt},
    {"XX002", Trouble::corrupt},
    {"22021", Trouble::text},
    {"22P05", Trouble::text},
};

std::string_view field(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string_view() : text;
}

// The rule's name and its table: names of ours. Of a statement that is wrong, the server's words (it is
// prepared without its values); of a value that does not fit only the code: those words hold the value.
std::string detail_of(const PGresult* result, Trouble what) {
    const std::string_view state = field(result, PG_DIAG_SQLSTATE);
    if (what == Trouble::unique || what == Trouble::foreign_key || what == Trouble::constraint) {
        const std::string_view column = field(result, PG_DIAG_COLUMN_NAME);
        const std::string_view rule = field(result, PG_DIAG_CONSTRAINT_NAME);
        return fmt::format("{}.{}", field(result, PG_DIAG_TABLE_NAME), rule.empty() ? column : rule);
    }
    if (what != Trouble::statement) return {};
    const bool of_the_text = state.starts_with("42") || state.starts_with("0A");
    return of_the_text ? fmt::format("{} {}", state, field(result, PG_DIAG_MESSAGE_PRIMARY))
                       : std::string(state);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

// "FATAL:  28P01": the first word of five capitals and digits, with a digit.
std::string_view state_in(std::string_view message) {
    constexpr std::size_t length = 5;
    for (std::size_t at = 0; at + length <= message.size(); ++at) {
        const std::string_view word = message.substr(at, length);
        const bool ends = at + length == message.size() || message[at + length] == '\n';
        const bool begins = at > 0 && message[at - 1] == ' ';
        const bool of_state = std::ranges::all_of(word, [](char c) { return is_digit(c) || is_upper(c); });
        if (begins && ends && of_state && std::ranges::any_of(word, is_digit)) return word;
    }
    return {};
}

}  // namespace

Trouble trouble_of_state(std::string_view sqlstate) {
    for (const Meaning& meaning : meanings) {
        if (sqlstate.starts_with(meaning.prefix)) return meaning.what;
    }
    return Trouble::statement;
}

std::unexpected<Error> postgres_error(const PGresult* result, PGconn* connection, const std::string& place) {
    const std::string_view state = result == nullptr ? std::string_view() : field(result, PG_DIAG_SQLSTATE);
    if (state.empty()) {  // of libpq itself
        const bool lost = PQstatus(connection) == CONNECTION_BAD || result == nullptr;
        return trouble(lost ? Trouble::connection_lost : Trouble::io, place);
    }
    const Trouble what = trouble_of_state(state);
    return trouble(what, place, detail_of(result, what));
}

std::unexpected<Error> connect_error(std::string_view message, const std::string& place) {
    const std::string_view state = state_in(message);
    if (!state.empty()) return trouble(trouble_of_state(state), place);
    return fail(ErrorKind::io, "store_no_server",
                {"连接不上数据库服务器：请检查地址、服务器是否在运行",
                 "the database server cannot be reached: check its address, and that it runs"},
                place);
}

}  // namespace doudi::store
