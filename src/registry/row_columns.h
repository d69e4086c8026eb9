// SPDX-License-Identifier: Apache-2.0
// A household and a member as a row of the store: read, and written in bulk. The tables of what stands and
// those of what a file proposed are alike.
#pragma once
#include <cstdint>
#include <span>

#include "base/result.h"
#include "registry/records.h"
#include "registry/register_seal.h"
#include "store/data_folder.h"

namespace doudi::registry {

// What a query of rows selects, in this order; of standing households also ended_on and successor behind it.
#define DOUDI_HOUSEHOLD_COLUMNS \
    "id, code, region, address, head_name, category, enrolled_on, income_fen, publish, sealed"
#define DOUDI_MEMBER_COLUMNS "id, household, name, id_number, relation, sex, phone, publish, sealed"

[[nodiscard]] inline std::int64_t number_of(PublishId id) {
    return static_cast<std::int64_t>(id.value());
}
template <class IdType>
[[nodiscard]] IdType id_of(std::int64_t value) {
    return IdType(static_cast<std::uint32_t>(value));
}
// Null in a plain folder.
[[nodiscard]] inline RegisterSeal* pointer_to(std::optional<RegisterSeal>& seal) {
    return seal ? &*seal : nullptr;
}

// Of the row at which a query stands. A row that is not sealed in a sealed folder is an error.
[[nodiscard]] Result<MemberSecrets> member_secrets(const store::Statement& row, RegisterSeal* seal);
[[nodiscard]] Result<Household> household_of(const store::Statement& row, RegisterSeal* seal, Ledger ledger);
[[nodiscard]] Result<Member> member_of(const store::Statement& row, RegisterSeal* seal);

// In several transactions. Of what is proposed, ids from `first_new` on are marked as new.
[[nodiscard]] Result<void> insert_households(store::DataFolder& folder, PublishId publish,
                                             std::span<const Household> households, Ledger ledger,
                                             HouseholdId first_new);
[[nodiscard]] Result<void> insert_members(store::DataFolder& folder, PublishId publish,
                                          std::span<const Member> members, Ledger ledger, PersonId first_new);

}  // namespace doudi::registry
