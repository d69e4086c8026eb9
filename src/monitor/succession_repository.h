// SPDX-License-Identifier: Apache-2.0
// Warnings of households that ended, in the store: who went on with which.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "monitor/fold.h"
#include "store/data_folder.h"

namespace doudi::monitor {

// A version of a warning as it stands in the store: the level by its id, whatever the pack.
struct StoredWarning {
    std::uint32_t id = 0;
    std::uint32_t household = 0;
    bool open = false;
    std::int64_t score = 0;
    std::string level;
    Date issued_on;
    std::optional<Date> due_on;
    bool due_provisional = false;
    std::string indicators;
    std::optional<Date> closed_on;
    std::string closed_why;
};
// The newest up to and with a publish id, staged ones too.
[[nodiscard]] Result<std::optional<StoredWarning>> open_of(store::Database& database, PublishId publish,
                                                           std::uint32_t household);
[[nodiscard]] Result<StoredWarning> version_of(store::Database& database, PublishId publish,
                                               std::uint32_t warning);
// Inside write(). In the place of one that was staged before under the same publish id.
[[nodiscard]] Result<void> put_version(store::Database& database, PublishId publish,
                                       const StoredWarning& warning);

struct SuccessionRow {
    std::uint32_t warning = 0;
    std::uint64_t change = 0;
    std::uint32_t household = 0;
    std::uint32_t heir = 0;
    std::uint32_t heir_warning = 0;  // 0: the heir had none
    bool restored = false;
    std::string reason;
};
[[nodiscard]] Result<void> put_succession(store::Database& database, PublishId publish,
                                          const SuccessionRow& row);
// What the case did that holds.
[[nodiscard]] Result<std::vector<SuccessionRow>> successions_of(store::Database& database, PublishId publish,
                                                                std::uint64_t change);
// By warning.
[[nodiscard]] Result<std::vector<CarriedWarning>> carried_warnings(store::Database& database,
                                                                   PublishId publish);

}  // namespace doudi::monitor
