// SPDX-License-Identifier: Apache-2.0
// The one place from which this program calls another: a provider of identities, an office that it exchanges
// with. https with the certificate checked, http to this machine alone; no redirect is followed, no proxy of
// the environment is asked, and bytes and time have a bound.
#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doudi::identity {

// Whether it may be called: no user, password or fragment in it.
[[nodiscard]] bool is_callable(const std::string& url);

struct FetchLimits {
    std::size_t bytes = 0;
    std::chrono::steady_clock::time_point deadline;
    std::filesystem::path ca_file;  // empty: the system's certificates
};
struct FetchRequest {
    std::string url;
    std::optional<std::string> form;                 // POST, application/x-www-form-urlencoded; none: GET
    std::string user, password;                      // HTTP Basic, where there is a user
    std::optional<std::string> json = std::nullopt;  // POST, application/json
};
struct Fetched {
    long status = 0;
    std::string body;
};
// "outside_unreachable" (cancelled): no line, no answer in time, a certificate that is none. "outside_answer"
// (invalid): larger than the bound. May be called from several threads.
[[nodiscard]] Result<Fetched> fetch(const FetchRequest& request, const FetchLimits& limits);

// As the value of a form or a query.
[[nodiscard]] std::string url_encoded(std::string_view text);

}  // namespace doudi::identity
