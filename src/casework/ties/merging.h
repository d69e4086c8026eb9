// SPDX-License-Identifier: Apache-2.0
// Which case goes on with what another one was about.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "casework/records.h"
#include "policy/pack.h"

namespace doudi::casework {

// The case into which one went with its last event; none: it went into no other.
[[nodiscard]] std::optional<CaseId> goes_into(const policy::Machine& machine,
                                              const std::vector<CaseEvent>& events);

// Levels stand highest first; one that the pack does not have is below all.
[[nodiscard]] bool is_higher_level(const policy::Pack& pack, std::string_view level, std::string_view than);

}  // namespace doudi::casework
