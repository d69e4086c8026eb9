// SPDX-License-Identifier: Apache-2.0
// The parts of `doudi exchange`, which command_exchange.cpp declares.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/table.h"
#include "cli/usage.h"

namespace doudi::cli {

struct ExchangeOptions {
    StoreOptions store;
    std::filesystem::path peers;
    std::string peer, way, state;
    std::vector<std::string> only;
    std::vector<std::string> numbers;
    std::uint64_t number = 0;
    ListOptions list;
};

// What goes into a file leaves the house.
[[nodiscard]] inline access::Verb look_of(const ExchangeOptions& options) {
    return options.list.output.empty() ? access::Verb::read : access::Verb::export_;
}
[[nodiscard]] inline std::string shown_at(const std::optional<Instant>& at) {
    return at ? shown_time(*at) : std::string();
}
// Nothing for 0: it has none yet.
[[nodiscard]] inline std::string number_text(std::int64_t number) {
    return number == 0 ? std::string() : std::to_string(number);
}

// --- the messages either way, and one of them (exchange_messages.cpp) ---
[[nodiscard]] ExitCode list_messages(const Console& console, const ExchangeOptions& options);
[[nodiscard]] ExitCode show_message(const Console& console, const ExchangeOptions& options);

// --- where registers differ (exchange_differences.cpp) ---
[[nodiscard]] ExitCode list_differences(const Console& console, const ExchangeOptions& options);
[[nodiscard]] ExitCode settle_difference(const Console& console, const ExchangeOptions& options);

}  // namespace doudi::cli
