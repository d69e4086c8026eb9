// SPDX-License-Identifier: Apache-2.0
// A map that an office brings itself: GeoJSON of the units right below one, held against them. None is
// shipped. What is kept of it is each unit's code, name and outline, nothing else; and the number by which it
// may be shown (审图号).
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request/call.h"

namespace doudi::http {

struct BoundaryPack {
    access::UnitId unit;  // what is drawn stands right below it
    std::string name;
    std::string source;
    Date drawn_on;
    std::string approval_number;
    std::string content;  // GeoJSON
    std::string sha256;
    std::int64_t put_at = 0;  // microseconds since 1970
};

// GS(2024)0650号, 粤S(2023)123号: a number of a map's approval by its form. Whether it was given, nobody here
// knows.
[[nodiscard]] bool is_approval_number(std::string_view text);

// What is drawn, by the codes of the units right below `unit` that are no departments: each once, each of
// them there, and outlines of longitude and latitude. Faults stand at the body's `geojson`.
[[nodiscard]] boost::json::object checked_boundaries(const Call& call, access::UnitId unit,
                                                     const boost::json::value& geojson, BodyFields& faults);

// In the store: boundary_repository.cpp. One for a unit; a new one takes its place.
[[nodiscard]] Result<std::optional<BoundaryPack>> read_boundaries(store::Database& database,
                                                                  access::UnitId unit);
[[nodiscard]] Result<void> put_boundaries(store::Database& database, const BoundaryPack& pack,
                                          access::UserId by);

}  // namespace doudi::http
