// SPDX-License-Identifier: Apache-2.0
// Ended jobs, old events, old notes of uploads and old answers in the store.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "jobs/records.h"
#include "store/database.h"
#include "store/kept_class.h"

namespace doudi::jobs {

// `select` names keys of what ended before $1; the newest id stays: no id comes twice. A key of an answer is
// account/key.
struct Kept {
    const char* id;
    Text from;
    const char* select;
    std::vector<const char*> remove;
    bool text_key = false;
    bool of_account = false;
};
[[nodiscard]] std::span<const Kept> all_kept();
[[nodiscard]] Result<std::vector<store::Ended>> ended_before(store::Database& database, const Kept& kept,
                                                             Moment before);
// Inside a write().
[[nodiscard]] Result<void> delete_kept(store::Database& database, const Kept& kept, std::string_view key);

}  // namespace doudi::jobs
