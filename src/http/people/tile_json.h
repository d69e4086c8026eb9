// SPDX-License-Identifier: Apache-2.0
// A unit's square in the office's picture, as answers write it; null where it has none.
#pragma once
#include <boost/json.hpp>

#include "access/tiles.h"

namespace doudi::http {

[[nodiscard]] inline boost::json::value tile_json(const access::Tiles& tiles, access::UnitId unit) {
    const auto found = tiles.find(unit);
    if (found == tiles.end()) return nullptr;
    return boost::json::object{{"column", found->second.column}, {"row", found->second.row}};
}

}  // namespace doudi::http
