// SPDX-License-Identifier: Apache-2.0
// What leaving or being refused brings with it, by the pack's routes: a transfer to another category, with or
// without consent; a phase-out; the months in which the household is still watched.
#pragma once
#include <vector>

#include "determine/facts.h"

namespace doudi::determine {

[[nodiscard]] std::vector<TransferAnswer> transfers_of(const Facts& facts);
[[nodiscard]] std::vector<WatchAnswer> watches_of(const Facts& facts);

}  // namespace doudi::determine
