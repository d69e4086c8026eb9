// SPDX-License-Identifier: Apache-2.0
// A sentence of a template: text with {field}, {field|form} and {____}, a line to write on.
#pragma once
#include <functional>
#include <string_view>

#include "policy/yaml_reader.h"
#include "print/paper.h"

namespace doudi::print {

// The number of a field among those that the wording may name, or -1 after reporting at the place given.
using FieldLookup = std::function<int(std::string_view name, const policy::Place& place)>;

struct WordingScope {
    FieldLookup lookup;
    // The field of that number.
    std::function<const Field&(int)> field;
};

// Reports what is wrong with it, at the character.
[[nodiscard]] Wording read_wording(const policy::YamlValue& value, const WordingScope& scope);
[[nodiscard]] bool names_anything(const Wording& wording);

}  // namespace doudi::print
