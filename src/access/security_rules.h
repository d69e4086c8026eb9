// SPDX-License-Identifier: Apache-2.0
// The figures of signing in, as data (access/security.yaml): lengths, terms, delays, sizes.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace doudi::access {

// After `free` failures each further one doubles the wait, from `first` up to `most`.
struct LockOut {
    int free = 0;
    std::chrono::seconds first{};
    std::chrono::seconds most{};
    std::chrono::seconds forget{};  // so long after the last failure the count begins anew
    [[nodiscard]] std::chrono::seconds wait_after(int failures) const;
};

struct SecurityRules {
    int password_least = 0;  // characters
    int password_most = 0;
    int password_distinct = 0;   // different characters
    int password_kibibytes = 0;  // argon2id
    int password_passes = 0;
    int password_at_once = 0;  // computed side by side
    int password_waiting = 0;  // more than these wait: busy
    LockOut account;
    LockOut address;
    std::chrono::seconds session_idle{};
    std::chrono::seconds session_end{};
    std::chrono::seconds citizen_idle{};
    std::chrono::seconds citizen_end{};
    std::chrono::seconds window_code_term{};
    int window_code_tries = 0;
    std::chrono::seconds outside_attempt_term{};
    std::chrono::seconds invitation_term{};
    int recovery_codes = 0;
    std::chrono::seconds reveal_term{};
    int reveals_a_day = 0;  // more need a second person
    int reason_least = 0;   // characters
    int queries_a_day = 0;  // of one department's account or token
    int queries_alarm = 0;
    // First requests of strangers from one address: so many at once, then so many a minute.
    int strangers_in_a_row = 0;
    int strangers_a_minute = 0;
    std::chrono::seconds proposal_term{};
    int token_longest_days = 0;
    int adult_years = 0;                                  // who is younger signs nothing
    int authorisation_longest_months = 0;                 // from the day of signing
    Text authorisation_basis;                             // of that term, as who is refused reads it
    std::set<std::string, std::less<>> common_passwords;  // in lower case

    // access/security.yaml and, beside it, common_passwords.txt.
    [[nodiscard]] static std::expected<SecurityRules, std::vector<Error>> load(
        const std::filesystem::path& folder);
};

}  // namespace doudi::access
