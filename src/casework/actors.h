// SPDX-License-Identifier: Apache-2.0
// Whoever signed in, as casework knows them: with what they act, and which cases they reach. The same through
// every door.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "casework/lists/lists_repository.h"
#include "casework/moves/moves.h"
#include "policy/procedures.h"

namespace doudi::casework {

[[nodiscard]] Actor actor_of(const access::Session& session, const access::UnitTree& units, Date day);

// The thing of access/roles.yaml by whose right a machine's cases are read; nothing: a name that is none.
[[nodiscard]] std::optional<access::Thing> thing_named(std::string_view name);

// Machines of a law, by the right that reads their cases; empty: the session may read none.
[[nodiscard]] std::vector<repository::Readable> readable_by(const policy::Procedures& procedures,
                                                            const access::Roles& roles,
                                                            const access::UnitTree& units,
                                                            const access::Session& session, Date day);

}  // namespace doudi::casework
