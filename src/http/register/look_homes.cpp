// SPDX-License-Identifier: Apache-2.0
#include "http/register/look_homes.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>

#include "http/register/repository.h"

namespace doudi::http {
namespace {

// A file of a whole register is one record: its numbers would be the register again.
constexpr std::size_t most_named = 50;

// Joined by commas, as the log keeps them; each once.
template <class Id>
std::set<Id> ids_in(std::string_view joined) {
    std::set<Id> ids;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(','), joined.size());
        std::uint32_t id = 0;
        if (std::from_chars(joined.data(), joined.data() + end, id).ec == std::errc()) ids.insert(Id(id));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return ids;
}

template <class Id>
std::vector<Id> first_few(const std::set<Id>& ids) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(ids.size(), most_named));
    return {ids.begin(), std::next(ids.begin(), count)};
}

}  // namespace

Result<LookHomes> LookHomes::of(Call& call, std::span<const access::AuditRecord> records) {
    LookHomes told;
    const auto scope = call.scope(access::Verb::read, access::Thing::household);
    told.reads_homes_ = !scope.is_empty();
    std::set<PersonId> persons;
    for (const auto& record : records) {
        if (!record.households.empty()) continue;
        for (const PersonId person : first_few(ids_in<PersonId>(record.persons))) persons.insert(person);
    }
    told.home_of_ = TRY(homes_of_persons(call.desk.data, {persons.begin(), persons.end()}));
    if (!told.reads_homes_) return told;
    std::set<HouseholdId> homes;
    for (const auto& record : records) homes.merge(told.subjects_of(record).first);
    HouseholdFilter filter;
    filter.among = std::vector(homes.begin(), homes.end());
    for (auto& home : TRY(list_households(call.desk.data, scope, filter, "", homes.size())))
        told.codes_.emplace(home.id, std::move(home.code));
    return told;
}

LookHomes::Subjects LookHomes::subjects_of(const access::AuditRecord& record) const {
    Subjects subjects;
    if (const auto homes = ids_in<HouseholdId>(record.households); !homes.empty()) {
        const auto first = first_few(homes);
        subjects.first.insert(first.begin(), first.end());
        subjects.total = homes.size();
        return subjects;
    }
    const auto persons = ids_in<PersonId>(record.persons);
    const auto first = first_few(persons);
    std::size_t left = 0;  // of no household any more
    for (const PersonId person : first) {
        const auto home = home_of_.find(person);
        if (home == home_of_.end())
            ++left;
        else
            subjects.first.insert(home->second);
    }
    subjects.total = subjects.first.size() + left + (persons.size() - first.size());
    return subjects;
}

std::vector<std::string> LookHomes::codes_of(const Subjects& subjects) const {
    std::vector<std::string> codes;
    for (const HouseholdId home : subjects.first) {
        const auto code = codes_.find(home);
        if (code != codes_.end()) codes.push_back(code->second);
    }
    return codes;
}

void LookHomes::tell(const access::AuditRecord& record, boost::json::object& item) const {
    const Subjects subjects = subjects_of(record);
    item["homes_total"] = subjects.total;
    if (!reads_homes_) {
        item["homes"] = nullptr;
        return;
    }
    boost::json::array codes;
    for (const std::string& code : codes_of(subjects)) codes.emplace_back(code);
    item["homes"] = std::move(codes);
}

LookHomes::Cells LookHomes::cells(const access::AuditRecord& record) const {
    const Subjects subjects = subjects_of(record);
    Cells cells;
    for (const std::string& code : codes_of(subjects)) cells.homes += (cells.homes.empty() ? "" : ";") + code;
    if (subjects.total > 0) cells.homes_total = std::to_string(subjects.total);
    return cells;
}

}  // namespace doudi::http
