// SPDX-License-Identifier: Apache-2.0
// Warnings by the case that answers them: of the store, as cases go on while nothing is published.
#pragma once
#include <vector>

#include "casework/lists/lists_repository.h"
#include "http/register/repository.h"

namespace doudi::http {

// As far as the reader reaches it.
struct AnsweredBy {
    std::vector<casework::repository::Readable> readable;
    casework::repository::CaseFilter filter;
    bool is_none = false;  // no such case instead
};

// As list_warnings and count_warnings (repository.h); null: whatever became of them.
[[nodiscard]] Result<std::vector<ListedWarning>> list_warnings_answered(
    store::DataFolder& data, const access::Scope& scope, const WarningFilter& filter,
    const AnsweredBy* answered, const WarningPlace& after, std::size_t limit);
[[nodiscard]] Result<std::vector<LevelCount>> count_warnings_answered(store::DataFolder& data,
                                                                      const access::Scope& scope,
                                                                      const WarningFilter& filter,
                                                                      const AnsweredBy* answered);

}  // namespace doudi::http
