// SPDX-License-Identifier: Apache-2.0
#include "upkeep/departures.h"

#include "registry/repository.h"
#include "upkeep/history.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

Result<std::optional<Ended>> ended(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    const auto rows = TRY(registry::said_of(folder, publish, household));
    ensure(!rows.empty(), "a household of the register");
    const registry::Household& now = rows.back().row;
    if (!now.ended_on) return std::optional<Ended>();
    std::size_t first = rows.size() - 1;  // of the rows that say so to the end
    while (first > 0 && rows[first - 1].row.ended_on) --first;
    const CaseId by = TRY(repository::case_of_publish(folder.database(), rows[first].publish));
    return std::optional(Ended{*now.ended_on, now.successor, by});
}

namespace {

// Of one who was there once and is not now. None: on no day.
Result<std::optional<Left>> left_by(store::DataFolder& folder, PublishId publish, PersonId person,
                                    HouseholdId household) {
    const auto rows = TRY(registry::said_of(folder, publish, person));
    std::size_t last = rows.size() - 1;
    while (rows[last].row.household != household) --last;
    std::size_t first = last;
    while (first > 0 && rows[first - 1].row.household == household) --first;
    const std::span<const registry::Said<registry::Member>> all(rows);
    const Date entered = first > 0 ? rows[first].from : TRY(since(folder, all));
    const auto& next = rows[last + 1];
    if (next.from <= entered) return std::optional<Left>();
    const CaseId by = TRY(repository::case_of_publish(folder.database(), next.publish));
    return std::optional(Left{rows[last].row, next.from, next.row.household, by});
}

}  // namespace

Result<std::vector<Left>> who_left(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    return who_left(folder, publish, household, TRY(registry::once_in(folder, publish, household)));
}

Result<std::vector<Left>> who_left(store::DataFolder& folder, PublishId publish, HouseholdId household,
                                   std::span<const PersonId> once) {
    std::vector<Left> all;
    for (const PersonId person : once) {
        auto left = TRY(left_by(folder, publish, person, household));
        if (left) all.push_back(std::move(*left));
    }
    return all;
}

}  // namespace doudi::upkeep
