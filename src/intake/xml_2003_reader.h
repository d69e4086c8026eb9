// SPDX-License-Identifier: Apache-2.0
// "XML spreadsheet 2003", which provincial systems save under the name .xls.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "intake/sheet.h"

namespace doudi::intake {

[[nodiscard]] Result<void> read_xml_2003(const std::filesystem::path& path, const FileFormat& format,
                                         const Limits& limits, SheetSink& sink);

}  // namespace doudi::intake
