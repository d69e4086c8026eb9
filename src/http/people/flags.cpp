// SPDX-License-Identifier: Apache-2.0
#include "http/people/flags.h"

#include <charconv>
#include <set>

#include "casework/lists/taken_up.h"

namespace doudi::http {

namespace {

// A list is nobody's case; one that shows one household alone is a look at that household, however it was
// asked for. What a path names is one thing also where it concerns two: a split, a merge, a move.
bool is_one_thing(const Call& call, const std::set<HouseholdId>& households) {
    constexpr std::size_t most = 2;
    return households.size() == 1 || (households.size() == most && !call.parameters.empty());
}

// The case that the look names is this office's work about the household.
Result<bool> names_own_work(const Call& call, HouseholdId household) {
    const access::Session& who = call.who();
    std::uint64_t named = 0;
    const std::string& text = who.why.case_ref;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), named);
    if (error != std::errc() || end != text.data() + text.size() || (named >> 62U) != 0) return false;
    return casework::is_case_of_office(call.desk.database, casework::CaseId(named), household, who.unit,
                                       who.user, call.today());
}

}  // namespace

Result<std::string> flag_of(Call& call, HouseholdId household, std::optional<bool> assigned) {
    const access::Session& who = call.who();
    if (!assigned) assigned = TRY(access::is_assigned(call.desk.database, who.user, household, call.today()));
    if (*assigned) return std::string();
    if (TRY(names_own_work(call, household))) return std::string();
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
