// SPDX-License-Identifier: Apache-2.0
// The days that lists go by, made anew: a figure that was set since, or a year of the calendar that came,
// moves the due day of a case in which nothing happened. Run with each cycle.
#pragma once
#include <cstdint>

#include "casework/desk.h"

namespace doudi::casework {

// Open cases whose listed day was another one. One transaction for each portion; run again it goes on.
[[nodiscard]] Result<std::uint64_t> renew_due_days(Desk& desk);
// The same of those alone whose day has passed: behind a target of the office a term of the law may have
// passed since, which is the graver one. Run each night.
[[nodiscard]] Result<std::uint64_t> renew_passed_days(Desk& desk);

}  // namespace doudi::casework
