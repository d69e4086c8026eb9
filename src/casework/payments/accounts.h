// SPDX-License-Identifier: Apache-2.0
// Bank accounts that steps are told (procedures.yaml, fields of type account). The event keeps "****6789",
// as every page, list, paper and message then shows it; the number lies in a table of its own, sealed under
// the key of whom the case is about (accounts_repository.h), and is opened for a reason that is logged.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casework/moves/moves.h"
#include "policy/procedures.h"

namespace doudi::casework {

// What speaks against a value of such a field; the sentence does not repeat it. None: it may be one.
[[nodiscard]] std::optional<MoveFault> check_account(const policy::FieldRule& rule, const std::string& value);
// What is said to whoever tells it and refuses nothing: a check digit that does not fit.
[[nodiscard]] std::vector<MoveFault> account_hints(const policy::Procedures& procedures,
                                                   const Fields& fields);

// Takes the number out of what a step is told and leaves its last four digits there: the digits, in half
// width. None: no account is told. What cannot be one is left as nothing but the marks.
[[nodiscard]] std::optional<std::string> take_account(const policy::Procedures& procedures, Fields& fields);

// The field of a law that tells an account; null: there is none.
[[nodiscard]] const policy::FieldRule* account_field(const policy::Procedures& procedures);
// A step that told an account.
struct AccountTold {
    int event = 0;
    std::string masked;  // as the event keeps it
    std::string whose;   // a word of the field that says it
};
// Into which account a payment goes takes two (docs/decisions/0104): a step tells it, and a step that answers
// that one (`answers`) and names the payee puts it in force.
struct Accounts {
    // None: it is not known; nobody admitted one, or another payee was named since without any.
    std::optional<AccountTold> in_force;
    // None: none waits; what was told was admitted, answered otherwise, or proposed anew.
    std::optional<AccountTold> proposed;
};
[[nodiscard]] Accounts accounts_of(const policy::FieldRule& rule, const policy::Machine& machine,
                                   std::span<const CaseEvent> events);
// The step whose account was proposed and by the last of `events` came to nothing, so that its number is kept
// no longer: it was turned down, or proposed anew, or the case `is_closed`. None: there is none.
[[nodiscard]] std::optional<int> account_dropped(const policy::FieldRule& rule,
                                                 const policy::Machine& machine,
                                                 std::span<const CaseEvent> events, bool is_closed);

}  // namespace doudi::casework
