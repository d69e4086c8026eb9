// SPDX-License-Identifier: Apache-2.0
// What can be said of a law without a case: names that nothing uses, and what datasets tell of its facts.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/dataset.h"
#include "policy/pack.h"

namespace doudi::policy {

struct UnusedNames {
    std::vector<std::string> facts;  // no condition, amount, branch or other fact reads them
    std::vector<std::string> parameters;
};
// In the order of the law.
[[nodiscard]] UnusedNames unused_names(const Pack& pack);

// Datasets that tell a fact of this law in values that it cannot have. A fact that the law does not know is
// none of its business.
[[nodiscard]] std::vector<Error> mistold_facts(const Law& law, const DatasetCatalogue& catalogue);

}  // namespace doudi::policy
