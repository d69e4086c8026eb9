// SPDX-License-Identifier: Apache-2.0
#include "casework/routing.h"

#include <algorithm>

namespace doudi::casework {

namespace {

std::string value_of(const Fields& told, const Fields& earlier, std::string_view id) {
    std::string value = first_of(told, id);
    return value.empty() ? first_of(earlier, id) : value;
}

std::optional<Routing> chosen(const policy::Law& law, const Fields& told, const Fields& earlier) {
    for (const policy::RouteElement& route : law.routes) {
        if (route.section != "choices") continue;
        const std::string* on = route.field("on");
        const std::string* is = route.field("is");
        const std::string* to = route.field("to");
        if (on == nullptr || is == nullptr || to == nullptr) continue;
        // "person.job_intention" is told as the field of that name.
        const std::string_view field = std::string_view(*on).substr(on->rfind('.') + 1);
        if (value_of(told, earlier, field) == *is) return Routing{*to, {}, route.action, route.cite};
    }
    return std::nullopt;
}

std::vector<std::string> sharers(const policy::Law& law, const std::string& benefit) {
    std::vector<std::string> departments;
    for (const policy::RouteElement& route : law.routes) {
        const auto* duties = route.section == "departments" ? route.list("duties") : nullptr;
        if (duties != nullptr && std::ranges::find(*duties, benefit) != duties->end())
            departments.push_back(route.id);
    }
    return departments;
}

}  // namespace

std::optional<Routing> route_of(const policy::Law& law, const Fields& told, const Fields& earlier) {
    if (auto by_choice = chosen(law, told, earlier)) return by_choice;
    const std::string id = value_of(told, earlier, benefit_field);
    const int benefit = law.benefit_of(id);
    if (benefit < 0) return std::nullopt;
    const policy::Benefit& one = law.benefits[static_cast<std::size_t>(benefit)];
    return Routing{one.department, sharers(law, id), one.channel, one.cite};
}

}  // namespace doudi::casework
