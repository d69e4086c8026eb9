// SPDX-License-Identifier: Apache-2.0
#include "registry/register_index.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/hash.h"

namespace doudi::registry {
namespace {

constexpr std::size_t fewest_slots = 64;
// Places are asked for so many members before they are written.
constexpr std::uint32_t ahead = 16;

}  // namespace

std::size_t IdTable::size_for(std::size_t least) {
    return std::bit_ceil(std::max(least, fewest_slots));
}

RegisterIndex::RegisterIndex(std::uint32_t households, std::uint32_t members)
    : households_(households + std::size_t{1}),
      code_ends_(1),
      members_(members + std::size_t{1}),
      marks_(members + std::size_t{1}) {
    code_ends_.reserve(households + std::size_t{1});
}

RegisterIndex::Views RegisterIndex::parts() const {
    Views parts{.members = members_, .contents = {}, .code_ends = code_ends_, .codes = codes_};
    parts.contents.reserve(households_.size());
    for (const Household& household : households_) parts.contents.push_back(household.content);
    return parts;
}

RegisterIndex RegisterIndex::of(Parts parts) {
    RegisterIndex index(0, 0);
    index.households_.resize(parts.contents.size());
    for (std::size_t id = 0; id < parts.contents.size(); ++id)
        index.households_[id].content = parts.contents[id];
    index.members_ = std::move(parts.members);
    index.marks_.resize(index.members_.size());
    index.code_ends_ = std::move(parts.code_ends);
    index.codes_ = std::move(parts.codes);
    index.ready();
    return index;
}

void RegisterIndex::put_household(std::uint32_t id, std::string_view code, std::uint64_t content) {
    households_[id].content = content;
    if (id < code_ends_.size()) return;  // superseded: the code is who it is and stays
    code_ends_.resize(id, codes_.size());
    codes_ += code;
    code_ends_.push_back(codes_.size());
}

void RegisterIndex::index_code(std::uint32_t household) {
    by_code_.insert(household, [this](std::uint32_t id) { return hash64(code_of(id)); });
}

void RegisterIndex::index_number(std::uint32_t member) {
    by_number_.insert(member, [this](std::uint32_t id) { return mix64(members_[id].number); });
}

void RegisterIndex::ready() {
    code_ends_.resize(households_.size(), codes_.size());
    by_code_.reserve(households_.size(), [](std::uint32_t) { return std::uint64_t{0}; });
    for (std::uint32_t id = 1; id < households_.size(); ++id) {
        if (!code_of(id).empty()) index_code(id);
    }
    by_number_.reserve(members_.size(), [](std::uint32_t) { return std::uint64_t{0}; });
    for (std::uint32_t id = 1; id < members_.size(); ++id) {
        prefetch_number(members_[std::min<std::size_t>(id + ahead, members_.size() - 1)].number);
        // Who left is in no household and still known by the number.
        if (members_[id].household != 0) {
            ensure(members_[id].household < households_.size(), "a member's household is on the register");
            link(id);
        }
        if (members_[id].number != 0 && find_number(members_[id].number) == 0) index_number(id);
    }
}

std::uint32_t RegisterIndex::find_household(std::string_view code, std::uint64_t code_hash) const {
    return by_code_.find(code_hash, [&](std::uint32_t id) { return code_of(id) == code; });
}

std::uint32_t RegisterIndex::find_number(std::uint64_t packed) const {
    return by_number_.find(mix64(packed), [&](std::uint32_t id) { return members_[id].number == packed; });
}

void RegisterIndex::prefetch_number(std::uint64_t packed) const {
    by_number_.prefetch(mix64(packed));
}

std::uint32_t RegisterIndex::find_name(std::uint32_t household, std::uint64_t name,
                                       std::uint64_t number) const {
    std::uint32_t found = 0;
    for (std::uint32_t id = households_[household].first_member; id != 0; id = marks_[id].next) {
        const MemberKeys& member = members_[id];
        if (number != 0 && member.number != 0) continue;
        if (member.name != name) continue;
        // The one without a number is meant, if the row has none; of several, the first.
        if (found == 0 || member.number == 0 || members_[found].number != 0) found = id;
    }
    return found;
}

std::uint32_t RegisterIndex::add_household(std::string_view code, std::uint64_t content) {
    const auto id = static_cast<std::uint32_t>(households_.size());
    households_.emplace_back().content = content;
    codes_ += code;
    code_ends_.push_back(codes_.size());
    index_code(id);
    return id;
}

std::uint32_t RegisterIndex::add_member(const MemberKeys& keys) {
    const auto id = static_cast<std::uint32_t>(members_.size());
    members_.push_back(keys);
    marks_.emplace_back();
    link(id);
    if (keys.number != 0) index_number(id);
    return id;
}

void RegisterIndex::change_member(std::uint32_t id, const MemberKeys& keys) {
    MemberKeys& known = members_[id];
    const bool numbered = keys.number != known.number;
    const bool moved = keys.household != known.household;
    if (moved) unlink(id);
    known = keys;
    if (moved) link(id);
    if (numbered) index_number(id);
}

std::vector<HouseholdId> RegisterIndex::silent_households() const {
    std::vector<HouseholdId> silent;
    for (std::uint32_t id = 1; id < households_.size(); ++id) {
        if (households_[id].file_row == 0 && !household_ended(id) && !code_of(id).empty())
            silent.emplace_back(id);
    }
    return silent;
}

// By household: whether the load named one of its members.
std::vector<bool> RegisterIndex::spoken_of() const {
    std::vector<bool> spoken(households_.size());
    for (std::uint32_t id = 1; id < members_.size(); ++id) {
        if (marks_[id].file_row != 0) spoken[members_[id].household] = true;
    }
    return spoken;
}

std::vector<SilentMember> RegisterIndex::silent_members() const {
    const std::vector<bool> spoken = spoken_of();
    std::vector<SilentMember> silent;
    for (std::uint32_t id = 1; id < members_.size(); ++id) {
        const std::uint32_t household = members_[id].household;
        if (marks_[id].file_row != 0 || household == 0) continue;
        if (!spoken[household] && households_[household].file_row == 0) continue;
        silent.push_back({PersonId(id), HouseholdId(household), spoken[household]});
    }
    return silent;
}

std::vector<HouseholdId> RegisterIndex::households_with_members_told() const {
    const std::vector<bool> spoken = spoken_of();
    std::vector<HouseholdId> told;
    for (std::uint32_t id = 1; id < households_.size(); ++id) {
        if (spoken[id]) told.emplace_back(id);
    }
    return told;
}

void RegisterIndex::reserve_ids(std::uint32_t households, std::uint32_t members) {
    if (households > households_.size()) {
        households_.resize(households);
        code_ends_.resize(households, codes_.size());
    }
    if (members > members_.size()) {
        members_.resize(members);
        marks_.resize(members);
    }
}

void RegisterIndex::link(std::uint32_t member) {
    std::uint32_t& first = households_[members_[member].household].first_member;
    marks_[member].next = first;
    first = member;
}

void RegisterIndex::unlink(std::uint32_t member) {
    std::uint32_t* at = &households_[members_[member].household].first_member;
    while (*at != member) at = &marks_[*at].next;
    *at = marks_[member].next;
}

}  // namespace doudi::registry
