// SPDX-License-Identifier: Apache-2.0
// Households of which a peer's register says otherwise than ours, and which nobody has settled.
#pragma once
#include <vector>

#include "exchange/repository.h"

namespace doudi::exchange {

// Oldest first, at most a thousand: those that nobody said are settled, and whose proposal has rows to decide
// on; one that ended there has no proposal and stays until a person says so.
[[nodiscard]] Result<std::vector<Difference>> open_differences(store::DataFolder& data,
                                                               repository::Shelf& shelf,
                                                               std::string_view peer);

}  // namespace doudi::exchange
