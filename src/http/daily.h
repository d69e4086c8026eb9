// SPDX-License-Identifier: Apache-2.0
// What a running office does each day by itself: the log's root goes to the unit above; what is older than
// its term is listed and proposed. It removes nothing by itself.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "access/retention.h"
#include "base/clock.h"
#include "http/call.h"
#include "http/desk.h"
#include "jobs/daily.h"

namespace doudi::http {

struct DailyPlace {
    Desks& desks;
    UnitsNow& units;
    const access::RetentionTable& retention;
    const Clock& clock;
    std::string audit_key;
    std::filesystem::path anchors;  // a folder for files of roots; empty: none
};
// All that the place names must outlive them.
[[nodiscard]] std::vector<jobs::DailyTask> daily_tasks(DailyPlace place);

}  // namespace doudi::http
