// SPDX-License-Identifier: Apache-2.0
// Payrolls as answers write them. Sums are whole fen; `yuan` beside them is for files.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "casework/payments/payroll.h"
#include "http/request/call.h"

namespace doudi::http {

// A list that was closed, with its number and who closed it.
[[nodiscard]] boost::json::object payroll_json(Call& call, const casework::Payroll& payroll);

// What a month comes to: by part, by category, in all.
[[nodiscard]] Outcome<boost::json::object> payroll_sums(const policy::Law& law,
                                                        std::span<const casework::PayrollLine> lines);

// Lines, with the name of whom each is about as far as the reader's right to such cases shows it, and the
// step of the case and its clause behind the difference. The look of the call has their households then.
[[nodiscard]] Outcome<boost::json::array> payroll_lines(Call& call, const policy::Law& law,
                                                        std::span<const casework::PayrollLine> lines);

}  // namespace doudi::http
