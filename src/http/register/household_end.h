// SPDX-License-Identifier: Apache-2.0
// That a household ended and who left it, as a session sees it.
#pragma once
#include <boost/json.hpp>
#include <span>

#include "http/register/reach.h"

namespace doudi::http {

// Of one that ended; null: it stands.
[[nodiscard]] Result<boost::json::value> ended_json(Call& call, const PlacedHousehold& placed);
// Who was in it and is not now (`once`: registry::once_in); they are looked at.
[[nodiscard]] Result<boost::json::array> left_json(Call& call, const PlacedHousehold& placed,
                                                   std::span<const PersonId> once, const Shower& shower,
                                                   access::Look& look);

}  // namespace doudi::http
