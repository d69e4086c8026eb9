// SPDX-License-Identifier: Apache-2.0
#include "registry/staged_register.h"

#include <utility>

#include "registry/proposal_repository.h"
#include "registry/row_columns.h"

namespace doudi::registry {

namespace {
constexpr std::size_t most_held = 25000;
}

Result<Household> StagedRegister::household(HouseholdId id) {
    const auto held = households_.place.find(id.value());
    if (held != households_.place.end()) return households_.rows[held->second];
    if (households_.proposed.contains(id.value())) {
        if (auto proposed = TRY(read_proposed_household(*folder_, publish_, id))) return std::move(*proposed);
    }
    return read_household(*folder_, publish_, id);
}

Result<Member> StagedRegister::member(PersonId id) {
    const auto held = members_.place.find(id.value());
    if (held != members_.place.end()) return members_.rows[held->second];
    if (members_.proposed.contains(id.value())) {
        if (auto proposed = TRY(read_proposed_member(*folder_, publish_, id))) return std::move(*proposed);
    }
    return read_member(*folder_, publish_, id);
}

Result<void> StagedRegister::stage(Household household) {
    households_.put(std::move(household));
    return households_.rows.size() < most_held ? Result<void>{} : flush();
}

Result<void> StagedRegister::stage(Member member) {
    members_.put(std::move(member));
    return members_.rows.size() < most_held ? Result<void>{} : flush();
}

Result<void> StagedRegister::flush() {
    const Ledger ledger = laying_ == Laying::apply ? Ledger::standing : Ledger::proposed;
    TRY_VOID(insert_households(*folder_, publish_, households_.rows, ledger, first_new_.household));
    households_.clear(laying_);
    TRY_VOID(insert_members(*folder_, publish_, members_.rows, ledger, first_new_.person));
    members_.clear(laying_);
    return {};
}

Result<void> StagedRegister::withdraw() {
    households_.clear(laying_);
    members_.clear(laying_);
    return unstage(*folder_, publish_);
}

}  // namespace doudi::registry
