// SPDX-License-Identifier: Apache-2.0
// Which rows of which class have outlived their use.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] std::span<const std::string_view> retention_classes();
// Their keys, in order. The class must be one of those above.
[[nodiscard]] Result<std::vector<std::string>> select_ended(store::Database& database, std::string_view id,
                                                            Instant before);
// Inside a write(): exactly those.
[[nodiscard]] Result<void> delete_rows(store::Database& database, std::string_view id,
                                       std::span<const std::string> keys);

}  // namespace doudi::access::repository
