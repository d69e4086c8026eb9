// SPDX-License-Identifier: Apache-2.0
// Rows are laid over the register: who is who, what is new, what changed. Nearly all rows say what is known
// already, and are told by their keys; only for the others are records looked at.
#pragma once
#include <boost/unordered/unordered_flat_set.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "registry/keys.h"
#include "registry/records.h"
#include "registry/register_index.h"
#include "registry/staged_register.h"
#include "registry/verbs.h"

namespace doudi::registry {

class RegisterMerge {
  public:
    using Regions = boost::unordered_flat_set<std::string>;
    // The index is of the register over which the rows are laid; `records` must outlive it.
    RegisterMerge(RegisterIndex index, StagedRegister& records)
        : index_(std::move(index)), records_(&records) {}

    // Households before members.
    [[nodiscard]] Result<void> add(const HouseholdRow& row, const HouseholdRowKeys& keys);
    [[nodiscard]] Result<void> add(const MemberRow& row, const MemberRowKeys& keys);

    void prefetch(const MemberRowKeys& keys) const { index_.prefetch_number(keys.number); }
    [[nodiscard]] RegisterLoad& load() { return load_; }
    // Whom the rows left out: households that stand, of any place; members of households that were named.
    [[nodiscard]] std::vector<HouseholdId> silent_households() const { return index_.silent_households(); }
    [[nodiscard]] std::vector<SilentMember> silent_members() const { return index_.silent_members(); }
    // Of the households that came.
    [[nodiscard]] const Regions& regions() const { return regions_; }
    [[nodiscard]] const RegisterIndex& index() const { return index_; }
    [[nodiscard]] std::vector<MemberKeys> take_members() { return index_.take_members(); }

  private:
    [[nodiscard]] Result<void> add_new(const HouseholdRow& row, const HouseholdRowKeys& keys);
    [[nodiscard]] Result<void> add_new(const MemberRow& row, const MemberRowKeys& keys,
                                       std::uint32_t household);
    // Over the member with this id; the keys alone did not settle that nothing changes.
    [[nodiscard]] Result<void> lay_over(std::uint32_t id, const MemberRow& row, const MemberRowKeys& keys,
                                        std::uint32_t household);
    void refuse(RegisterFile file, std::uint32_t row, RegisterFault fault, std::string value,
                std::uint32_t earlier = 0);

    RegisterIndex index_;
    StagedRegister* records_;
    RegisterLoad load_;
    Regions regions_;
    std::string last_region_;  // rows of one region come together
};

}  // namespace doudi::registry
