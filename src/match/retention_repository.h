// SPDX-License-Identifier: Apache-2.0
// What of arrivals has outlived its term, in the store.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "store/kept_class.h"

namespace doudi::match {

// The parts of an arrival that have terms of their own.
enum class ArrivalPart : std::uint8_t { original, segment, findings, off_register };

// Ids of published arrivals of before a day that still have it; of_many.
[[nodiscard]] Result<std::vector<store::Ended>> arrivals_before(store::DataFolder& folder, ArrivalPart part,
                                                                Date before);
struct ArrivalFiles {
    std::int64_t id = 0;
    std::string dataset;
    std::string original, segment, findings;
};
[[nodiscard]] Result<std::optional<ArrivalFiles>> arrival_files(store::Database& database, std::int64_t id);
[[nodiscard]] Result<std::vector<ArrivalFiles>> arrivals_with_segment(store::DataFolder& folder);
// Inside a write(): the row says that it went, by which proof.
[[nodiscard]] Result<void> mark_removed(store::Database& database, std::int64_t id, ArrivalPart part,
                                        std::int64_t proof);
// Inside a write().
[[nodiscard]] Result<void> put_segment(store::Database& database, std::int64_t id, std::string_view segment);
[[nodiscard]] Result<std::optional<Date>> last_kept_original(store::DataFolder& folder);

// Keys: arrival/row/role/member.
[[nodiscard]] Result<std::vector<store::Ended>> reviews_before(store::DataFolder& folder, Date before);
[[nodiscard]] Result<void> delete_review(store::Database& database, std::string_view key);
[[nodiscard]] Result<void> delete_reviews_of(store::Database& database, PersonId person);

// All images of the roster: whoever needs one makes it anew. Returns the files that they were.
[[nodiscard]] Result<std::vector<std::string>> delete_rosters(store::Database& database);

}  // namespace doudi::match
