// SPDX-License-Identifier: Apache-2.0
#include "registry/shredding.h"

#include <optional>
#include <string>
#include <vector>

#include "registry/register_seal.h"
#include "registry/repository.h"
#include "registry/retention_repository.h"

namespace doudi::registry {

namespace {

// A household's row under the same key, without its head's name.
Result<void> put_headless(store::DataFolder& folder, std::optional<RegisterSeal>& seal,
                          const HouseholdVersion& version) {
    if (!seal)
        return put_household_secrets(folder.database(), version, {version.address, {}, version.income}, {});
    const auto record = seal->seal(PublishId(static_cast<std::uint64_t>(version.publish)), version.id,
                                   {version.address, {}, version.income});
    return put_household_secrets(folder.database(), version, {}, record);
}

// The keys of the register in a file say who has which number: the next load makes one anew.
Result<void> drop_kept_index(store::DataFolder& folder, const std::vector<std::string>& files) {
    for (const std::string& file : files) TRY_VOID(folder.remove_blob(store::Shelf::segments, file));
    return {};
}

}  // namespace

Result<void> shred_person(store::DataFolder& folder, PersonId person) {
    const Member member = TRY(read_member(folder, folder.current(), person));
    auto seal = TRY(RegisterSeal::of(folder));
    std::vector<HouseholdVersion> headed;
    if (!member.name.empty()) headed = TRY(households_headed_by(folder, person, member.name));
    std::vector<std::string> images;
    const auto also = [&]() -> Result<void> {
        images = TRY(forget_kept_index(folder.database()));
        for (const HouseholdVersion& version : headed) TRY_VOID(put_headless(folder, seal, version));
        return blank_member_rows(folder.database(), person);
    };
    (void)TRY(folder.destroy_subject_key(store::SubjectKind::person, person.value(), also));
    return drop_kept_index(folder, images);
}

Result<void> shred_household(store::DataFolder& folder, HouseholdId household) {
    std::vector<std::string> images;
    const auto also = [&]() -> Result<void> {
        images = TRY(forget_kept_index(folder.database()));
        return blank_household_rows(folder.database(), household);
    };
    (void)TRY(folder.destroy_subject_key(store::SubjectKind::household, household.value(), also));
    return drop_kept_index(folder, images);
}

}  // namespace doudi::registry
