// SPDX-License-Identifier: Apache-2.0
// A campaign's list as it would be drawn by a condition: who holds it, and of whom it is not known, among the
// households that the asker reaches. Long work that reads and writes nothing: a person looks at the list,
// says of each unknown whether it is on it, and opens it as a batch.
#pragma once
#include "http/office/work.h"

namespace doudi::http {

inline constexpr std::string_view list_draft_name = "list_draft";

// Each row's ResultRow::region is its answer: "yes" or "unknown" (also where it could not be computed); its
// body has the household's code.
[[nodiscard]] jobs::Kind list_draft_kind(WorkPlace& place);

}  // namespace doudi::http
