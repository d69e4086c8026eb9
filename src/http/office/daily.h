// SPDX-License-Identifier: Apache-2.0
// What a running office does each day by itself: the log's root goes to the unit above; closed cases get
// their files; who is due by rhythm is listed; a case past its day is listed by what has passed; what is
// older than its term is listed and proposed. It removes nothing by itself.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/retention.h"
#include "base/clock.h"
#include "http/office/desk.h"
#include "http/request/call.h"
#include "jobs/daily.h"

namespace doudi::http {

struct DailyPlace {
    Desks& desks;
    UnitsNow& units;
    const access::RetentionTable& retention;
    const Clock& clock;
    std::string audit_key;
    std::filesystem::path anchors;                       // a folder for files of roots; empty: none
    std::function<Result<std::string>()> seal_files;     // of closed cases that have none yet
    std::function<Result<std::string>()> renew_rhythms;  // from which day each household is due by rhythm
    std::function<Result<std::string>()> renew_days;     // of cases whose day has passed: by which clock
};
// All that the place names must outlive them.
[[nodiscard]] std::vector<jobs::DailyTask> daily_tasks(DailyPlace place);

}  // namespace doudi::http
