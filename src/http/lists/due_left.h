// SPDX-License-Identifier: Apache-2.0
// How far off a due day is, in the days by which the law counts it: lists, cards and phones word it, none
// reckons it.
#pragma once
#include <boost/json.hpp>
#include <optional>

#include "http/request/call.h"

namespace doudi::http {

// Working days until it; 0 today, negative past it. Null: due on no day.
[[nodiscard]] inline boost::json::value working_days_left(const Call& call, std::optional<Date> due) {
    if (!due) return nullptr;
    return call.services.policy.calendar.working_days_between(call.today(), *due);
}
// It lies past the last year whose holidays are known.
[[nodiscard]] inline bool is_provisional(const Call& call, std::optional<Date> due) {
    return due && !call.services.policy.calendar.is_loaded(*due);
}

}  // namespace doudi::http
