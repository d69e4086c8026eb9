// SPDX-License-Identifier: Apache-2.0
// Who has looked at what rules found, in the store. The reason lies under the key of whom the case is about.
#pragma once
#include "casework/lists/rule_hits.h"

namespace doudi::casework::repository {

// Gives its number. Within write().
[[nodiscard]] Result<std::int64_t> insert_hit_look(Shelf& shelf, const CaseHead& head, const std::string& hit,
                                                   const HitLook& look);
[[nodiscard]] Result<std::optional<HitLook>> select_hit_look(Shelf& shelf, const CaseHead& head,
                                                             const std::string& hit);

}  // namespace doudi::casework::repository
