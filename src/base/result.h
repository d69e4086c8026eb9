// SPDX-License-Identifier: Apache-2.0
// Three channels of failure (docs/ARCHITECTURE.md): an operation that failed returns Result; law that is
// undecided is a value (expr::Value's unknown lane); a bug of ours stops the program through ensure().
#pragma once
#include <cstdio>
#include <cstdlib>
#include <expected>
#include <source_location>
#include <string>
#include <utility>

#include "base/text.h"

namespace doudi {

enum class ErrorKind {
    usage,       // the caller asked for something that makes no sense
    not_found,   // a named thing is not there
    invalid,     // data that is there is wrong
    unreadable,  // a file cannot be read as what it claims to be
    conflict,    // two truths: a lost update, a second run with other inputs
    limit,       // larger than a stated bound
    io,          // the operating system refused
    cancelled,
};

struct Error {
    ErrorKind kind;
    std::string code;   // stable, snake_case, for machines and tests: "id_check_digit"
    Text text;          // for people; never holds an unmasked identity number
    std::string where;  // "packs/x/levels.yaml:12:5", "表1!C7"; empty if nowhere

    // One line in one language, the place first.
    [[nodiscard]] std::string message(Lang lang) const {
        return where.empty() ? text.in(lang) : where + ": " + text.in(lang);
    }
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string code, Text text,
                                                 std::string where = {}) {
    return std::unexpected(Error{kind, std::move(code), std::move(text), std::move(where)});
}

// Holds in every build: a broken invariant must not reach a household.
inline void ensure(bool holds, const char* what = "invariant",
                   std::source_location at = std::source_location::current()) {
    if (holds) [[likely]]
        return;
    std::fprintf(stderr, "doudi: bug: %s at %s:%u\n", what, at.file_name(), at.line());
    std::abort();
}

}  // namespace doudi

// TRY(expr): the value, or return the error. TRY_VOID for Result<void>. Not inside coroutines (g++ 12 ICE).
// Each use names its variable anew, so that one may stand inside another.
#define DOUDI_TRY_JOIN(left, right) left##right
#define DOUDI_TRY_NAME(left, right) DOUDI_TRY_JOIN(left, right)
#define DOUDI_TRY(name, expression)                          \
    ({                                                       \
        auto&& name = (expression);                          \
        if (!name) [[unlikely]]                              \
            return std::unexpected(std::move(name).error()); \
        std::move(*name);                                    \
    })
#define DOUDI_TRY_VOID(name, expression)                     \
    do {                                                     \
        if (auto&& name = (expression); !name) [[unlikely]]  \
            return std::unexpected(std::move(name).error()); \
    } while (false)
#define TRY(expression) DOUDI_TRY(DOUDI_TRY_NAME(try_result_, __COUNTER__), expression)
#define TRY_VOID(expression) DOUDI_TRY_VOID(DOUDI_TRY_NAME(try_result_, __COUNTER__), expression)
