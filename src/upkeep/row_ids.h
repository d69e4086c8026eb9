// SPDX-License-Identifier: Apache-2.0
// Ids as the store has them, and what several files of this room's SQL say alike.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "store/database.h"
#include "upkeep/records.h"

namespace doudi::upkeep::repository {

[[nodiscard]] inline std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
[[nodiscard]] inline std::int64_t number_of(CaseId id) {
    return signed_of(id.value());
}
[[nodiscard]] inline std::int64_t number_of(PublishId id) {
    return signed_of(id.value());
}
[[nodiscard]] inline CaseId case_id(std::int64_t value) {
    return CaseId(static_cast<std::uint64_t>(value));
}
[[nodiscard]] inline access::UnitId unit_id(std::int64_t value) {
    return access::UnitId(static_cast<std::uint32_t>(value));
}

// The number that the next case gets. Inside write() or write_beside().
[[nodiscard]] Result<std::int64_t> next_case(store::Database& database);

// The last step of a case `c`.
inline constexpr std::string_view last_state =
    "(select s.state from change_step s where s.change_case = c.id order by s.n desc limit 1)";

}  // namespace doudi::upkeep::repository
