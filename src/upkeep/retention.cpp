// SPDX-License-Identifier: Apache-2.0
#include "upkeep/retention.h"

#include "upkeep/repository.h"

namespace doudi::upkeep {

std::vector<store::KeptClass> kept_classes() {
    return {{.id = "change_case",
             .counted_from = {"办结之时（已确认的，生效之后）", "its last step, once it holds"},
             .ended = [](store::DataFolder& folder,
                         Instant before) { return repository::told_before(folder.database(), before); },
             .remove =
                 [](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
                         for (const std::string& key : some)
                             TRY_VOID(repository::put_payload(folder.database(), CaseId(std::stoull(key)), {},
                                                              {}));
                         return {};
                     });
                 }}};
}

}  // namespace doudi::upkeep
