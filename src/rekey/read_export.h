// SPDX-License-Identifier: Apache-2.0
// Reads a platform's export: files whose headings are those of a register (datasets/register.*.yaml) or those
// that the platform's form states, of any format that intake reads.
#pragma once
#include <filesystem>
#include <span>

#include "base/result.h"
#include "policy/pack.h"
#include "rekey/records.h"
#include "rekey/template_file.h"

namespace doudi::rekey {

// The register's datasets with the headings of the platform's exports in the place of ours: of a field that
// the form states, those alone; of another one, ours, and no file must have it. A form that states none: as
// it was.
[[nodiscard]] policy::DatasetCatalogue with_headings(const policy::DatasetCatalogue& catalogue,
                                                     const Template& form);

// Rows of all files in their order. Fails for a file that is no register; what cannot be read of one is told
// in `unreadable`.
[[nodiscard]] Result<Export> read_export(std::span<const std::filesystem::path> files,
                                         const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::rekey
