// SPDX-License-Identifier: Apache-2.0
// What people call the fields of the register.
#pragma once
#include <string_view>

#include "base/text.h"

namespace doudi::registry {

// Of a field of fields.h, of a new household's "code" and of the "unit" that is responsible; another one is
// called as it is written.
[[nodiscard]] Text field_title(std::string_view field);

}  // namespace doudi::registry
