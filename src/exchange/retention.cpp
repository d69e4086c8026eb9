// SPDX-License-Identifier: Apache-2.0
#include "exchange/retention.h"

#include "exchange/repository.h"

namespace doudi::exchange {

std::vector<store::KeptClass> kept_classes() {
    return {{.id = "exchange_message",
             .counted_from = {"办结之时", "when it was done with"},
             .ended =
                 [](store::DataFolder& folder, Instant before) {
                     repository::Shelf shelf{folder.database(), folder.seal()};
                     return repository::select_settled(shelf, before);
                 },
             .remove =
                 [](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     repository::Shelf shelf{folder.database(), folder.seal()};
                     return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
                         for (const std::string& key : some) TRY_VOID(repository::clear_body(shelf, key));
                         return {};
                     });
                 }}};
}

}  // namespace doudi::exchange
