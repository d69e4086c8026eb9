// SPDX-License-Identifier: Apache-2.0
#include "http/office/daily.h"

#include <fmt/format.h>

#include <memory>

#include "access/anchors.h"

namespace doudi::http {

namespace {

Result<std::string> anchor(const DailyPlace& place, Date day) {
    auto desk = TRY(place.desks.take());
    const auto tree = TRY(place.units.get(desk->database));
    const auto made = TRY(access::anchor_day(desk->database, place.clock, day,
                                             access::units_above_all(*tree, day), place.audit_key));
    if (!made) return std::string("nothing to anchor");
    if (!place.anchors.empty()) TRY_VOID(access::drop_anchor(place.anchors, *made));
    return fmt::format("record {}", made->seq);
}

Result<std::string> propose(const DailyPlace& place) {
    auto desk = TRY(place.desks.take());
    const auto made = TRY(access::propose_removals(desk->data, desk->database, place.retention, place.clock));
    return made ? fmt::format("proposal {}", made->id) : std::string("nothing is due");
}

}  // namespace

std::vector<jobs::DailyTask> daily_tasks(DailyPlace of) {
    const auto place = std::make_shared<const DailyPlace>(std::move(of));
    return {{.name = "anchor", .every_day = true, .work = [place](Date day) { return anchor(*place, day); }},
            {.name = "files", .every_day = false, .work = [place](Date) { return place->seal_files(); }},
            {.name = "rhythms", .every_day = false, .work = [place](Date) { return place->renew_rhythms(); }},
            {.name = "days", .every_day = false, .work = [place](Date) { return place->renew_days(); }},
            {.name = "retention", .every_day = false, .work = [place](Date) { return propose(*place); }}};
}

}  // namespace doudi::http
