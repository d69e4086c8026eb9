// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "monitor/repository.h"
#include "monitor/verbs.h"

namespace doudi::monitor {

namespace {

// What is acknowledged is the warning as it stood on that day: it cannot be a day before it became so.
Result<void> refuse_before_change(AsOf as_of, std::string_view household, const OpenOfHousehold& found) {
    if (found.issued_on && as_of.date < *found.issued_on) {
        return fail(ErrorKind::usage, "closed_before_issued",
                    {fmt::format("{} 的预警在 {} 才发出，不能在 {} 办结", household, found.issued_on->iso(),
                                 as_of.date.iso()),
                     fmt::format("the warning of {} was issued on {}: it cannot be closed as of {}",
                                 household, found.issued_on->iso(), as_of.date.iso())});
    }
    if (found.changed_on && as_of.date < *found.changed_on) {
        return fail(ErrorKind::usage, "closed_before_change",
                    {fmt::format("{} 的预警在 {} 的监测中有变化，不能在 {} 办结", household,
                                 found.changed_on->iso(), as_of.date.iso()),
                     fmt::format("the warning of {} changed in the cycle of {}: it cannot be closed as of {}",
                                 household, found.changed_on->iso(), as_of.date.iso())});
    }
    return {};
}

}  // namespace

Result<CloseReport> close_warnings(store::DataFolder& store, AsOf as_of,
                                   std::span<const std::string> household_codes) {
    CloseReport report;
    std::vector<std::uint32_t> warnings;
    std::set<std::string_view> seen;
    for (const std::string& code : household_codes) {
        if (!seen.insert(code).second) continue;
        const OpenOfHousehold found = TRY(find_open(store, code));
        TRY_VOID(refuse_before_change(as_of, code, found));
        (!found.known ? report.unknown : !found.warning ? report.not_open : report.closed).push_back(code);
        if (found.warning) warnings.push_back(*found.warning);
    }
    if (warnings.empty()) return report;
    const std::string manifest =
        fmt::format(R"({{"kind":"close","as_of":"{}","warnings":{}}})", as_of.date.iso(), warnings.size());
    const PublishId publish = TRY(store.begin_publish("close", as_of, manifest));
    TRY_VOID(stage_closed(store, publish, as_of, warnings));
    TRY_VOID(store.publish(publish));
    return report;
}

}  // namespace doudi::monitor
