// SPDX-License-Identifier: Apache-2.0
// What two laws state differently, key by key, with both clauses.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "policy/law.h"

namespace doudi::http {

struct Statement {
    std::string value;
    std::string clause;  // empty: none
};
struct StatementChange {
    std::string section, id, key;
    std::optional<Statement> before, after;  // none: not stated
    [[nodiscard]] Text say() const;
};
// By section, id and key.
[[nodiscard]] std::vector<StatementChange> statement_changes(const policy::Law& before,
                                                             const policy::Law& after);

}  // namespace doudi::http
