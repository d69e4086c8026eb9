// SPDX-License-Identifier: Apache-2.0
// What the rest of store needs of failpoints: to be told that the (pretended) disk is full, and to take back
// what a power cut loses.
#pragma once
#include <functional>

#include "store/failpoint.h"

namespace doudi::store {

[[nodiscard]] bool failpoints_on();
[[nodiscard]] bool failpoints_lose();
// failpoint(), and false if the write is to fail because the disk is full.
[[nodiscard]] bool pass_failpoint(FailpointKind kind, const char* where);
// Called, the last registered first, just before the process ends by "N:lose". For the life of the process.
void at_power_cut(std::function<void()> undo);

}  // namespace doudi::store
