// SPDX-License-Identifier: Apache-2.0
// What can be said of a law without a case: names that nothing uses.
#pragma once
#include <string>
#include <vector>

#include "policy/law.h"

namespace doudi::policy {

struct UnusedNames {
    std::vector<std::string> facts;  // no condition, amount, branch or other fact reads them
    std::vector<std::string> parameters;
};
// In the order of the law.
[[nodiscard]] UnusedNames unused_names(const Law& law);

}  // namespace doudi::policy
