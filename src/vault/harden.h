// SPDX-License-Identifier: Apache-2.0
// What a program does first that will hold people's data: no core dump, nobody may trace it or read its
// memory, and whatever it makes is its owner's alone.
#pragma once

namespace doudi::vault {

void harden_process();

}  // namespace doudi::vault
