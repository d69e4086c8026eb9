// SPDX-License-Identifier: Apache-2.0
#include "http/register/own_household.h"

#include "registry/repository.h"

namespace doudi::http {

Outcome<std::optional<PlacedHousehold>> own_household(Call& call) {
    if (!call.who().person)
        return std::unexpected(
            Failure(403, "not_a_citizen", {"只有群众本人可以查询", "only the person themselves may ask"}));
    if (!call.who().household) return std::nullopt;
    const auto household =
        TRY(registry::read_household(call.desk.data, call.desk.data.current(), *call.who().household));
    return TRY(find_household(call.desk.data, call.scope(access::Verb::read, access::Thing::household),
                              household.code));
}

}  // namespace doudi::http
