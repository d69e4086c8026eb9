// SPDX-License-Identifier: Apache-2.0
#include "upkeep/warnings.h"

#include <algorithm>
#include <array>
#include <set>

namespace doudi::upkeep {

namespace {

constexpr std::array<std::string_view, 3> go_names{"", "carry", "close"};

std::int64_t successor_in(const Case& change, std::int64_t household) {
    for (const Change& one : change.changes) {
        const bool refers = one.subject == Subject::household && one.subject_id == household &&
                            one.field == "successor" && !one.after.empty();
        if (refers) return std::stoll(one.after);
    }
    return 0;
}

// Where all go whom the case takes out of the household; 0: to several, or off the register.
std::int64_t where_all_go(const Case& change, std::int64_t household) {
    std::set<std::int64_t> places;
    for (const Change& one : change.changes) {
        const bool leaves = one.subject == Subject::person && one.field == "household" &&
                            one.before == std::to_string(household);
        if (leaves && !one.after.empty()) places.insert(std::stoll(one.after));
    }
    return places.size() == 1 ? *places.begin() : 0;
}

}  // namespace

std::string_view name_of(WarningsGo go) {
    return go_names[static_cast<std::size_t>(go)];
}

const Step* Case::warnings_said() const {
    const auto at = std::ranges::find_if(
        steps.rbegin(), steps.rend(), [](const Step& step) { return step.warnings != WarningsGo::unsaid; });
    return at == steps.rend() ? nullptr : &*at;
}

std::vector<Ending> endings_of(const Case& change) {
    std::vector<Ending> endings;
    for (const Change& one : change.changes) {
        const bool ends = one.subject == Subject::household && one.field == "ended_on" &&
                          !one.after.empty() && one.subject_id > 0;
        if (!ends) continue;
        const std::int64_t successor = successor_in(change, one.subject_id);
        endings.push_back({HouseholdId(static_cast<std::uint32_t>(one.subject_id)),
                           successor != 0 ? successor : where_all_go(change, one.subject_id)});
    }
    return endings;
}

Result<void> check_warnings(HouseholdWarnings& warnings, const Case& change, const WarningsWord& word) {
    for (const Ending& ending : endings_of(change)) {
        if (!TRY(warnings.is_open(ending.household))) continue;
        if (word.go == WarningsGo::unsaid) {
            return fail(
                ErrorKind::conflict, "warning_open",
                {"将终止的户有未办结的预警：确认时须写明随人转入（carry）还是办结（close，附理由）",
                 "a household that ends has an open warning: who confirms says whether it goes on with the "
                 "household to which the people go (carry) or is closed (close, with a reason)"},
                "warnings");
        }
        if (word.go == WarningsGo::carry && ending.heir == 0) {
            return fail(
                ErrorKind::invalid, "warning_no_heir",
                {"该户的人没有去往同一户：未办结的预警无处可转，只能办结（close，附理由）",
                 "the people do not go to one household: the open warning has nowhere to go on and can only "
                 "be closed, with a reason"},
                "warnings");
        }
    }
    return {};
}

}  // namespace doudi::upkeep
