// SPDX-License-Identifier: Apache-2.0
#include "http/request/place_asked.h"

#include "http/people/account_reach.h"

namespace doudi::http {
namespace {

std::optional<access::UnitId> unit_asked(const Call& call, QueryFields& query, std::string_view name) {
    const auto code = query.text(name);
    if (!code) return std::nullopt;
    const auto* unit = call.units->find(std::string_view(*code));
    if (unit != nullptr && reaches(call, unit->id)) return unit->id;
    query.fault(name, "no_such_unit",
                {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"});
    return std::nullopt;
}

}  // namespace

PlaceFilter place_asked(const Call& call, QueryFields& query) {
    return {.below = unit_asked(call, query, "unit"), .at = unit_asked(call, query, "at")};
}

}  // namespace doudi::http
