// SPDX-License-Identifier: Apache-2.0
#include "monitor/retention.h"

#include "monitor/retention_repository.h"

namespace doudi::monitor {
namespace {

using Keys = std::span<const std::string>;

Result<void> remove_memories(store::DataFolder& folder, Keys keys) {
    std::vector<std::string> files;
    TRY_VOID(store::remove_in_parts(folder.database(), keys, [&](Keys some) -> Result<void> {
        for (const std::string& key : some) {
            if (auto file = TRY(delete_memory(folder.database(), std::stoll(key))))
                files.push_back(std::move(*file));
        }
        return {};
    }));
    for (const std::string& file : files) TRY_VOID(folder.remove_blob(store::Shelf::segments, file));
    return {};
}

// Each key by one of the deletions above.
auto each(Result<void> (*take)(store::Database&, std::int64_t)) {
    return [take](store::DataFolder& folder, Keys keys, std::int64_t) {
        return store::remove_in_parts(folder.database(), keys, [&](Keys some) -> Result<void> {
            for (const std::string& key : some) TRY_VOID(take(folder.database(), std::stoll(key)));
            return {};
        });
    };
}

}  // namespace

std::vector<store::KeptClass> kept_classes() {
    using store::DataFolder;
    return {
        {.id = "closed_warning",
         .counted_from = {"办结之日", "the day on which it was closed"},
         .ended = [](DataFolder& folder,
                     Instant before) { return warnings_closed_before(folder, civil_day(before)); },
         .remove = each(delete_warning)},
        {.id = "past_doubt",
         .counted_from = {"该次监测截至之日", "the cycle's day, once a later one ran"},
         .ended = [](DataFolder& folder,
                     Instant before) { return doubts_of_cycles_before(folder, civil_day(before)); },
         .remove = each(delete_doubts)},
        {.id = "cycle_memory",
         .counted_from = {"该次监测截至之日", "the cycle's day, once a later one ran"},
         .ended = [](DataFolder& folder,
                     Instant before) { return memories_before(folder, civil_day(before)); },
         .remove = [](DataFolder& folder, Keys keys, std::int64_t) { return remove_memories(folder, keys); }},
    };
}

}  // namespace doudi::monitor
