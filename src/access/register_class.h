// SPDX-License-Identifier: Apache-2.0
// Of which class a field of a household or a member is.
#pragma once
#include <string_view>

#include "access/roles.h"

namespace doudi::access {

// By its name as in registry/fields.h.
[[nodiscard]] FieldClass class_of(std::string_view register_field);

}  // namespace doudi::access
