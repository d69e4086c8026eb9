// SPDX-License-Identifier: Apache-2.0
// The row of a department's file behind an event of a warning: the evidence that one opens from "why".
#pragma once
#include <fmt/format.h>

#include <boost/json.hpp>
#include <string>

#include "match/told_rows.h"
#include "monitor/read.h"
#include "policy/dataset.h"

namespace doudi::http {

// How an event's row is named in a path: "arrival.row.person".
[[nodiscard]] inline std::string event_id(const monitor::ExplainedEvent& event) {
    return fmt::format("{}.{}.{}", event.arrival, event.row, event.person.value());
}

// The words and figures of a row under the headings that departments write. Who is named is told apart, and
// numbers of papers are not told.
[[nodiscard]] boost::json::array row_values_json(const policy::Dataset& dataset,
                                                 const match::TellingRow& told);

}  // namespace doudi::http
