// SPDX-License-Identifier: Apache-2.0
#include "jobs/retention.h"

#include "jobs/retention_repository.h"

namespace doudi::jobs {

std::vector<store::KeptClass> kept_classes() {
    std::vector<store::KeptClass> classes;
    for (const Kept& one : all_kept()) {
        classes.push_back(
            {.id = one.id,
             .counted_from = one.from,
             .ended = [&one](
                          store::DataFolder& folder,
                          Instant before) { return ended_before(folder.database(), one, micros_of(before)); },
             .remove =
                 [&one](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
                         for (const std::string& key : some)
                             TRY_VOID(delete_kept(folder.database(), one, key));
                         return {};
                     });
                 }});
    }
    return classes;
}

}  // namespace doudi::jobs
