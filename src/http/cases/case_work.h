// SPDX-License-Identifier: Apache-2.0
// What monitoring and casework tell each other, within long work: warnings become cases, and what a person
// has closed is acknowledged before the next cycle scores.
#pragma once
#include <boost/json.hpp>

#include "base/date.h"
#include "casework/warnings.h"
#include "http/office/work.h"

namespace doudi::http {

// With what warnings are made cases: also of the command line.
struct RaisePlace {
    store::DataFolder& writer;
    CaseLaw& case_law;
    const WorkingCalendar& calendar;
    const Clock& clock;
};
// Gives how many were acknowledged.
[[nodiscard]] Result<std::uint64_t> settle_warnings(RaisePlace place, AsOf as_of);
// By the pack of that id, which is in force.
[[nodiscard]] Result<casework::RaiseReport> raise_cases(RaisePlace place, std::string_view pack);

// The same of a cycle.
[[nodiscard]] Result<std::uint64_t> settle_warnings(WorkPlace& place, AsOf as_of);
[[nodiscard]] Result<boost::json::object> raise_cases(WorkPlace& place);
// The job `raise`: the one after the other.
[[nodiscard]] Result<std::string> raise_work(WorkPlace& place, const jobs::Job& job,
                                             jobs::Progress& progress);

}  // namespace doudi::http
