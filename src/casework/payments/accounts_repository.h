// SPDX-License-Identifier: Apache-2.0
// The rows of the accounts that steps were told, beside the events that keep their last four digits.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "casework/repository.h"

namespace doudi::casework::repository {

// Within write().
[[nodiscard]] Result<void> insert_account(Shelf& shelf, const CaseHead& head, int event,
                                          std::string_view digits);
// None: that step told none, or it went with the key of whom the case is about.
[[nodiscard]] Result<std::optional<std::string>> select_account(Shelf& shelf, const CaseHead& head,
                                                                int event);

// Of a folder that has just got its keys: those that lie in the clear.
[[nodiscard]] Result<void> seal_accounts(Shelf& shelf, const CaseHead& head);
// Of one case, as repository.h has it of what was told.
[[nodiscard]] Result<void> reseal_accounts(Shelf& shelf, const CaseHead& from, const CaseHead& to);
// Of a step whose account nobody admitted.
[[nodiscard]] Result<void> delete_account(Shelf& shelf, CaseId of, int event);
[[nodiscard]] Result<void> delete_accounts(Shelf& shelf, CaseId of);

}  // namespace doudi::casework::repository
