// SPDX-License-Identifier: Apache-2.0
// The dated versions of a pack: packs/<id>/versions/<from>/, each a whole pack.yaml beside the files that
// read differently, laid over the pack's own folder on the days of its span.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "policy/pack_parts.h"

namespace doudi::policy {

struct PackVersion {
    std::filesystem::path folder;
    PackHeader header;
};

// By their first days. A folder that is not named by the first day of its version, another pack's id and
// spans that overlap are faults.
[[nodiscard]] std::vector<PackVersion> read_versions(const std::filesystem::path& packs_folder,
                                                     const std::string& pack_id, Faults& faults);
// The version in force on a day; without a day the one whose span has no end. Null: the pack's own folder
// alone.
[[nodiscard]] const PackVersion* version_on(const std::vector<PackVersion>& versions,
                                            std::optional<Date> day);

}  // namespace doudi::policy
