// SPDX-License-Identifier: Apache-2.0
// One dataset from one file of datasets/. What the file leaves out and what contradicts itself is a fault at
// its place.
#pragma once
#include "policy/dataset.h"
#include "policy/heading_sets.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

// The dataset as far as it could be read: after a fault it must not be used.
[[nodiscard]] Dataset read_dataset(const YamlValue& file, const HeadingSets& headings);

}  // namespace doudi::policy
