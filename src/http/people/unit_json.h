// SPDX-License-Identifier: Apache-2.0
// An office as answers tell it, without its square of the picture.
#pragma once
#include <boost/json.hpp>

#include "http/request/call.h"

namespace doudi::http {

// `within`: it is the asker's own unit or below it.
[[nodiscard]] inline boost::json::object unit_json(const Call& call, const access::Unit& unit,
                                                   const access::UnitPlace& place, bool within) {
    const auto* above = call.units->find(place.parent);
    using boost::json::value;
    return {{"code", unit.code},
            {"title", unit.title},
            {"kind", access::name_of(unit.kind)},
            {"region", unit.region ? value(unit.region->text()) : value(nullptr)},
            {"department", unit.department},
            {"parent", above != nullptr ? value(above->code) : value(nullptr)},
            {"within", within},
            {"tile", nullptr}};
}

}  // namespace doudi::http
