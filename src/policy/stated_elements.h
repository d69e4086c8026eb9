// SPDX-License-Identifier: Apache-2.0
// Elements as their files state them, key by key, for golden cases, the rule desk and the difference of
// packs.
#pragma once
#include <string_view>
#include <vector>

#include "policy/law_draft.h"
#include "policy/pack_parts.h"

namespace doudi::policy {

// Elements that were laid over each other already, with what they inherit.
void add_stated(std::string_view section, const ElementDrafts& drafts, std::vector<StatedElement>& stated);
// The elements of a list file, laid over those that farther packs state, by id.
void lay_stated_over(std::string_view section, const YamlValue& file, const PackName& pack,
                     std::vector<StatedElement>& stated);
// The same of a mapping whose keys are the ids, as the switches of monitoring.yaml.
void lay_stated_keys_over(std::string_view section, const YamlValue& file, const PackName& pack,
                          std::vector<StatedElement>& stated);

}  // namespace doudi::policy
