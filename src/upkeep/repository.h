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
#include "store/kept_class.h"
#include "upkeep/payload.h"
#include "upkeep/records.h"

namespace doudi::upkeep::repository {

// Inside write() or write_beside(): gives the case its number. Who comes at the same moment gets a conflict
// of keys from the store and asks again.
[[nodiscard]] Result<CaseId> insert_case(store::Database& database, const store::DataFolder& folder,
                                         const Case& change);
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
    std::int64_t stand_in = 0;  // by which it calls the subject asked about; 0: by its id
};
struct About {
    Subject subject{};
    std::int64_t id = 0;
};
// Of every case that says something, or of those about one subject.
[[nodiscard]] Result<std::vector<KeptPayload>> payloads(store::Database& database,
                                                        const std::optional<About>& about);
// Cases that say something and whose last step is of before then: decided, and in force if they were
// confirmed.
[[nodiscard]] Result<std::vector<store::Ended>> told_before(store::Database& database, Instant before);
[[nodiscard]] Result<void> put_payload(store::Database& database, CaseId id, std::string_view plain,
                                       std::span<const std::byte> sealed);

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
