// SPDX-License-Identifier: Apache-2.0
#include "upkeep/kept_payloads.h"

#include <string>
#include <vector>

#include "upkeep/payload.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

namespace {

Result<void> put(store::DataFolder& folder, const repository::KeptPayload& kept, const std::string& json) {
    if (folder.seal() == nullptr) return repository::put_payload(folder.database(), kept.id, json, {});
    const auto record = TRY(seal_payload(folder, kept.key, json));
    return repository::put_payload(folder.database(), kept.id, {}, record);
}

bool is_about(const Change& change, const repository::About& about, std::int64_t stand_in) {
    const bool is_named = change.subject_id == about.id || (stand_in != 0 && change.subject_id == stand_in);
    return change.subject == about.subject && is_named;
}

Result<void> forget_about(store::DataFolder& folder, const repository::About& about) {
    return folder.database().write([&]() -> Result<void> {
        for (const auto& kept : TRY(repository::payloads(folder.database(), about))) {
            Payload payload = TRY(read_payload(
                kept.sealed.empty() ? kept.plain : TRY(open_payload(folder, kept.key, kept.sealed))));
            std::erase_if(payload.changes,
                          [&](const Change& change) { return is_about(change, about, kept.stand_in); });
            payload.note.clear();
            TRY_VOID(put(folder, kept, write_payload(payload)));
        }
        return {};
    });
}

}  // namespace

Result<void> seal_case_rows(store::DataFolder& folder) {
    for (const auto& kept : TRY(repository::payloads(folder.database(), std::nullopt)))
        TRY_VOID(put(folder, kept, kept.plain));
    return {};
}

Result<void> forget_in_cases(store::DataFolder& folder, PersonId person) {
    return forget_about(folder, {Subject::person, std::int64_t{person.value()}});
}

Result<void> forget_in_cases(store::DataFolder& folder, HouseholdId household) {
    return forget_about(folder, {Subject::household, std::int64_t{household.value()}});
}

}  // namespace doudi::upkeep
