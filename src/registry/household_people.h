// SPDX-License-Identifier: Apache-2.0
// The people of one household, those who are in it and those who were, from one reading (repository.cpp).
#pragma once
#include <vector>

#include "base/result.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::registry {

struct PeopleOfHousehold {
    std::vector<Member> members;  // by id
    std::vector<PersonId> once;   // who was in it once and is not now (once_in), by id
};
[[nodiscard]] Result<PeopleOfHousehold> people_of(store::DataFolder& folder, PublishId publish,
                                                  HouseholdId household);
// Those who are in it, by id; nothing that is said of them is opened.
[[nodiscard]] Result<std::vector<PersonId>> who_is_in(store::DataFolder& folder, PublishId publish,
                                                      HouseholdId household);

}  // namespace doudi::registry
