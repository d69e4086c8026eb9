// SPDX-License-Identifier: Apache-2.0
// The values of parameters, as parameters.yaml and an office's own file state them.
#pragma once
#include "policy/law_draft.h"

namespace doudi::policy {

// The words of the fact by which parameters go (residence_fact); none if the pack has no such fact.
using Residences = std::optional<std::vector<std::string>>;
[[nodiscard]] Residences residences_of(const std::vector<FactDefinition>& facts);

// One `values` list. What is wrong is reported; two values for one place and day are.
[[nodiscard]] std::vector<ParameterValue> read_values(const YamlValue& list, const Parameter& parameter,
                                                      const Citation& cite, const Residences& residences);

// An office's file, {id, values} each, laid over a law: a value for the same place, residence and first day
// takes the place of the one that was there.
void lay_parameters_over(const YamlValue& file, Law& law);

// A level's target is a number of working days: 1 to 1000, whatever figure an office lays over.
void check_targets(const Pack& pack, Faults& faults);

}  // namespace doudi::policy
