// SPDX-License-Identifier: Apache-2.0
// What this room keeps for a term: warnings that were closed, with all their versions and events; doubts of
// earlier cycles; what earlier cycles remembered.
#pragma once
#include <vector>

#include "store/kept_class.h"

namespace doudi::monitor {

[[nodiscard]] std::vector<store::KeptClass> kept_classes();

}  // namespace doudi::monitor
