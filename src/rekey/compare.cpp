// SPDX-License-Identifier: Apache-2.0
#include "rekey/compare.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/id_number.h"
#include "base/text_fold.h"
#include "registry/fields.h"
#include "registry/keys.h"

namespace doudi::rekey {
namespace {

using registry::Household;
using registry::Member;

constexpr std::array<std::string_view, 6> household_fields{
    "region", "address", "head_name", "category", "enrolled_on", "income_per_head_month"};
constexpr std::array<std::string_view, 4> member_fields{"name", "relation", "sex", "phone"};

std::string text_of(const registry::HouseholdRow& row, std::string_view field) {
    Household household;
    household.region = row.region;
    household.address = row.address;
    household.head_name = row.head_name;
    household.category = row.category;
    household.enrolled_on = row.enrolled_on;
    household.income_per_head_month = row.income_per_head_month;
    return registry::text_of(household, field);
}

std::string text_of(const registry::MemberRow& row, std::string_view field) {
    if (field == "name") return row.name;
    if (field == "relation") return row.relation;
    if (field == "sex") return row.sex;
    return row.phone;
}

bool is_same(std::string_view field, const std::string& theirs, const std::string& ours) {
    if (field == "name" || field == "head_name") return same_name(theirs, ours);
    if (field == "phone") return fold_phone(theirs) == fold_phone(ours);
    return trim(half_width(theirs)) == trim(half_width(ours));
}

// Our register by what its rows are known by.
class Ours {
  public:
    explicit Ours(const registry::Register& all) : all_(all) {
        for (const Household& one : all.households) {
            by_code_.emplace(one.code, &one);
            by_id_.emplace(one.id, &one);
        }
        for (const Member& one : all.members) {
            if (one.id_number) by_number_.emplace(one.id_number->packed(), &one);
            by_name_[one.household].emplace(registry::name_key(one.name), &one);
        }
    }
    [[nodiscard]] const registry::Register& all() const { return all_; }
    [[nodiscard]] const Household* household(std::string_view code) const {
        return found(by_code_, std::string(code));
    }
    [[nodiscard]] const Household* household(HouseholdId id) const { return found(by_id_, id); }
    [[nodiscard]] const Member* member(std::uint64_t number) const {
        return number == 0 ? nullptr : found(by_number_, number);
    }
    // Those of a household by that name whom a row without a number may mean.
    [[nodiscard]] std::vector<const Member*> named(HouseholdId household, std::uint64_t name) const {
        std::vector<const Member*> all;
        const auto members = by_name_.find(household);
        if (members == by_name_.end()) return all;
        const auto [from, to] = members->second.equal_range(name);
        for (auto at = from; at != to; ++at) all.push_back(at->second);
        return all;
    }

  private:
    template <class Map, class Key>
    static typename Map::mapped_type found(const Map& map, const Key& key) {
        const auto at = map.find(key);
        return at == map.end() ? nullptr : at->second;
    }
    const registry::Register& all_;
    std::unordered_map<std::string, const Household*> by_code_;
    std::map<HouseholdId, const Household*> by_id_;
    std::unordered_map<std::uint64_t, const Member*> by_number_;
    std::map<HouseholdId, std::multimap<std::uint64_t, const Member*>> by_name_;
};

class Comparison {
  public:
    Comparison(const registry::Register& ours, const Export& theirs, const Words& words)
        : ours_(ours), theirs_(theirs), words_(words) {}

    Differences run() {
        find_columns();
        pair_households();
        for (const TheirHousehold& one : theirs_.households) take(one);
        for (const TheirMember& one : theirs_.members) take(one);
        tell_missing();
        return std::move(told_);
    }

  private:
    // An export without a column says nothing of it.
    void find_columns() {
        for (const TheirHousehold& one : theirs_.households)
            for (const std::string_view field : household_fields)
                if (!text_of(one.row, field).empty()) columns_.emplace("household", field);
        for (const TheirMember& one : theirs_.members)
            for (const std::string_view field : member_fields)
                if (!text_of(one.row, field).empty()) columns_.emplace("member", field);
    }

    // By the platform's number of a household, who of ours is in it.
    void pair_households() {
        std::map<std::string, std::set<HouseholdId>> told;
        for (const TheirMember& one : theirs_.members) {
            const Member* member = ours_.member(registry::keys_of(one.row).number);
            if (member != nullptr && member->household != HouseholdId())
                told[one.row.household_code].insert(member->household);
        }
        std::set<std::string> codes;
        for (const TheirHousehold& one : theirs_.households) codes.insert(one.row.code);
        for (const TheirMember& one : theirs_.members) codes.insert(one.row.household_code);
        for (const std::string& code : codes) {
            if (const Household* household = ours_.household(code)) {
                pairs_[code] = household->id;
            } else if (const auto of = told.find(code); of != told.end()) {
                if (of->second.size() == 1) {
                    pairs_[code] = *of->second.begin();
                } else {
                    unclear_.insert(code);
                    may_be_there_.insert(of->second.begin(), of->second.end());
                }
            }
        }
    }

    [[nodiscard]] std::string ours_called(std::string_view field, std::string theirs) const {
        const auto word = words_.find({std::string(field), theirs});
        return word == words_.end() ? std::move(theirs) : word->second;
    }

