// SPDX-License-Identifier: Apache-2.0
#include "registry/changed_repository.h"

namespace doudi::registry {

Result<std::vector<HouseholdId>> changed_between(store::DataFolder& folder, PublishId after,
                                                 PublishId until) {
    auto query =
        TRY(folder.database().prepare("select id from household where publish > $1 and publish <= $2 union "
                                      "select household from member where"
                                      " publish > $1 and publish <= $2 and household <> 0 union select "
                                      "e.household from member m join member e on"
                                      " e.id = m.id and e.publish < m.publish where m.publish > $1 and "
                                      "m.publish <= $2 and e.household <> 0 order"
                                      " by 1"));
    query.bind(1, static_cast<std::int64_t>(after.value())).bind(2, static_cast<std::int64_t>(until.value()));
    std::vector<HouseholdId> ids;
    while (TRY(query.step())) ids.emplace_back(static_cast<std::uint32_t>(query.integer(0)));
    return ids;
}

}  // namespace doudi::registry
