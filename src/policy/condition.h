// SPDX-License-Identifier: Apache-2.0
// A condition of a pack, compiled against the columns of one dataset: the only place where policy/ knows how
// expr/ compiles.
#pragma once
#include <optional>
#include <string>

#include "expr/check.h"
#include "policy/dataset.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

// `when` gives the place; every fault of its text is reported there. The names are those of row_schema().
[[nodiscard]] std::optional<expr::Program> compile_condition(const YamlValue& when, const std::string& text,
                                                             const Dataset& dataset);

}  // namespace doudi::policy
