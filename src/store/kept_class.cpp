// SPDX-License-Identifier: Apache-2.0
#include "store/kept_class.h"

#include <algorithm>

namespace doudi::store {

Result<void> remove_in_parts(Database& database, std::span<const std::string> keys,
                             const std::function<Result<void>(std::span<const std::string>)>& take) {
    constexpr std::size_t keys_of_transaction = 1000;
    while (!keys.empty()) {
        const auto part = keys.first(std::min(keys.size(), keys_of_transaction));
        TRY_VOID(database.write([&] { return take(part); }));
        keys = keys.subspan(part.size());
    }
    return {};
}

}  // namespace doudi::store
