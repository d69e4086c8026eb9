// SPDX-License-Identifier: Apache-2.0
// The register in the store: read whole, staged in bulk. The only place with SQL about households and
// members.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::registry {

// As of a publish id: the newest row of each id that is not above it. Households by id, members by household
// and id.
[[nodiscard]] Result<Register> read_register(store::DataFolder& folder, PublishId publish);

// The members of the same Register one by one, by id, for who needs them in a form of their own (a roster):
// the texts last until the next one. Memory does not grow with the register.
struct MemberView {
    PersonId id;
    HouseholdId household;
    std::string_view name;
    std::optional<IdNumber> id_number;
    std::string_view relation;
    std::string_view sex;
    std::string_view phone;
};
[[nodiscard]] Result<void> visit_members(store::DataFolder& folder, PublishId publish,
                                         const std::function<void(const MemberView&)>& take);

// Rows that are new or that supersede earlier ones of the same id, under a publish id that begin_publish()
// gave.
[[nodiscard]] Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                                            std::span<const Household> households);
[[nodiscard]] Result<void> stage_members(store::DataFolder& folder, PublishId publish,
                                         std::span<const Member> members);

}  // namespace doudi::registry
