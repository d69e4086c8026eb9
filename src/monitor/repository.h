// SPDX-License-Identifier: Apache-2.0
// Warnings and cycles in the store. A warning's version is a row of its own publish id; the one that holds is
// the latest that is published. All SQL of this room stands in repository.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "monitor/fold.h"
#include "policy/pack.h"
#include "store/data_folder.h"

namespace doudi::monitor {

struct StoredCycle {
    PublishId publish;
    AsOf as_of;
    std::string segment;  // its memory
    std::string manifest;
    std::string roster;    // of the manifest: fingerprint
    std::string law;       // of the manifest: the datasets' fingerprint
    std::string verdicts;  // of the manifest: what people had said of rows by then; empty: nothing
};

// A published file, as far as a cycle is concerned.
struct CycleArrival {
    PublishId publish;
    std::uint32_t id = 0;
    std::string file_name;
    std::string dataset;
    AsOf as_of;
    std::string segment;
    std::uint64_t held = 0;
    PublishId replaced;  // with which a new reading of its original came; 0: it stands
};

[[nodiscard]] Result<std::optional<StoredCycle>> last_cycle(store::DataFolder& store);
// All that are published, in the order of their ids.
[[nodiscard]] Result<std::vector<CycleArrival>> all_arrivals(store::DataFolder& store);
// Open warnings, exits, and the last id given out; what was closed last, if asked for.
[[nodiscard]] Result<Memory> load_warnings(store::DataFolder& store, const policy::Pack& pack,
                                           bool with_closed);
[[nodiscard]] Result<std::optional<Date>> last_closing(store::DataFolder& store);

[[nodiscard]] Result<void> stage_changes(store::DataFolder& store, PublishId publish,
                                         const policy::Pack& pack, const CycleResult& result);
// The households newly proposed for exit, and what ended them.
[[nodiscard]] Result<void> stage_exits(store::DataFolder& store, PublishId publish, AsOf as_of,
                                       const policy::Pack& pack, const match::Roster& roster,
                                       const CycleResult& result);
[[nodiscard]] Result<void> stage_memory(store::DataFolder& store, PublishId publish, AsOf as_of,
                                        std::string_view segment);

// All that are in doubt now; those of an indicator that the pack does not have (any more) are left out.
[[nodiscard]] Result<std::vector<DoubtfulEvent>> load_doubts(store::DataFolder& store,
                                                             const policy::Pack& pack);
[[nodiscard]] Result<void> stage_doubts(store::DataFolder& store, PublishId publish, const policy::Pack& pack,
                                        std::span<const DoubtfulEvent> doubts);

// An open warning by the household's number; empty if the household is not on the register or has none.
struct OpenOfHousehold {
    bool known = false;  // the household is on the register
    std::uint32_t id = 0;
    std::optional<std::uint32_t> warning;
    std::optional<Date> issued_on;
    std::optional<Date> changed_on;  // as of which it became what it is now
};
[[nodiscard]] Result<OpenOfHousehold> find_open(store::DataFolder& store, std::string_view household_code);
// A closed version of each warning, otherwise as it stands.
[[nodiscard]] Result<void> stage_closed(store::DataFolder& store, PublishId publish, AsOf as_of,
                                        std::span<const std::uint32_t> warnings);

struct ExplainedEvent;
// The events of a warning as its newest published version has them, by date.
[[nodiscard]] Result<std::vector<ExplainedEvent>> warning_events(store::DataFolder& store,
                                                                 std::uint32_t warning);
[[nodiscard]] Result<bool> is_exit_proposed(store::DataFolder& store, std::string_view household_code);

// One version of a warning and the run that published it.
struct WarningVersion {
    Warning warning;    // level not resolved
    std::string level;  // id
    PublishId publish;
    Date as_of;
};
// All published versions of all warnings that a household has or had, by warning and publish: where it was
// another household's before or is since, those too.
[[nodiscard]] Result<std::vector<WarningVersion>> warning_versions(store::DataFolder& store,
                                                                   std::string_view household_code);

}  // namespace doudi::monitor
