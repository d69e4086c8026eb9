// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/served_repository.h"

#include "casework/case_columns.h"

namespace doudi::casework::repository {

Result<void> insert_served(Shelf& shelf, CaseId of, std::string_view digest) {
    auto insert =
        TRY(shelf.database.prepare("insert into casework_decision_number (digest, case_id) values ($1, $2)"
                                   " on conflict (digest, case_id) do nothing"));
    return insert.bind(1, digest).bind(2, number_of(of)).run();
}

Result<std::optional<CaseId>> select_served_elsewhere(Shelf& shelf, std::string_view digest,
                                                      HouseholdId household) {
    auto query = TRY(shelf.database.prepare(
        "select c.id from casework_decision_number d join casework_case c on c.id = d.case_id"
        " where d.digest = $1 and c.household <> $2 order by c.id limit 1"));
    query.bind(1, digest).bind(2, std::int64_t{household.value()});
    if (!TRY(query.step())) return std::optional<CaseId>();
    return std::optional(CaseId(static_cast<std::uint64_t>(query.integer(0))));
}

Result<void> delete_served(Shelf& shelf, CaseId of) {
    auto remove = TRY(shelf.database.prepare("delete from casework_decision_number where case_id = $1"));
    return remove.bind(1, number_of(of)).run();
}

}  // namespace doudi::casework::repository
