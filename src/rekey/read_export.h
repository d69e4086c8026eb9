// SPDX-License-Identifier: Apache-2.0
// Reads a platform's export: files whose headings are those of a register (datasets/register.*.yaml), of any
// format that intake reads.
#pragma once
#include <filesystem>
#include <span>

#include "base/result.h"
#include "policy/pack.h"
#include "rekey/records.h"

namespace doudi::rekey {

// Rows of all files in their order. Fails for a file that is no register; what cannot be read of one is told
// in `unreadable`.
[[nodiscard]] Result<Export> read_export(std::span<const std::filesystem::path> files,
                                         const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::rekey
