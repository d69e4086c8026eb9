// SPDX-License-Identifier: Apache-2.0
// What a handler answers instead: an HTTP status with a stable code, a sentence in both languages and, where
// a request was filled in wrongly, each field. Becomes application/problem+json (RFC 9457).
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/server/message.h"

namespace doudi::http {

struct FieldFault {
    std::string in;       // body | query | header | path
    std::string pointer;  // of the body: a JSON pointer; else "/" and the name
    std::string code;
    Text detail;
};

struct Failure {
    int status = 500;
    std::string code;
    Text text;
    std::vector<FieldFault> fields = {};
    std::optional<int> retry_after = std::nullopt;  // seconds
    std::string for_log = {};                       // never sent

    Failure(int the_status, std::string the_code, Text the_text)
        : status(the_status), code(std::move(the_code)), text(std::move(the_text)) {}
    // By what kind of error it is; what tells of the machine (paths, the database) stays in the log.
    Failure(const Error& error);  // NOLINT: TRY turns errors of the rooms into failures
};

// The same of a file that came with a request: what cannot be read as what it claims to be is its sender's
// slip, not this machine's. 422, in the reader's own words and code.
[[nodiscard]] Failure of_sent_file(const Error& error);

template <class T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] Response problem(const Failure& failure, Lang lang, const std::string& request_id);
// "Bad Request", in both languages.
[[nodiscard]] Text status_title(int status);

}  // namespace doudi::http
