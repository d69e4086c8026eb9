// SPDX-License-Identifier: Apache-2.0
// A condition of a pack, compiled against the names that may stand in it: the only place where policy/ knows
// how expr/ compiles.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "expr/check.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

// Every fault of the text, each at line:column with a caret below its line; an unknown name with the nearest
// one of the schema's.
[[nodiscard]] std::expected<expr::Program, std::vector<Error>> check_condition(const std::string& text,
                                                                               const expr::Schema& schema,
                                                                               expr::CheckMode mode);
// `at` gives the place; every fault of its text is reported there.
[[nodiscard]] std::optional<expr::Program> compile_condition(
    const YamlValue& at, const std::string& text, const expr::Schema& schema,
    expr::CheckMode mode = expr::CheckMode::pack_condition);

// The place of a node of a compiled condition whose text stands at `at`.
[[nodiscard]] Place place_of_node(const YamlValue& at, const expr::Ast& ast, expr::NodeId node);

}  // namespace doudi::policy
