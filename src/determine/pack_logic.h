// SPDX-License-Identifier: Apache-2.0
// Faults of a law that only cases show: two rules that both apply without an order, and what no rule covers.
// Every one comes with a witness, an invented case that determine() answers so. For whoever writes a pack
// (`doudi packs check`).
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "determine/witness_search.h"
#include "policy/pack.h"

namespace doudi::determine {

struct LogicFault {
    Error error;          // names both rules by their clauses and places (file:line:column)
    std::string name;     // of the witness as a file: "two-grants-premium_subsidy-1-2"
    std::string witness;  // a case (docs/formats/case.md)
};

// Of the law in force on that day. Categories outside the exclusive order must say in determination.yaml
// (`beside`, a reporting group) or by `becomes` that they may stand beside it; grants that differ and may
// apply together need `grants_in_order`.
[[nodiscard]] std::vector<LogicFault> logic_faults(const policy::Pack& pack, Date day);

}  // namespace doudi::determine
