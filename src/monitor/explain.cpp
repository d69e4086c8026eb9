// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "monitor/read.h"
#include "monitor/repository.h"
#include "registry/repository.h"

namespace doudi::monitor {

namespace {

// The clock started with the run that set the due date which still holds.
std::optional<Clock> clock_of(std::span<const WarningVersion> versions, const policy::Policy& policy) {
    const std::optional<DueDate>& due = versions.back().warning.due;
    if (!due) return std::nullopt;
    std::size_t first = versions.size() - 1;
    while (first > 0 && versions[first - 1].warning.due == due) --first;
    const Date start = versions[first].as_of;
    const auto level = std::ranges::find(policy.pack.levels, versions.back().level, &policy::Level::id);
    return Clock{.started_on = start,
                 .due_on = due->date,
                 .working_days = policy.calendar.working_days_between(start, due->date),
                 .provisional = due->provisional,
                 .is_target = level != policy.pack.levels.end() && level->target >= 0};
}

// The day from which it is no more this household's.
Date first_elsewhere(std::span<const WarningVersion> versions, std::uint32_t household) {
    std::size_t first = versions.size() - 1;
    while (first > 0 && versions[first - 1].warning.household != household) --first;
    return versions[first].as_of;
}

Result<ExplainedWarning> explain_warning(store::DataFolder& store, std::span<const WarningVersion> versions,
                                         std::uint32_t household, const policy::Policy& policy) {
    const WarningVersion& now = versions.back();
    ExplainedWarning explained;
    explained.id = now.warning.id;
    explained.state = name_of(now.warning.state);
    explained.score = now.warning.score;
    explained.level = now.level;
    explained.issued_on = now.warning.issued_on;
    explained.clock = clock_of(versions, policy);
    explained.closed_on = now.warning.closed_on;
    explained.closed_why = name_of(now.warning.closed_why);
    // It is another household's by now, which has it with its clock: here it ended with the household.
    if (now.warning.household != household) {
        explained.state = name_of(WarningState::closed);
        explained.clock.reset();
        explained.closed_why = name_of(ClosedWhy::carried);
        explained.closed_on = first_elsewhere(versions, household);
    }
    explained.events = TRY(warning_events(store, explained.id));
    return explained;
}

}  // namespace

Result<Explanation> explain(store::DataFolder& store, const policy::Policy& policy,
                            std::string_view household) {
    const HouseholdId id = TRY(registry::find_by_code(store, store.current(), household));
    if (id == HouseholdId()) {
        return fail(ErrorKind::not_found, "no_such_household",
                    {fmt::format("名册里没有户“{}”", household),
                     fmt::format("there is no household '{}' on the register", household)});
    }
    Explanation explanation;
    explanation.household = household;
    explanation.exit_proposed = TRY(is_exit_proposed(store, household));
    if (explanation.exit_proposed) explanation.exit_events = TRY(exit_events(store, id));
    const std::vector<WarningVersion> versions = TRY(warning_versions(store, household));
    for (std::size_t at = 0; at < versions.size();) {
        std::size_t end = at;
        while (end < versions.size() && versions[end].warning.id == versions[at].warning.id) ++end;
        explanation.warnings.push_back(
            TRY(explain_warning(store, {versions.data() + at, end - at}, id.value(), policy)));
        at = end;
    }
    std::ranges::reverse(explanation.warnings);
    explanation.doubts = TRY(list_doubts(store, household));
    return explanation;
}

}  // namespace doudi::monitor
