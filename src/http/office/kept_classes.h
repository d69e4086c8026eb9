// SPDX-License-Identifier: Apache-2.0
// Everything that is kept for a term, of all rooms, held to access/retention.yaml.
#pragma once
#include <filesystem>

#include "access/retention.h"
#include "policy/pack.h"

namespace doudi::http {

// The policy must outlive it.
[[nodiscard]] std::expected<access::RetentionTable, std::vector<Error>> load_retention(
    const std::filesystem::path& policy_root, const policy::Policy& policy);

}  // namespace doudi::http
