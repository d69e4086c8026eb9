// SPDX-License-Identifier: Apache-2.0
// The old XLS (BIFF) that provincial systems still export. Read by libfreexl in a child process with limits
// (xls_child.h); its crash or its end of time is an error here. libfreexl does not tell merged cells, formula
// errors or hidden sheets.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "intake/sheet.h"

namespace doudi::intake {

[[nodiscard]] Result<void> read_xls(const std::filesystem::path& path, const Limits& limits, SheetSink& sink);

}  // namespace doudi::intake
