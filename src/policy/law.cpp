// SPDX-License-Identifier: Apache-2.0
#include "policy/law.h"

#include <algorithm>
#include <tuple>

namespace doudi::policy {

expr::TypeKind type_of(FactType type) {
    switch (type) {
        case FactType::boolean:
            return expr::TypeKind::boolean;
        case FactType::integer:
            return expr::TypeKind::integer;
        case FactType::money:
            return expr::TypeKind::money;
        case FactType::amount:
            return expr::TypeKind::amount;
        case FactType::ratio:
            return expr::TypeKind::ratio;
        case FactType::date:
            return expr::TypeKind::date;
        case FactType::word:
            return expr::TypeKind::string;
    }
    return expr::TypeKind::poison;
}

namespace {

template <class Element>
int index_of(const std::vector<Element>& elements, std::string_view id) {
    const auto found = std::ranges::find(elements, id, &Element::id);
    return found == elements.end() ? -1 : static_cast<int>(found - elements.begin());
}

template <class Value>
const Value* find_key(const std::vector<std::pair<std::string, Value>>& pairs, std::string_view key) {
    const auto found = std::ranges::find_if(pairs, [&](const auto& pair) { return pair.first == key; });
    return found == pairs.end() ? nullptr : &found->second;
}

}  // namespace

const std::string* RouteElement::field(std::string_view key) const {
    return find_key(fields, key);
}

const std::vector<std::string>* RouteElement::list(std::string_view key) const {
    return find_key(lists, key);
}

bool FactSource::is_from(std::string_view teller) const {
    return std::ranges::find(from, teller) != from.end();
}

int Law::fact_of(Subject of, std::string_view id) const {
    const auto found = std::ranges::find_if(
        facts, [&](const FactDefinition& fact) { return fact.of == of && fact.id == id; });
    return found == facts.end() ? -1 : static_cast<int>(found - facts.begin());
}

int Law::parameter_of(std::string_view id) const {
    return index_of(parameters, id);
}

int Law::category_of(std::string_view id) const {
    return index_of(categories, id);
}

int Law::benefit_of(std::string_view id) const {
    return index_of(benefits, id);
}

const RouteElement* Law::route_of(std::string_view section, std::string_view id) const {
    const auto found = std::ranges::find_if(
        routes, [&](const RouteElement& route) { return route.section == section && route.id == id; });
    return found == routes.end() ? nullptr : &*found;
}

std::optional<std::string> Law::value_at(std::string_view path) const {
    for (const StatedElement& element : stated) {
        const std::string place = element.section + "." + element.id;
        if (!path.starts_with(place)) continue;
        std::string_view key = path.substr(place.size());
        if (key.starts_with('.')) key.remove_prefix(1);
        if (const std::string* value = find_key(element.values, key)) return *value;
    }
    return std::nullopt;
}

const ParameterValue* Law::value_of(int parameter, std::string_view region, std::string_view residence,
                                    Date day) const {
    const Parameter& asked = parameters[static_cast<std::size_t>(parameter)];
    if (asked.slice_of.empty()) return policy::value_of(asked, region, residence, day);
    const int whole = parameter_of(asked.slice_of);
    ensure(whole >= 0, "what a slice is of is there");
    return policy::value_of(parameters[static_cast<std::size_t>(whole)], region, asked.slice_residence, day);
}

const ParameterValue* value_of(const Parameter& parameter, std::string_view region,
                               std::string_view residence, Date day) {
    const ParameterValue* best = nullptr;
    const auto rank = [](const ParameterValue& value) {
        return std::tuple(value.region.size(), value.from, value.residence.size());
    };
    for (const ParameterValue& value : parameter.values) {
        const bool holds = region.starts_with(value.region) && value.from <= day &&
                           (!value.to || day <= *value.to) &&
                           (value.residence.empty() || value.residence == residence);
        if (holds && (best == nullptr || rank(*best) < rank(value))) best = &value;
    }
    return best;
}

}  // namespace doudi::policy
