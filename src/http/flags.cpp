// SPDX-License-Identifier: Apache-2.0
#include "http/flags.h"

#include <set>

#include "casework/taken_up.h"

namespace doudi::http {

namespace {

// A list is nobody's case; one that shows one household alone is a look at that household, however it was
// asked for. What a path names is one thing also where it concerns two: a split, a merge, a move.
bool is_one_thing(const Call& call, const std::set<HouseholdId>& households) {
    constexpr std::size_t most = 2;
    return households.size() == 1 || (households.size() == most && !call.parameters.empty());
}

}  // namespace

Result<std::string> flag_of(Call& call, HouseholdId household, std::optional<bool> assigned) {
    const access::Session& who = call.who();
    if (!assigned) assigned = TRY(access::is_assigned(call.desk.database, who.user, household, call.today()));
    if (*assigned) return std::string();
    switch (TRY(casework::taken_up(call.desk.database, household, who.unit, who.user))) {
        case casework::TakenUp::yes:
            return std::string();
        case casework::TakenUp::by_oneself_alone:
            return std::string("own_case");
        case casework::TakenUp::no:
            break;
    }
    return access::flag_of(who, false);
}

Result<void> flag_look(Call& call) {
    access::Look& look = *call.look;
    const std::set<HouseholdId> households(look.households.begin(), look.households.end());
    // A step of a case stands in the case's own chain with who made it; what is judged here is looking.
    const bool judged = call.who().kind == access::SessionKind::staff && look.verb != access::Verb::assign &&
                        look.verb != access::Verb::change;
    if (!judged || !look.flag.empty() || !is_one_thing(call, households)) return {};
    const auto known = households.size() == 1 ? call.assigned : std::nullopt;
    for (const HouseholdId household : households) {
        look.flag = TRY(flag_of(call, household, known));
        if (!look.flag.empty()) return {};
    }
    return {};
}

}  // namespace doudi::http
