// SPDX-License-Identifier: Apache-2.0
// One template: papers/<id>.yaml.
#pragma once
#include <optional>
#include <string>

#include "policy/yaml_reader.h"
#include "print/field_book.h"
#include "print/layouts.h"
#include "print/paper.h"

namespace doudi::print {

// Reports what is wrong, each with its place; empty if it is no template at all.
[[nodiscard]] std::optional<Paper> read_paper(const policy::YamlValue& top, std::string id,
                                              const FieldBook& book, const Layouts& layouts);

}  // namespace doudi::print
