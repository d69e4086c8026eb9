// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/kept_rows.h"

#include "casework/kept/attachments_repository.h"
#include "casework/kept/determinations_repository.h"
#include "casework/payments/accounts_repository.h"
#include "casework/payments/served_repository.h"
#include "casework/returned/first_requests.h"
#include "casework/returned/returned_due.h"
#include "casework/returned/returned_first.h"

namespace doudi::casework {

Result<void> seal_casework_rows(store::DataFolder& folder) {
    repository::Shelf shelf{folder.database(), folder.seal()};
    for (const CaseId of : TRY(repository::select_told_in_the_clear(shelf))) {
        const auto row = TRY(repository::select_case(shelf, of));
        ensure(row.has_value(), "the case is there: nobody else writes");
        TRY_VOID(repository::seal_told(shelf, row->head));
        TRY_VOID(repository::seal_attachments(shelf, row->head));
        TRY_VOID(repository::seal_determinations(shelf, row->head));
        TRY_VOID(repository::seal_accounts(shelf, row->head));
    }
    TRY_VOID(seal_due_rows(shelf));
    TRY_VOID(seal_first_rows(shelf));
    return seal_first_requests(shelf);
}

namespace {

Result<void> forget_told(store::DataFolder& folder, std::optional<PersonId> person,
                         std::optional<HouseholdId> household) {
    repository::Shelf shelf{folder.database(), folder.seal()};
    return folder.database().write([&]() -> Result<void> {
        for (const CaseId of : TRY(repository::select_cases_about(shelf, person, household)))
            TRY_VOID(release_case(folder, of));
        if (household) TRY_VOID(clear_due_rows(shelf, *household));
        if (person) return repository::delete_determinations_of(shelf, *person);
        return {};
    });
}

}  // namespace

Result<void> forget_in_casework(store::DataFolder& folder, PersonId person) {
    return forget_told(folder, person, std::nullopt);
}

Result<void> forget_in_casework(store::DataFolder& folder, HouseholdId household) {
    return forget_told(folder, std::nullopt, household);
}

Result<void> release_case(store::DataFolder& folder, CaseId of) {
    repository::Shelf shelf{folder.database(), folder.seal()};
    TRY_VOID(repository::clear_told(shelf, of));
    TRY_VOID(repository::delete_determinations(shelf, of));
    TRY_VOID(repository::delete_accounts(shelf, of));
    TRY_VOID(repository::delete_served(shelf, of));
    return repository::delete_attachments(shelf, of);
}

Result<void> hand_to_household(repository::Shelf& shelf, const CaseHead& head,
                               std::optional<HouseholdId> household) {
    CaseHead after = head;
    after.household = household;
    if (shelf.seal != nullptr) {
        TRY_VOID(repository::reseal_told(shelf, head, after));
        TRY_VOID(repository::reseal_attachments(shelf, head, after));
        TRY_VOID(repository::reseal_determinations(shelf, head, after));
        TRY_VOID(repository::reseal_accounts(shelf, head, after));
    }
    return repository::put_household(shelf, head.id, household);
}

}  // namespace doudi::casework
