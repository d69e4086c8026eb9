// SPDX-License-Identifier: Apache-2.0
// Rows that a file proposed, in the store. The rest of this room's SQL stands in repository.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "registry/proposals.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::registry {

// None: the file said nothing new of it.
[[nodiscard]] Result<std::optional<Household>> read_proposed_household(store::DataFolder& folder,
                                                                       PublishId proposal, HouseholdId id);
[[nodiscard]] Result<std::optional<Member>> read_proposed_member(store::DataFolder& folder,
                                                                 PublishId proposal, PersonId id);

// Open rows of a part of the proposal behind an id, by id.
[[nodiscard]] Result<std::vector<Household>> open_households(store::DataFolder& folder,
                                                             const Proposal& proposal,
                                                             const ProposalPart& part, HouseholdId after,
                                                             std::size_t most);
[[nodiscard]] Result<std::vector<Member>> open_members(store::DataFolder& folder, const Proposal& proposal,
                                                       const ProposalPart& part, PersonId after,
                                                       std::size_t most);

// Whether the register may have changed under the proposal at all: something was published since, or says
// what holds from a later day. Where it did not, no row need be asked one by one.
[[nodiscard]] Result<bool> register_moved_on(store::DataFolder& folder, const Proposal& proposal);
// Whether it did so of this household or member.
[[nodiscard]] Result<bool> moved_on(store::DataFolder& folder, const Proposal& proposal, HouseholdId id);
[[nodiscard]] Result<bool> moved_on(store::DataFolder& folder, const Proposal& proposal, PersonId id);

// Whether the household stands on the proposal's day and goes on.
[[nodiscard]] Result<bool> household_stands(store::DataFolder& folder, const Proposal& proposal,
                                            HouseholdId id);

// Whether a new household of the proposal was, by an earlier decision.
[[nodiscard]] Result<bool> is_accepted(store::DataFolder& folder, PublishId proposal, HouseholdId id);

struct Outcome {
    bool household = false;
    std::uint32_t id = 0;
    RowOutcome outcome{};
};
[[nodiscard]] Result<void> stage_outcomes(store::DataFolder& folder, PublishId publish, PublishId proposal,
                                          std::span<const Outcome> outcomes);
[[nodiscard]] Result<void> stage_decision(store::DataFolder& folder, PublishId publish, PublishId proposal,
                                          const Decision& decision);

}  // namespace doudi::registry
