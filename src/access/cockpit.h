// SPDX-License-Identifier: Apache-2.0
// What the cockpit sums up, as data (access/cockpit.yaml).
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::access {

struct Cockpit {
    int urgent_levels = 0;  // of the pack's, from the highest
    int months = 0;         // of the flow, this one included

    // Every fault with its place.
    [[nodiscard]] static std::expected<Cockpit, std::vector<Error>> load(const std::filesystem::path& file);
    [[nodiscard]] static std::expected<Cockpit, std::vector<Error>> read(const std::string& yaml,
                                                                         std::string shown);
};

}  // namespace doudi::access
