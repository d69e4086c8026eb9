// SPDX-License-Identifier: Apache-2.0
// XLSX as a stream: libzip unpacks, expat parses, one row is held at a time. Memory: the shared strings, and
// one row.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "intake/sheet.h"

namespace doudi::intake {

[[nodiscard]] Result<void> read_xlsx(const std::filesystem::path& path, const Limits& limits,
                                     SheetSink& sink);

}  // namespace doudi::intake
