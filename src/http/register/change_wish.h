// SPDX-License-Identifier: Apache-2.0
// What a change of the register asks for, as JSON: of a request's body, or of a file on the command line.
#pragma once
#include "http/request/fields.h"
#include "upkeep/records.h"

namespace doudi::http {

// {kind, effective_on, source, paper, note, persons: [{id, household, leaves, fields}], households: [{code,
// opens, ends, successor, unit, fields}]}. Every fault is kept; what is read after one is harmless.
[[nodiscard]] upkeep::Wish read_wish(const boost::json::value& body, FieldFaults& faults,
                                     const std::string& at = "");

}  // namespace doudi::http
