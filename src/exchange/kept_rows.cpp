// SPDX-License-Identifier: Apache-2.0
#include "exchange/kept_rows.h"

#include <set>

#include "exchange/repository.h"
#include "registry/repository.h"

namespace doudi::exchange {

Result<void> seal_exchange_rows(store::DataFolder& folder) {
    repository::Shelf shelf{folder.database(), folder.seal()};
    return repository::seal_bodies(shelf);
}

Result<void> forget_in_exchange(store::DataFolder& folder, PersonId person, HouseholdId household) {
    std::set<HouseholdId> households{household};
    for (const auto& said : TRY(registry::said_of(folder, folder.current(), person))) {
        if (said.row.household != HouseholdId()) households.insert(said.row.household);
    }
    repository::Shelf shelf{folder.database(), folder.seal()};
    return folder.database().write([&]() -> Result<void> {
        for (const HouseholdId one : households) TRY_VOID(repository::forget_bodies(shelf, one));
        return {};
    });
}

}  // namespace doudi::exchange
