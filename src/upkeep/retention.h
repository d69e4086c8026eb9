// SPDX-License-Identifier: Apache-2.0
// What cases of the register were told, for a term: fields before and after, the paper, the note. That there
// was a case, of which kind, whom it concerned, its steps and its effect are the register's history and stay.
#pragma once
#include <vector>

#include "store/kept_class.h"

namespace doudi::upkeep {

[[nodiscard]] std::vector<store::KeptClass> kept_classes();

}  // namespace doudi::upkeep
