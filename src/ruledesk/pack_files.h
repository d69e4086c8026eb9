// SPDX-License-Identifier: Apache-2.0
// The text of a pack with all that it extends, as it is kept with its enactment, and laid out in a folder
// again to be loaded.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/pack.h"
#include "ruledesk/records.h"

namespace doudi::ruledesk {

// Of the pack and those that it extends: every file that a load could read, on any day.
[[nodiscard]] Result<std::vector<PackFile>> files_of(const std::filesystem::path& packs,
                                                     const policy::Pack& pack);

// A folder that lives as long as the value.
class LaidOutPacks {
  public:
    [[nodiscard]] static Result<LaidOutPacks> lay_out(std::span<const PackFile> files);
    [[nodiscard]] const std::filesystem::path& folder() const { return *folder_; }

  private:
    explicit LaidOutPacks(std::shared_ptr<const std::filesystem::path> folder) : folder_(std::move(folder)) {}
    std::shared_ptr<const std::filesystem::path> folder_;
};

}  // namespace doudi::ruledesk
