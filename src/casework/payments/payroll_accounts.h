// SPDX-License-Identifier: Apache-2.0
// Into which accounts a payroll pays: those in force when a person closed it, for good. Whatever is put in
// force after that is the next list's, and is said beside the line (docs/decisions/0110). A line names the
// step that told the account; the number stays sealed beside that step (accounts_repository.h).
#pragma once
#include <optional>
#include <span>
#include <string>

#include "casework/payments/accounts.h"
#include "casework/payments/payroll.h"

namespace doudi::casework {

// The step that told the account which is in force after these events; 0: it is not known, or the law has no
// accounts.
[[nodiscard]] int account_in_force(const policy::Procedures& procedures, std::string_view machine,
                                   std::span<const CaseEvent> events);

// Whether two steps of a case told one account (0: none was known). Of two whose last four digits are the
// same the numbers are opened and held against each other; they are shown to nobody.
[[nodiscard]] Result<bool> is_one_account(Desk& desk, const CaseHead& head, std::span<const CaseEvent> events,
                                          int one, int other);

// Of a line, as masks; empty: it is not known.
struct LineAccounts {
    std::string shown;      // the account of the list
    std::string was;        // of the list of the month before, where that is another
    std::string next;       // what is in force today, where that is another: the next list's
    bool is_other = false;  // another than on the list before
    bool is_next = false;   // another is in force by now, or none any more
};
// Of a list that is not closed, `next` is none: its account is today's.
[[nodiscard]] Result<LineAccounts> accounts_of_line(Desk& desk, const PayrollLine& line, bool is_closed);

// The number that a closed list goes out with; empty: it was not known then, or it went with the key of whom
// the payment is about.
[[nodiscard]] Result<std::string> account_number(Desk& desk, const PayrollLine& line);

}  // namespace doudi::casework
