// SPDX-License-Identifier: Apache-2.0
#include "determine/price.h"

#include <algorithm>
#include <tuple>

namespace doudi::determine {

namespace {

constexpr int dearest_fact = 5;  // a visit or an assessment (docs/formats/pack.md)

}  // namespace

FactPrice price_of(const policy::Law& law, const Case& told, const FactKey& key) {
    const int members = static_cast<int>(told.members.size()) + 1;
    if (key.kind == FactKey::Kind::parameter) return {dearest_fact + 1, law.parameter_of(key.id)};
    if (key.kind == FactKey::Kind::open_rule) return {dearest_fact + 2, law.category_of(key.id)};
    const int index = law.fact_of(key.of, key.id);
    if (index < 0) return {1, 0};  // built in: the applicant's signature
    const int cost = law.facts[static_cast<std::size_t>(index)].get.cost;
    return {std::clamp(cost, 1, dearest_fact), index * members + key.member + 1};
}

void sort_by_price(const policy::Law& law, const Case& told, std::vector<FactKey>& keys) {
    std::ranges::sort(keys, [&](const FactKey& left, const FactKey& right) {
        const FactPrice a = price_of(law, told, left);
        const FactPrice b = price_of(law, told, right);
        return std::tie(a.cost, a.place, left) < std::tie(b.cost, b.place, right);
    });
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::string key_text(const Case& told, const FactKey& key) {
    if (key.kind == FactKey::Kind::parameter) return "param." + key.id;
    if (key.kind == FactKey::Kind::open_rule) return "rule." + key.id;
    if (key.of == policy::Subject::application) return "application." + key.id;
    if (key.of == policy::Subject::household) return key.id;
    return told.members[static_cast<std::size_t>(key.member)].name + "." + key.id;
}

}  // namespace doudi::determine
