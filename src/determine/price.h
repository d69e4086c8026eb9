// SPDX-License-Identifier: Apache-2.0
// What it costs to get a fact, as the pack orders it (semantics 25), and what it is called.
#pragma once
#include <string>

#include "determine/facts.h"
#include "determine/missing.h"

namespace doudi::determine {

// A figure that an authority has to set and a rule that it has to make cost more than anything an office can
// do itself: they are asked for last.
[[nodiscard]] FactPrice price_of(const policy::Law& law, const Case& told, const FactKey& key);
// Cheapest first; of equal price in the order of the pack, then of the members.
void sort_by_price(const policy::Law& law, const Case& told, std::vector<FactKey>& keys);

// As conditions and golden cases write it: income_month, application.emergency, param.x, rule.x, 甲.age.
[[nodiscard]] std::string key_text(const Case& told, const FactKey& key);

}  // namespace doudi::determine
