// SPDX-License-Identifier: Apache-2.0
// Reads a file of the register (datasets of kind register_households and register_members), in any format
// that read_sheets() knows. All sheets of a workbook that have the headings are read (one a township); other
// sheets are passed over with a remark.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "intake/register_rows.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

// The fields that the two datasets must have: household_number, region_code, address, head_name, category,
// enrolled_on and income_per_head_month; household_number, name, id_number, relation, sex and phone.
[[nodiscard]] Result<RegisterRows> read_register(const std::filesystem::path& path,
                                                 const policy::DatasetCatalogue& catalogue,
                                                 const Limits& limits = {});

}  // namespace doudi::intake
