// SPDX-License-Identifier: Apache-2.0
// Views of a list that an account keeps: a name and the filter, as the list's address has it. They go with
// the account where it is ended for good (accounts of a demonstration); one that is locked keeps them.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/session.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

struct SavedView {
    std::string name;
    std::string query;
    friend bool operator==(const SavedView&, const SavedView&) = default;
};
// In the account's order.
[[nodiscard]] Result<std::vector<SavedView>> read_saved_views(store::Database& database, UserId account,
                                                              std::string_view list);
// In the place of those that were there. One transaction.
[[nodiscard]] Result<void> put_saved_views(store::Database& database, UserId account, std::string_view list,
                                           std::span<const SavedView> views);

}  // namespace doudi::access
