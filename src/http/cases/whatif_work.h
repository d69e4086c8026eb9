// SPDX-License-Identifier: Apache-2.0
// What if, as a job: totals as its result, each move as a row behind them.
#pragma once
#include <string>

#include "http/office/work.h"

namespace doudi::http {

[[nodiscard]] Result<std::string> whatif_work(WorkPlace& place, const jobs::Job& job,
                                              jobs::Progress& progress);

}  // namespace doudi::http
