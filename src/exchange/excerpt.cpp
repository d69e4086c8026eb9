// SPDX-License-Identifier: Apache-2.0
#include "exchange/excerpt.h"

#include <fmt/format.h>

#include <algorithm>

#include "registry/fields.h"
#include "registry/repository.h"

namespace doudi::exchange {

namespace {

template <class Record>
void say(Words& words, const Record& record, std::span<const std::string_view> fields) {
    for (const std::string_view field : fields) {
        std::string text = registry::text_of(record, field);
        if (!text.empty()) words[std::string(field)] = {std::move(text)};
    }
}

// Numbers of ours mean nothing to others.
constexpr std::string_view own_number[] = {"successor", "household"};

template <class Record>
Mapped<Record> record_of(const Words& words, const std::string& at) {
    Record record;
    for (const auto& [field, values] : words) {
        if (field == "code" || field == "ended_on") continue;
        const auto set = registry::set_field(record, field, values.front());
        if (!set) return std::unexpected(Refusal{at + field, set.error().text});
    }
    return record;
}

const access::Unit* reach_of(const Desk& desk, const Peer& peer) {
    return desk.units.find(peer.stands_for.empty() ? peer.arrives_at : peer.stands_for);
}

bool holds(const Words& ours, const Words& theirs) {
    return std::ranges::all_of(theirs, [&](const auto& field) {
        return first_word(ours, field.first) == (field.second.empty() ? std::string() : field.second.front());
    });
}

const Words* member_like(const Content& ours, const Words& theirs) {
    const std::string number = first_word(theirs, "id_number");
    const std::string name = first_word(theirs, "name");
    for (const Words& one : ours.members) {
        const bool same =
            number.empty() ? first_word(one, "name") == name : first_word(one, "id_number") == number;
        if (same) return &one;
    }
    return nullptr;
}

}  // namespace

Result<Content> excerpt_of(store::DataFolder& data, HouseholdId id) {
    const registry::Household household = TRY(registry::read_household(data, data.current(), id));
    Content content;
    say(content.fields, household, registry::household_fields());
    content.fields["code"] = {household.code};
    for (const registry::Member& member : TRY(registry::members_of(data, data.current(), id))) {
        Words words;
        say(words, member, registry::member_fields());
        for (const std::string_view field : own_number) words.erase(std::string(field));
        content.members.push_back(std::move(words));
    }
    for (const std::string_view field : own_number) content.fields.erase(std::string(field));
    return content;
}

// One that was not placed yet is where its region is: so it will be placed.
Result<bool> in_reach(Desk& desk, const Peer& peer, HouseholdId household) {
    const access::Unit* reach = reach_of(desk, peer);
    if (reach == nullptr) return false;
    const auto unit = TRY(access::unit_of(desk.cases.shelf.database, household, desk.today()));
    if (unit) return desk.units.within(*unit, reach->id, desk.today());
    const auto row = TRY(registry::read_household(desk.data, desk.data.current(), household));
    const access::Unit* of_region = desk.units.of_region(row.region, desk.today());
    return of_region != nullptr && desk.units.within(of_region->id, reach->id, desk.today());
}

Mapped<ExcerptRows> rows_of(const Content& content) {
    const auto household = record_of<registry::Household>(content.fields, "");
    if (!household) return std::unexpected(household.error());
    ExcerptRows rows;
    rows.household.code = first_word(content.fields, "code");
    rows.household.region = household->region;
    rows.household.address = household->address;
    rows.household.head_name = household->head_name;
    rows.household.category = household->category;
    rows.household.enrolled_on = household->enrolled_on;
    rows.household.income_per_head_month = household->income_per_head_month;
    for (const Words& words : content.members) {
        const std::string at = fmt::format("members/{}/", rows.members.size());
        const auto member = record_of<registry::Member>(words, at);
        if (!member) return std::unexpected(member.error());
        registry::MemberRow row;
        row.household_code = rows.household.code;
        row.name = member->name;
        row.id_text = first_word(words, "id_number");
        row.relation = member->relation;
        row.sex = member->sex;
        row.phone = member->phone;
        rows.members.push_back(std::move(row));
    }
    return rows;
}

bool says_the_same(const Content& ours, const Content& theirs) {
    if (!holds(ours.fields, theirs.fields)) return false;
    return std::ranges::all_of(theirs.members, [&](const Words& member) {
        const Words* known = member_like(ours, member);
        return known != nullptr && holds(*known, member);
    });
}

}  // namespace doudi::exchange
