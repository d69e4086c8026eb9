// SPDX-License-Identifier: Apache-2.0
// Output that did not arrive is a failure: a full disk behind a redirection must not end in exit code 0.
#pragma once
#include "cli/console.h"

namespace doudi::cli {

[[nodiscard]] bool flush_output(const Console& console);

}  // namespace doudi::cli
