// SPDX-License-Identifier: Apache-2.0
#include "archive/kept_rows.h"

#include <charconv>
#include <string>

#include "archive/repository.h"
#include "casework/kept/kept_rows.h"

namespace doudi::archive {
namespace {

using casework::CaseId;

CaseId case_of(const std::string& key) {
    std::uint64_t number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    return CaseId(number);
}

repository::Shelf shelf_of(store::DataFolder& folder) {
    return {folder.database(), folder.seal()};
}

Result<void> release(store::DataFolder& folder, std::span<const std::string> keys, std::int64_t proof) {
    return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
        auto shelf = shelf_of(folder);
        for (const std::string& key : some) {
            const CaseId of = case_of(key);
            TRY_VOID(casework::release_case(folder, of));
            TRY_VOID(repository::delete_items(shelf, of));
            TRY_VOID(repository::put_released(shelf, of, proof));
        }
        return {};
    });
}

}  // namespace

std::vector<store::KeptClass> kept_classes() {
    return {{.id = "casework",
             .counted_from = {"办结归档的办件：办结之日",
                              "of a closed case whose file is sealed: the day on which it was closed"},
             .ended =
                 [](store::DataFolder& folder, Instant before) {
                     return repository::select_ended(folder.database(), civil_day(before));
                 },
             .remove = release}};
}

namespace {

Result<void> forget_items(store::DataFolder& folder, std::optional<PersonId> person,
                          std::optional<HouseholdId> household) {
    return folder.database().write([&]() -> Result<void> {
        auto shelf = shelf_of(folder);
        for (const CaseId of : TRY(casework::repository::select_cases_about(shelf, person, household)))
            TRY_VOID(repository::delete_items(shelf, of));
        return {};
    });
}

}  // namespace

Result<void> forget_in_archive(store::DataFolder& folder, PersonId person) {
    return forget_items(folder, person, std::nullopt);
}

Result<void> forget_in_archive(store::DataFolder& folder, HouseholdId household) {
    return forget_items(folder, std::nullopt, household);
}

Result<void> seal_archive_rows(store::DataFolder& folder) {
    auto shelf = shelf_of(folder);
    return repository::seal_items(shelf);
}

}  // namespace doudi::archive
