// SPDX-License-Identifier: Apache-2.0
// What this room keeps for a term: jobs that ended and what they opened down to, events for who watches,
// notes of uploads, answers that are remembered for requests that come twice.
#pragma once
#include <vector>

#include "store/kept_class.h"

namespace doudi::jobs {

[[nodiscard]] std::vector<store::KeptClass> kept_classes();

}  // namespace doudi::jobs
