// SPDX-License-Identifier: Apache-2.0
// A file that was made and is taken away; its name carries who took it.
#pragma once
#include <string>

#include "http/request/call.h"

namespace doudi::http {

// The right to export, and the look that says that a list left the house.
[[nodiscard]] Outcome<void> may_export(Call& call);
// `ending`: "xlsx" or "csv".
[[nodiscard]] Response file_answer(const Call& call, FileBody file, const std::string& name,
                                   const std::string& ending);

}  // namespace doudi::http
