// SPDX-License-Identifier: Apache-2.0
// A household as the register said on a day: papers say how things stood then.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::archive {

struct Home {
    std::optional<registry::Household> household;  // none: the case is about none
    std::vector<registry::Member> members;         // by id; who was forgotten is not among them

    // The member who is its head; null: no member bears the head's name.
    [[nodiscard]] const registry::Member* head() const;
    [[nodiscard]] const registry::Member* member(PersonId id) const;
};

// A day before the register had the household is read as the day on which it came.
[[nodiscard]] Result<Home> home_on(store::DataFolder& data, HouseholdId household, Date day);

// Nothing: the number is not known.
[[nodiscard]] std::optional<bool> is_adult(const registry::Member& member, Date day, int adult_years);

}  // namespace doudi::archive