    template <class Row>
    void compare_field(std::string_view kind, std::string_view field, const Row& row, const std::string& ours,
                       FieldDiffers differs) {
        if (!columns_.contains({std::string(kind), std::string(field)})) return;
        differs.field = field;
        differs.theirs = text_of(row, field);
        differs.ours = ours;
        if (is_same(field, ours_called(field, differs.theirs), ours)) return;
        told_.fields.push_back(std::move(differs));
    }

    void take(const TheirHousehold& one) {
        if (unclear_.contains(one.row.code)) {
            told_.unclear.push_back({one.at,
                                     {},
                                     one.row.code,
                                     {"该户成员分属本级名册的几户，请人工核对",
                                      "its members are of several households here: a person must look"}});
            return;
        }
        const auto pair = pairs_.find(one.row.code);
        if (pair == pairs_.end()) {
            told_.extra.push_back({one.row.code, one.row.head_name, {}, true, one.at});
            return;
        }
        if (!there_.insert(pair->second).second) {
            told_.unclear.push_back({one.at,
                                     {},
                                     one.row.code,
                                     {"平台上有两户对应本级名册的同一户，请人工核对",
                                      "two households there are one here: a person must look"}});
            return;
        }
        const Household& household = *ours_.household(pair->second);
        for (const std::string_view field : household_fields)
            compare_field("household", field, one.row, registry::text_of(household, field),
                          {one.row.code, std::nullopt, {}, {}, {}, one.at});
    }

    // Null: nobody of ours, or it is unclear who.
    const Member* meant_by(const TheirMember& one, bool& is_unclear) const {
        const registry::MemberRowKeys keys = registry::keys_of(one.row);
        if (const Member* member = ours_.member(keys.number)) return member;
        const auto pair = pairs_.find(one.row.household_code);
        if (pair == pairs_.end()) return nullptr;
        auto named = ours_.named(pair->second, keys.name);
        // Of two numbers that differ neither means the other.
        std::erase_if(named, [&](const Member* member) { return keys.number != 0 && member->id_number; });
        is_unclear = named.size() > 1;
        return named.size() == 1 ? named.front() : nullptr;
    }

    void take(const TheirMember& one) {
        bool is_unclear = false;
        const Member* member = meant_by(one, is_unclear);
        if (is_unclear || (member != nullptr && !met_.insert(member->id).second)) {
            told_.unclear.push_back({one.at,
                                     {},
                                     mask_text(one.row.id_text),
                                     {"可能是本级名册的几名成员，或已出现过，请人工核对",
                                      "may be several members here, or came before: a person must look"}});
            return;
        }
        if (member == nullptr) {
            told_.extra.push_back({one.row.household_code, one.row.name, one.row.id_text, false, one.at});
            return;
        }
        compare_member(one, *member);
    }

    void compare_member(const TheirMember& one, const Member& member) {
        const FieldDiffers about{one.row.household_code, member.id, {}, {}, {}, one.at};
        for (const std::string_view field : member_fields)
            compare_field("member", field, one.row, registry::text_of(member, field), about);
        if (!one.row.id_text.empty() && member.id_number &&
            registry::keys_of(one.row).number != member.id_number->packed()) {
            FieldDiffers differs = about;
            differs.field = "id_number";
            differs.theirs = one.row.id_text;
            differs.ours = registry::text_of(member, "id_number");
            told_.fields.push_back(std::move(differs));
        }
        const auto pair = pairs_.find(one.row.household_code);
        if (pair != pairs_.end() && pair->second != member.household) {
            FieldDiffers differs = about;
            differs.field = "household";
            differs.theirs = one.row.household_code;
            const Household* household = ours_.household(member.household);
            differs.ours = household == nullptr ? std::string() : household->code;
            told_.fields.push_back(std::move(differs));
        }
    }

    void tell_missing() {
        std::vector<const Household*> missing;
        for (const Household& one : ours_.all().households)
            if (!there_.contains(one.id) && !may_be_there_.contains(one.id)) missing.push_back(&one);
        std::ranges::sort(missing, {}, &Household::code);
        for (const Household* one : missing) told_.missing_households.push_back(one->id);
        std::vector<const Member*> members;
        for (const Member& one : ours_.all().members)
            if (!met_.contains(one.id) && ours_.household(one.household) != nullptr) members.push_back(&one);
        const auto place = [&](const Member* one) {
            return std::pair(std::string_view(ours_.household(one->household)->code), one->id);
        };
        std::ranges::sort(members, {}, place);
        for (const Member* one : members) told_.missing_members.push_back(one->id);
    }

    Ours ours_;
    const Export& theirs_;
    const Words& words_;
    std::set<std::pair<std::string, std::string>> columns_;
    std::map<std::string, HouseholdId> pairs_;
    std::set<std::string> unclear_;
    std::set<HouseholdId> may_be_there_;  // in a household that a person must look at
    std::set<HouseholdId> there_;
    std::set<PersonId> met_;
    Differences told_;
};

}  // namespace

Differences compare(const registry::Register& ours, const Export& theirs, const Words& words) {
    return Comparison(ours, theirs, words).run();
}

}  // namespace doudi::rekey
