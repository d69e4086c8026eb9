// SPDX-License-Identifier: Apache-2.0
// What this room keeps for a term: what messages said that are done with. That there were messages, when, and
// what became of them, stays: by it a message that comes again is known.
#pragma once
#include <vector>

#include "store/kept_class.h"

namespace doudi::exchange {

[[nodiscard]] std::vector<store::KeptClass> kept_classes();

}  // namespace doudi::exchange
