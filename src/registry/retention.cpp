// SPDX-License-Identifier: Apache-2.0
#include "registry/retention.h"

#include "registry/retention_repository.h"

namespace doudi::registry {

std::vector<store::KeptClass> kept_classes() {
    return {{.id = "register_history",
             .counted_from = {"被新登记取代之日", "the day on which a newer row superseded it"},
             .ended = [](store::DataFolder& folder,
                         Instant before) { return superseded_before(folder, civil_day(before)); },
             .remove =
                 [](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
                         for (const std::string& key : some)
                             TRY_VOID(delete_superseded(folder.database(), key));
                         return {};
                     });
                 }}};
}

}  // namespace doudi::registry
