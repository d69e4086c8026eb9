// SPDX-License-Identifier: Apache-2.0
// Cases in the store. The only SQL of this room. `database` is the connection that writes or reads; the
// folder knows how the store is sealed and what is published.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "upkeep/payload.h"
#include "upkeep/records.h"

namespace doudi::upkeep::repository {

// Inside write() or write_beside(): gives the case its number. Who comes at the same moment gets a conflict
// of keys from the store and asks again.
[[nodiscard]] Result<CaseId> insert_case(store::Database& database, const store::DataFolder& folder,
                                         const Case& change);
// Many of one kind without changes, each about one household.
[[nodiscard]] Result<void> insert_questions(store::Database& database, const Case& like,
                                            std::span<const HouseholdId> households);
// The next step of a case that stands at step `after`; false: someone else took it.
[[nodiscard]] Result<bool> add_step(store::Database& database, CaseId change, std::size_t after,
                                    const Step& step);

[[nodiscard]] Result<std::optional<Case>> find_case(store::Database& database,
                                                    const store::DataFolder& folder, CaseId id);
// The case whose effect a publication is; 0: it is none.
[[nodiscard]] Result<CaseId> case_of_publish(store::Database& database, PublishId publish);

// What a case says, as it lies there: plain or sealed.
struct KeptPayload {
    CaseId id;
    PayloadKey key;
    std::string plain;
    std::vector<std::byte> sealed;
    std::int64_t stand_in = 0;  // by which it calls the person asked about; 0: by their id
};
// Of every case that says something, or of those about one person.
[[nodiscard]] Result<std::vector<KeptPayload>> payloads(store::Database& database,
                                                        std::optional<PersonId> about);
[[nodiscard]] Result<void> put_payload(store::Database& database, CaseId id, std::string_view plain,
                                       std::span<const std::byte> sealed);

// Confirmed and not in force, the earliest day first.
[[nodiscard]] Result<std::vector<CaseId>> waiting_cases(store::Database& database,
                                                        const store::DataFolder& folder);
// Of these subjects.
[[nodiscard]] Result<std::vector<CaseId>> waiting_cases_of(store::Database& database,
                                                           const store::DataFolder& folder,
                                                           std::span<const PersonId> persons,
                                                           std::span<const HouseholdId> households);
// Households with an open question of this kind.
[[nodiscard]] Result<std::vector<HouseholdId>> asked_about(store::Database& database, std::string_view kind);

struct CaseFilter {
    std::string kind;
    std::string state;
    std::optional<HouseholdId> household;
    PublishId proposal;
    std::optional<bool> in_force;
};
// The newest first, those with a smaller number than `before` (0: from the top), cut to what the scope
// reaches by a household or by the office that becomes responsible; no scope: all.
[[nodiscard]] Result<std::vector<CaseId>> list_cases(store::Database& database,
                                                     const store::DataFolder& folder,
                                                     const access::Scope* scope, const CaseFilter& filter,
                                                     CaseId before, std::size_t most);
[[nodiscard]] Result<bool> reaches(store::Database& database, const access::Scope& scope, CaseId change);

// Cases of these kinds that hold from a day after `from` up to and with `until`, not taken back; of one
// household or of all that the scope reaches. The newest day first.
[[nodiscard]] Result<std::vector<CaseId>> cases_between(store::Database& database,
                                                        const store::DataFolder& folder,
                                                        const access::Scope* scope,
                                                        std::span<const std::string> kinds,
                                                        std::optional<HouseholdId> household, Date from,
                                                        Date until, std::size_t most);

// Under the publish id of the effect.
struct Brought {
    Subject subject{};
    std::uint32_t id = 0;
    std::int64_t stand_in = 0;
};
[[nodiscard]] Result<void> stage_effect(store::DataFolder& folder, PublishId publish, CaseId change,
                                        std::span<const Brought> brought);
[[nodiscard]] Result<std::vector<Brought>> brought_by(store::Database& database, CaseId change);

}  // namespace doudi::upkeep::repository
