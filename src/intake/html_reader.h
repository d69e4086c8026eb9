// SPDX-License-Identifier: Apache-2.0
// HTML tables, which web systems export under the name .xls. All tables of the page are one sheet, their rows
// counted on.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "intake/sheet.h"

namespace doudi::intake {

[[nodiscard]] Result<void> read_html(const std::filesystem::path& path, const FileFormat& format,
                                     const Limits& limits, SheetSink& sink);

}  // namespace doudi::intake
