// SPDX-License-Identifier: Apache-2.0
#include "http/register/signatures.h"

#include <algorithm>
#include <vector>

#include "access/authorisations.h"
#include "registry/household_people.h"

namespace doudi::http {

std::optional<Date> birthday(const registry::Member& member) {
    if (!member.id_number) return std::nullopt;
    return member.id_number->birth_date();
}

Result<std::optional<int>> unsigned_adults(Call& call, const casework::CaseHead& of, std::string_view scope,
                                           Date day) {
    if (!of.household) return std::optional<int>();
    store::DataFolder& data = call.desk.data;
    std::vector<access::HouseholdPerson> people;
    std::vector<access::Authorisation> papers;
    for (const registry::Member& member :
         TRY(registry::people_of(data, data.current(), *of.household)).members) {
        people.push_back({member.id, birthday(member)});
        const auto own = TRY(access::authorisations_of(call.desk.database, member.id));
        papers.insert(papers.end(), own.begin(), own.end());
    }
    if (people.empty()) return std::optional<int>();
    const auto states = access::signing_states(access::AuthorisationBook(std::move(papers)),
                                               call.services.rules, people, scope, day);
    const auto missing = std::ranges::count_if(states, [](const access::SigningState& one) {
        return one.signs_as != access::SignedAs::guardian &&
               one.answer != access::AuthorisationAnswer::covered;
    });
    return std::optional(static_cast<int>(missing));
}

Result<std::optional<casework::Ages>> ages_of(Call& call, std::optional<HouseholdId> household,
                                              std::optional<PersonId> person, int years, Date day) {
    constexpr int months = 12;
    if (!household) return std::optional<casework::Ages>();
    store::DataFolder& data = call.desk.data;
    auto people = TRY(registry::people_of(data, data.current(), *household)).members;
    if (person) std::erase_if(people, [&](const registry::Member& member) { return member.id != *person; });
    if (people.empty()) return std::optional<casework::Ages>();
    casework::Ages ages;
    for (const registry::Member& member : people) {
        const auto born = birthday(member);
        if (!born)
            ++ages.unknown;
        else if (day >= born->plus_months(months * years))
            ++ages.reached;
    }
    return std::optional(ages);
}

}  // namespace doudi::http
