// SPDX-License-Identifier: Apache-2.0
// Which profile a pack monitors by (packs/profiles/<name>/): what its notice asks for and does not state.
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include "policy/pack_parts.h"

namespace doudi::policy {

// "profiles/scored-draft": the folder below packs/, and the pack of its citations.
[[nodiscard]] bool is_profile_id(std::string_view id);

// What `monitors_by` says; title, version and standing are the profile's own and come from its header.
// Reports a profile that there is not. None: after a fault, and of a null, which takes an extended pack's
// away.
[[nodiscard]] std::optional<Profile> read_monitors_by(const YamlValue& value, const PackName& pack,
                                                      const std::filesystem::path& packs);

}  // namespace doudi::policy
