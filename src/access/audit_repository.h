// SPDX-License-Identifier: Apache-2.0
// The audit log in the store.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/anchors.h"
#include "access/audit.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access::repository {

struct AuditHead {
    std::uint64_t seq = 0;
    std::string hash;
    std::uint64_t indexed = 0;
};
// Nothing: somebody took it away. For who verifies; select_head() and lock_head() fail then ("audit_broken").
[[nodiscard]] Result<std::optional<AuditHead>> find_head(store::Database& database);
[[nodiscard]] Result<AuditHead> select_head(store::Database& database);
// Inside a write(); on a server of many writers the others wait for it from here on.
[[nodiscard]] Result<AuditHead> lock_head(store::Database& database);
[[nodiscard]] Result<void> put_head(store::Database& database, const AuditHead& head);

[[nodiscard]] Result<void> insert_records(store::Database& database,
                                          std::span<const AuditRecord* const> records);
// Ascending from a seq on; the callback's error ends it.
[[nodiscard]] Result<void> each_record(store::Database& database, std::uint64_t from,
                                       const std::function<Result<void>(const AuditRecord&)>& take);
[[nodiscard]] Result<std::vector<AuditRecord>> select_records(store::Database& database,
                                                              const AuditQuery& query);
[[nodiscard]] Result<std::optional<AuditRecord>> select_record(store::Database& database, std::uint64_t seq);

inline constexpr int subject_person = 1;
inline constexpr int subject_household = 2;
// Whose data the records from `from` on, `most` of them, concern. Inside a write().
[[nodiscard]] Result<void> index_subjects(store::Database& database, std::uint64_t from, int most);
[[nodiscard]] Result<void> each_subject(
    store::Database& database,
    const std::function<void(std::uint64_t seq, int kind, std::uint32_t subject)>& take);
// Of whom a record speaks, as it is written.
struct SubjectLook {
    CitizenLook look;
    std::string persons;
    std::string households;
};
// Those that name the person or one of the households, also behind the index. Newest first.
[[nodiscard]] Result<std::vector<SubjectLook>> select_looks(store::Database& database, PersonId person,
                                                            std::span<const HouseholdId> households,
                                                            std::uint64_t before, int most);

[[nodiscard]] Result<void> put_anchor(store::Database& database, const Anchor& anchor);
[[nodiscard]] Result<std::vector<Anchor>> select_anchors(store::Database& database);
// The last record that was written before the folder had keys; 0: it always had, or has none.
[[nodiscard]] Result<std::uint64_t> last_unkeyed(store::Database& database);
// The one with the highest number of those from before that moment.
[[nodiscard]] Result<std::optional<AuditRecord>> last_record_before(store::Database& database, Instant end);
[[nodiscard]] Result<void> put_unit_anchor(store::Database& database, const UnitAnchor& anchor);
// By day, the newest first, and unit; behind that place.
[[nodiscard]] Result<std::vector<UnitAnchor>> select_unit_anchors(store::Database& database,
                                                                  const AnchorPlace& after, int most);

}  // namespace doudi::access::repository
