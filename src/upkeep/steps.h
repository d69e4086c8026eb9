// SPDX-License-Identifier: Apache-2.0
// What every step of a case asks for: that the case is there and in reach, the role, that nobody was faster.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "upkeep/verbs.h"

namespace doudi::upkeep {

// What is not in reach is told like what is not there: "change_unknown".
[[nodiscard]] Result<Case> need(Desk& desk, CaseId id);
[[nodiscard]] Result<void> need_role(const Desk& desk, const Kind& kind, std::span<const std::string> roles);
[[nodiscard]] Result<const Kind*> need_kind(const Desk& desk, std::string_view id);
// Conflict "change_decided": the case waits for nobody's word any more.
[[nodiscard]] Result<void> need_open(const Case& change);

[[nodiscard]] Step step_of(const Desk& desk, State state, std::string reason = {});
[[nodiscard]] Result<CaseId> keep(Desk& desk, const Case& change);
[[nodiscard]] Result<void> take_step(Desk& desk, const Case& change, const Step& step);

}  // namespace doudi::upkeep
