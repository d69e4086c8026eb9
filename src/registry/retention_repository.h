// SPDX-License-Identifier: Apache-2.0
// Superseded rows of the register in the store.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "registry/register_seal.h"
#include "store/data_folder.h"
#include "store/kept_class.h"

namespace doudi::registry {

// Keys: household or member/id/publish. Superseded by a published run as of before that day.
[[nodiscard]] Result<std::vector<store::Ended>> superseded_before(store::DataFolder& folder, Date before);
// Inside a write().
[[nodiscard]] Result<void> delete_superseded(store::Database& database, std::string_view key);

// --- forgetting

// One row of a household, with what it says.
struct HouseholdVersion {
    HouseholdId id;
    std::int64_t publish = 0;
    std::string address;
    std::optional<Money> income = std::nullopt;
};
// Rows of the households to which a person ever belonged that name them as the head.
[[nodiscard]] Result<std::vector<HouseholdVersion>> households_headed_by(store::DataFolder& folder,
                                                                         PersonId person,
                                                                         std::string_view name);
// Inside a write(): what the row says now; the record is empty in a plain folder.
[[nodiscard]] Result<void> put_household_secrets(store::Database& database, const HouseholdVersion& version,
                                                 const HouseholdSecrets& plain,
                                                 std::span<const std::byte> record);
// Inside a write(): all rows of theirs say nothing of them. A record that their key sealed goes too: it is of
// no use, and an older one would be.
[[nodiscard]] Result<void> blank_member_rows(store::Database& database, PersonId person);
[[nodiscard]] Result<void> blank_household_rows(store::Database& database, HouseholdId household);
// Inside a write(): no file of the register's keys is named any more; returns those that were.
[[nodiscard]] Result<std::vector<std::string>> forget_kept_index(store::Database& database);

}  // namespace doudi::registry
