// SPDX-License-Identifier: Apache-2.0
// The values of parameters, as parameters.yaml and an office's own file state them.
#pragma once
#include "policy/law_draft.h"

namespace doudi::policy {

// One `values` list. What is wrong is reported; two values for one place and day are.
[[nodiscard]] std::vector<ParameterValue> read_values(const YamlValue& list, const Parameter& parameter,
                                                      const Citation& cite);

// An office's file, {id, values} each, laid over a law: a value for the same place, residence and first day
// takes the place of the one that was there.
void lay_parameters_over(const YamlValue& file, Law& law);

}  // namespace doudi::policy
