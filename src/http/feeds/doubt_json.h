// SPDX-License-Identifier: Apache-2.0
// An event in doubt as answers write it.
#pragma once
#include <boost/json.hpp>

#include "monitor/read.h"

namespace doudi::http {

// Without its household, which the answer around it names.
[[nodiscard]] boost::json::object doubt_json(const monitor::DoubtRow& doubt);

}  // namespace doudi::http
