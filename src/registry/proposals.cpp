// SPDX-License-Identifier: Apache-2.0
#include "registry/proposals.h"

#include <boost/unordered/unordered_flat_set.hpp>
#include <utility>

#include "registry/proposal_repository.h"
#include "registry/repository.h"

namespace doudi::registry {

namespace {

constexpr std::size_t rows_at_once = 25000;

class Deciding {
  public:
    Deciding(store::DataFolder& folder, PublishId publish, const Proposal& proposal, const ProposalPart& part)
        : folder_(folder), publish_(publish), proposal_(proposal), part_(part) {}

    Result<Decided> accept() {
        moved_on_ = TRY(register_moved_on(folder_, proposal_));
        TRY_VOID(each_household([this](Household& household) { return accept_household(household); }));
        TRY_VOID(each_member([this](Member& member) { return accept_member(member); }));
        return decided_;
    }

    Result<Decided> refuse() {
        TRY_VOID(each_household([this](Household& household) -> Result<void> {
            ++decided_.households;
            outcomes_.push_back({true, household.id.value(), RowOutcome::refused});
            return {};
        }));
        TRY_VOID(each_member([this](Member& member) -> Result<void> {
            ++decided_.members;
            outcomes_.push_back({false, member.id.value(), RowOutcome::refused});
            return {};
        }));
        return decided_;
    }

  private:
    template <class Take>
    Result<void> each_household(Take take) {
        for (HouseholdId after;;) {
            auto rows = TRY(open_households(folder_, proposal_, part_, after, rows_at_once));
            if (rows.empty()) return {};
            after = rows.back().id;
            for (Household& row : rows) TRY_VOID(take(row));
            TRY_VOID(stage_households(folder_, publish_, households_));
            households_.clear();
            TRY_VOID(keep_outcomes());
        }
    }
    template <class Take>
    Result<void> each_member(Take take) {
        for (PersonId after;;) {
            auto rows = TRY(open_members(folder_, proposal_, part_, after, rows_at_once));
            if (rows.empty()) return {};
            after = rows.back().id;
            for (Member& row : rows) TRY_VOID(take(row));
            TRY_VOID(stage_members(folder_, publish_, members_));
            members_.clear();
            TRY_VOID(keep_outcomes());
        }
    }
    Result<void> keep_outcomes() {
        TRY_VOID(stage_outcomes(folder_, publish_, proposal_.id, outcomes_));
        outcomes_.clear();
        return {};
    }

    void overtaken(bool household, std::uint32_t id) {
        ++decided_.overtaken;
        outcomes_.push_back({household, id, RowOutcome::overtaken});
    }

    Result<void> accept_household(Household& household) {
        const HouseholdId proposed = household.id;
        const bool is_new = proposed >= proposal_.first_household;
        if (moved_on_) {
            const bool taken =
                is_new ? TRY(find_by_code(folder_, folder_.current(), household.code)) != HouseholdId()
                       : TRY(moved_on(folder_, proposal_, proposed));
            if (taken) {
                overtaken(true, proposed.value());
                return {};
            }
        }
        if (is_new) new_ones_.insert(proposed.value());
        ++decided_.households;
        outcomes_.push_back({true, proposed.value(), RowOutcome::accepted});
        households_.push_back(std::move(household));
        return {};
    }

    // Whether the household that the row means is on the register; one that is new may not be accepted yet.
    Result<bool> has_household(const Member& member) {
        if (member.household < proposal_.first_household) return true;
        if (new_ones_.contains(member.household.value())) return true;
        return is_accepted(folder_, proposal_.id, member.household);
    }

    // Whether the register says otherwise by now of this person, of the number or of the household.
    Result<bool> has_moved_on(const Member& member, bool is_new) {
        if (!is_new && TRY(moved_on(folder_, proposal_, member.id))) return true;
        if (member.id_number) {
            const PersonId holder = TRY(find_by_number(folder_, folder_.current(), *member.id_number));
            if (holder != PersonId() && (is_new || holder != member.id)) return true;
        }
        if (member.household >= proposal_.first_household) return false;
        return !TRY(household_stands(folder_, proposal_, member.household));
    }

    Result<void> accept_member(Member& member) {
        if (!TRY(has_household(member))) {
            ++decided_.waiting;
            return {};
        }
        const bool is_new = member.id >= proposal_.first_member;
        if (moved_on_ && TRY(has_moved_on(member, is_new))) {
            overtaken(false, member.id.value());
            return {};
        }
        ++decided_.members;
        outcomes_.push_back({false, member.id.value(), RowOutcome::accepted});
        members_.push_back(std::move(member));
        return {};
    }

    store::DataFolder& folder_;
    PublishId publish_;
    const Proposal& proposal_;
    const ProposalPart& part_;
    bool moved_on_ = false;
    boost::unordered_flat_set<std::uint32_t> new_ones_;  // households, accepted here
    std::vector<Household> households_;
    std::vector<Member> members_;
    std::vector<Outcome> outcomes_;
    Decided decided_;
};

}  // namespace

Result<Decided> decide_rows(store::DataFolder& folder, PublishId publish, const Proposal& proposal,
                            const ProposalPart& part, const Decision& decision) {
    Deciding deciding(folder, publish, proposal, part);
    const Decided decided = TRY(decision.accepted ? deciding.accept() : deciding.refuse());
    TRY_VOID(stage_decision(folder, publish, proposal.id, decision));
    return decided;
}

}  // namespace doudi::registry
