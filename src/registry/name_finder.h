// SPDX-License-Identifier: Apache-2.0
// Who on the register has a name. Names lie sealed, so that no database finds one: they are looked for by the
// fingerprint by which the register knows them (keys.h), in memory alone. A whole name as names are compared
// (base: fold_name), never a part of one: a fingerprint knows no beginning.
#pragma once
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "registry/keys.h"
#include "store/data_folder.h"

namespace doudi::registry {

// For any number of threads. The first question reads every member once; a later one what was published
// since. Twenty bytes a member.
class NameFinder {
  public:
    // Households in which somebody may have that name as of what is published now, by id, each once: whoever
    // asks reads the members and compares (a name that was forgotten since is here still). An empty name is
    // nobody's.
    [[nodiscard]] Result<std::vector<HouseholdId>> households_with(store::DataFolder& folder,
                                                                   std::string_view name, unsigned threads);

  private:
    [[nodiscard]] Result<void> catch_up(store::DataFolder& folder, unsigned threads);

    struct Named {
        std::uint64_t name = 0;
        std::uint32_t household = 0;
    };
    std::mutex mutex_;
    PublishId read_until_;
    std::vector<Named> members_;  // by PersonId; empty: nothing was read yet
};

}  // namespace doudi::registry
