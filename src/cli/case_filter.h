// SPDX-License-Identifier: Apache-2.0
// Which cases a command is about.
#pragma once
#include <string>

#include "casework/lists/lists_repository.h"
#include "cli/case_office.h"

namespace doudi::cli {

struct CaseWish {
    std::string machine, state, unit, due, household;
    bool closed = false;
};
void add_case_wish(Command& command, const Registration& registration, CaseWish& wish);
// "machine_unknown", "unit_unknown", "household_unknown", or the day that is none.
[[nodiscard]] Result<casework::repository::CaseFilter> case_filter(CaseOffice& office, const CaseWish& wish);

}  // namespace doudi::cli
