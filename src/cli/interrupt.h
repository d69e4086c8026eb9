// SPDX-License-Identifier: Apache-2.0
// Ctrl-C asks long work to stop at the next safe place; a second one ends the program at once (what was not
// published is swept later).
#pragma once
#include <stop_token>

namespace doudi::cli {

void catch_interrupts();
[[nodiscard]] std::stop_token interrupt_token();

}  // namespace doudi::cli
