// SPDX-License-Identifier: Apache-2.0
// What the row keys of this office's workbooks are sealed with: of its keys; of a folder without any, of what
// the server signs with.
#pragma once
#include <string>

#include "store/data_folder.h"

namespace doudi::http {

[[nodiscard]] Result<std::string> workbook_secret(const store::DataFolder& folder, store::Database& database);

}  // namespace doudi::http
