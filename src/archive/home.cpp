// SPDX-License-Identifier: Apache-2.0
#include "archive/home.h"

#include <algorithm>

#include "registry/repository.h"

namespace doudi::archive {
namespace {

// The last row that holds on the day; null: there was none yet.
template <class Row>
const Row* standing(const std::vector<registry::Said<Row>>& said, Date day) {
    const Row* found = nullptr;
    for (const auto& one : said)
        if (one.from <= day) found = &one.row;
    return found;
}

}  // namespace

const registry::Member* Home::head() const {
    if (!household) return nullptr;
    const auto found = std::ranges::find(members, household->head_name, &registry::Member::name);
    return found == members.end() ? nullptr : &*found;
}

const registry::Member* Home::member(PersonId id) const {
    const auto found = std::ranges::find(members, id, &registry::Member::id);
    return found == members.end() ? nullptr : &*found;
}

Result<Home> home_on(store::DataFolder& data, HouseholdId household, Date day) {
    Home home;
    const PublishId current = data.current();
    const auto said = TRY(registry::said_of(data, current, household));
    if (said.empty()) return home;
    const Date on = std::max(day, said.front().from);
    home.household = *standing(said, on);
    for (const PersonId person : TRY(registry::ever_in(data, current, household))) {
        const auto told = TRY(registry::said_of(data, current, person));
        const registry::Member* member = standing(told, on);
        if (member != nullptr && member->household == household && !member->name.empty())
            home.members.push_back(*member);
    }
    return home;
}

std::optional<bool> is_adult(const registry::Member& member, Date day, int adult_years) {
    constexpr int months = 12;
    if (!member.id_number) return std::nullopt;
    return day >= member.id_number->birth_date().plus_months(months * adult_years);
}

}  // namespace doudi::archive
