// SPDX-License-Identifier: Apache-2.0
// Bank accounts that steps are told (procedures.yaml, fields of type account). The event keeps "****6789",
// as every page, list, paper and message then shows it; the number lies in a table of its own, sealed under
// the key of whom the case is about (accounts_repository.h), and is opened for a reason that is logged.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casework/moves.h"
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
// The step by which it is known into which account a payment goes.
struct AccountTold {
    int event = 0;
    std::string masked;  // as the event keeps it
    std::string whose;   // a word of the field that says it
};
// The last that told one, unless another payee was named since without any. None: it is not known.
[[nodiscard]] std::optional<AccountTold> account_told(const policy::FieldRule& rule,
                                                      std::span<const CaseEvent> events);

}  // namespace doudi::casework
