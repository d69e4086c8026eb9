// SPDX-License-Identifier: Apache-2.0
// Rows of workbooks that came back (returned.h) of which each opens a case, or says why it does not, once a
// person takes it: of who is due by rhythm (returned_due.h), of first requests (returned_first.h).
#pragma once
#include <optional>
#include <vector>

#include "casework/returned/returned.h"

namespace doudi::casework {

struct ReturnedOpening : ReturnedAt {
    bool opens = true;                  // false: it says why not
    std::optional<CaseId> opened = {};  // of a row that opened one, or found it there
};

struct TakenOpening {
    RowOutcome outcome = RowOutcome::waiting;  // as it stands now; still waiting: `faults` say why
    std::optional<CaseId> opened = {};
    std::vector<MoveFault> faults = {};
    std::optional<Moved> moved = {};  // of one that was opened just now
};

}  // namespace doudi::casework
