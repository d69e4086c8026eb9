// SPDX-License-Identifier: Apache-2.0
// The parts of `doudi register`, which command_register.cpp declares.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/table.h"
#include "cli/usage.h"

namespace doudi::cli {

struct RegisterOptions {
    StoreOptions store;
    ListOptions list;
    std::uint64_t number = 0;
    std::filesystem::path file;
    std::string kind, state, household, day, as_of, reason, answer, warnings;
    std::string part = "all";
    std::vector<std::string> households;
    unsigned threads = 1;
};

// --- cases: read (register_reading.cpp), and their steps (register_cases.cpp) ---
[[nodiscard]] ExitCode list_kinds(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode list_cases(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode show_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode list_near(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode show_household(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode propose_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode confirm_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode reject_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode withdraw_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode undo_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode answer_case(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode apply_cases(const Console& console, const RegisterOptions& options);

// --- what a file proposed (register_proposals.cpp) ---
[[nodiscard]] ExitCode list_proposals(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode show_proposal(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode accept_proposal(const Console& console, const RegisterOptions& options);
[[nodiscard]] ExitCode refuse_proposal(const Console& console, const RegisterOptions& options);

}  // namespace doudi::cli
