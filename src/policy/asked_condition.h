// SPDX-License-Identifier: Apache-2.0
// A condition about households that a person asks, by the names of a law and in the language of its packs.
#pragma once
#include <string>

#include "policy/load.h"

namespace doudi::policy {

// Checked as a category's line about households is: what it names must be there, `person` stands within
// members alone, words are those of their fact. Faults tell the place as condition:line:column.
[[nodiscard]] Loaded<expr::Program> compile_asked(const Law& law, const std::string& text);

// Whether a fact that is true or false holds of a household, or of anybody in it, as such a condition.
[[nodiscard]] std::string condition_of_fact(const FactDefinition& fact);

}  // namespace doudi::policy
