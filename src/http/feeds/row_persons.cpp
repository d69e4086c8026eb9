// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/row_persons.h"

#include <algorithm>

#include "http/request/told_number.h"

namespace doudi::http {

namespace json = boost::json;
using access::FieldClass;
using access::Shown;
using access::Thing;

namespace {

json::object not_shown() {
    return {{"name", nullptr}, {"identity_number", nullptr}};
}

access::ScopedRow own_row(const Call& call) {
    return {.unit = call.who().unit, .department = call.who().department};
}

}  // namespace

RowPersons::RowPersons(Call& call, const policy::Dataset& dataset, std::vector<access::Reveal> revealed)
    : call_(call),
      dataset_(dataset),
      is_office_(call.who().department.empty()),
      shower_(call, is_office_ ? Thing::person : Thing::category, revealed),
      reader_(call, revealed) {}

Outcome<RowPersons> RowPersons::of(Call& call, const policy::Dataset& dataset) {
    return RowPersons(call, dataset, TRY(call.reveals()));
}

json::object RowPersons::of_nobody(const match::ToldPerson& told) const {
    if (const auto said = reader_.class_told(dataset_.id); said && !shower_.is_whole(*said, own_row(call_)))
        return not_shown();
    return {{"name", access::mask(FieldClass::name, told.name)},
            {"identity_number",
             told.number == 0 ? json::value(nullptr) : json::value(masked_number(told.number))}};
}

Result<json::object> RowPersons::of_hit(const match::ToldPerson& told, const match::Hit& hit) {
    auto at = places_.find(hit.household);
    if (at == places_.end()) {
        const auto row = TRY(row_of_household(call_, call_.scope(access::Verb::read, Thing::person),
                                              HouseholdId(hit.household)));
        at = places_
                 .emplace(hit.household, PlacedHousehold{.id = HouseholdId(hit.household),
                                                         .code = {},
                                                         .unit = row.unit,
                                                         .assigned = row.assigned})
                 .first;
    }
    const PlacedHousehold& placed = at->second;
    const PersonId person(hit.person);
    if (reader_.shown_told(placed, dataset_.id, person) != Shown::whole) return not_shown();
    access::ScopedRow row = placed.row();
    row.person = person;
    return json::object{{"name", shower_.text(FieldClass::name, row, told.name)},
                        {"identity_number", told.number == 0 ? json::value(nullptr)
                                                             : shower_.text(FieldClass::identity_number, row,
                                                                            masked_number(told.number))}};
}

Result<json::array> RowPersons::of_row(const match::TellingRow& told, std::span<const match::Hit> hits) {
    json::array persons;
    for (std::size_t role = 0; role < told.persons.size(); ++role) {
        const match::ToldPerson& person = told.persons[role];
        if (!is_office_) {
            const access::ScopedRow own = own_row(call_);
            persons.push_back(json::object{
                {"name", shower_.text(FieldClass::name, own, person.name)},
                {"identity_number", person.number == 0 ? json::value(nullptr)
                                                       : shower_.text(FieldClass::identity_number, own,
                                                                      masked_number(person.number))}});
            continue;
        }
        const auto hit =
            std::ranges::find(hits, role, [](const match::Hit& one) { return std::size_t{one.role}; });
        if (hit == hits.end())
            persons.push_back(of_nobody(person));
        else
            persons.push_back(TRY(of_hit(person, *hit)));
    }
    return persons;
}

}  // namespace doudi::http
