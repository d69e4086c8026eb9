// SPDX-License-Identifier: Apache-2.0
// Which households changed, for who tells others of them.
#pragma once
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace doudi::registry {

// Households of which rows of their own or of their members were published after the one and up to the other;
// by id. Who left a household is a change of it too.
[[nodiscard]] Result<std::vector<HouseholdId>> changed_between(store::DataFolder& folder, PublishId after,
                                                               PublishId until);

}  // namespace doudi::registry
