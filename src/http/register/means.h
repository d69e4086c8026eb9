// SPDX-License-Identifier: Apache-2.0
// Means of a household are read under a paper of today of everybody whom they concern.
#pragma once
#include <vector>

#include "http/request/call.h"
#include "registry/records.h"

namespace doudi::http {

[[nodiscard]] Outcome<bool> papers_let_read_means(Call& call, const std::vector<registry::Member>& members);

}  // namespace doudi::http
