// SPDX-License-Identifier: Apache-2.0
// Terms in the store: what of this room's tables has ended, proofs, holds, proposals.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/retention.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

[[nodiscard]] std::span<const std::string_view> retention_classes();
[[nodiscard]] const Text& counted_from(std::string_view id);
// In order of their keys. The class must be one of those above.
[[nodiscard]] Result<std::vector<store::Ended>> select_ended(store::Database& database, std::string_view id,
                                                             Instant before);
// Inside a write(): exactly those.
[[nodiscard]] Result<void> delete_rows(store::Database& database, std::string_view id,
                                       std::span<const std::string> keys);

// Inside a write().
[[nodiscard]] Result<std::int64_t> insert_removal(store::Database& database, const Removal& removal,
                                                  Instant now, std::string_view by);
[[nodiscard]] Result<void> end_removal(store::Database& database, std::int64_t proof, Instant now);
[[nodiscard]] Result<std::vector<Proof>> select_removals(store::Database& database, std::int64_t before,
                                                         int most);
[[nodiscard]] Result<std::optional<Proof>> select_removal_of(store::Database& database,
                                                             const Removal& removal);

[[nodiscard]] Result<std::int64_t> insert_hold(store::Database& database, const Hold& hold, Instant now);
[[nodiscard]] Result<void> end_hold(store::Database& database, std::int64_t id, std::string_view by,
                                    Instant now);
[[nodiscard]] Result<std::vector<Hold>> select_holds(store::Database& database);

[[nodiscard]] Result<std::optional<RetentionProposal>> select_open_proposal(store::Database& database);
// Inside a write(): the one that is open is replaced.
[[nodiscard]] Result<std::int64_t> insert_proposal(store::Database& database, Date day,
                                                   std::string_view body);
[[nodiscard]] Result<void> end_proposal(store::Database& database, std::int64_t id, std::string_view by,
                                        Instant now);

}  // namespace doudi::access::repository
