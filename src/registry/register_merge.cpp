// SPDX-License-Identifier: Apache-2.0
#include "registry/register_merge.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/text_fold.h"

namespace doudi::registry {

namespace {

constexpr std::uint32_t nobody = 0xFFFFFFFF;

void take_if_told(std::string& to, const std::string& from) {
    if (!from.empty()) to = from;
}

Household laid_over(Household base, const HouseholdRow& row) {
    take_if_told(base.region, row.region);
    take_if_told(base.address, row.address);
    take_if_told(base.head_name, row.head_name);
    take_if_told(base.category, row.category);
    if (row.enrolled_on) base.enrolled_on = row.enrolled_on;
    if (row.income_per_head_month) base.income_per_head_month = row.income_per_head_month;
    return base;
}

Member laid_over(Member base, const MemberRow& row, HouseholdId household, std::optional<IdNumber> number) {
    base.household = household;
    take_if_told(base.name, row.name);
    if (number) base.id_number = number;
    take_if_told(base.relation, row.relation);
    take_if_told(base.sex, row.sex);
    take_if_told(base.phone, row.phone);
    return base;
}

bool same(const Household& a, const Household& b) {
    return a.region == b.region && a.address == b.address && a.head_name == b.head_name &&
           a.category == b.category && a.enrolled_on == b.enrolled_on &&
           a.income_per_head_month == b.income_per_head_month;
}

bool same(const Member& a, const Member& b) {
    return a.household == b.household && a.name == b.name && a.id_number == b.id_number &&
           a.relation == b.relation && a.sex == b.sex && a.phone == b.phone;
}

}  // namespace

std::size_t RegisterMerge::CodeHash::operator()(std::string_view code) const {
    return hash64(code);
}
std::size_t RegisterMerge::CodeHash::operator()(std::uint32_t index) const {
    return hash64((*households)[index].code);
}
bool RegisterMerge::SameCode::operator()(std::uint32_t a, std::uint32_t b) const {
    return a == b || (*households)[a].code == (*households)[b].code;
}
bool RegisterMerge::SameCode::operator()(std::string_view code, std::uint32_t index) const {
    return (*households)[index].code == code;
}
bool RegisterMerge::SameCode::operator()(std::uint32_t index, std::string_view code) const {
    return (*households)[index].code == code;
}
std::size_t RegisterMerge::NumberHash::operator()(IdNumber number) const {
    return mix64(number.packed());
}
std::size_t RegisterMerge::NumberHash::operator()(std::uint32_t index) const {
    return mix64((*members)[index].id_number->packed());
}
bool RegisterMerge::SameNumber::operator()(std::uint32_t a, std::uint32_t b) const {
    return a == b || (*members)[a].id_number == (*members)[b].id_number;
}
bool RegisterMerge::SameNumber::operator()(IdNumber number, std::uint32_t index) const {
    return (*members)[index].id_number == number;
}
bool RegisterMerge::SameNumber::operator()(std::uint32_t index, IdNumber number) const {
    return (*members)[index].id_number == number;
}

RegisterMerge::RegisterMerge(Register before)
    : now_(std::move(before)),
      by_code_(now_.households.size(), CodeHash{&now_.households}, SameCode{&now_.households}),
      by_number_(now_.members.size(), NumberHash{&now_.members}, SameNumber{&now_.members}) {
    household_marks_.resize(now_.households.size());
    member_marks_.resize(now_.members.size());
    first_member_.reserve(now_.households.size());
    for (std::uint32_t i = 0; i < now_.households.size(); ++i) index_household(i);
    next_member_.reserve(now_.members.size());
    for (std::uint32_t i = 0; i < now_.members.size(); ++i) index_member(i);
}

void RegisterMerge::index_household(std::uint32_t index) {
    const std::uint32_t id = now_.households[index].id.value();
    by_code_.insert(index);
    if (household_index_.size() <= id) household_index_.resize(id + std::size_t{1}, nobody);
    household_index_[id] = index;
    first_member_.push_back(nobody);
    last_household_id_ = std::max(last_household_id_, id);
}

void RegisterMerge::index_member(std::uint32_t index) {
    const Member& member = now_.members[index];
    if (member.id_number) by_number_.insert(index);
    next_member_.resize(std::max<std::size_t>(next_member_.size(), index + std::size_t{1}), nobody);
    link_member(index);
    last_member_id_ = std::max(last_member_id_, member.id.value());
}

std::uint32_t& RegisterMerge::first_member_of(HouseholdId household) {
    return first_member_[household_index_[household.value()]];
}

void RegisterMerge::link_member(std::uint32_t index) {
    std::uint32_t& first = first_member_of(now_.members[index].household);
    next_member_[index] = first;
    first = index;
}

void RegisterMerge::unlink_member(std::uint32_t index) {
    std::uint32_t* link = &first_member_of(now_.members[index].household);
    while (*link != index) link = &next_member_[*link];
    *link = next_member_[index];
}

void RegisterMerge::refuse(RegisterFile file, std::uint32_t row, RegisterFault fault, std::string value,
                           std::uint32_t earlier) {
    RegisterFinding finding{file, row, fault, std::move(value), earlier};
    if (finding.refused()) ++(file == RegisterFile::households ? load_.households : load_.members).refused;
    load_.findings.push_back(std::move(finding));
}

void RegisterMerge::add(const HouseholdRow& row) {
    RegisterCounts& counts = load_.households;
    ++counts.rows;
    if (row.code.empty()) {
        return refuse(RegisterFile::households, row.row, RegisterFault::household_without_code, {});
    }
    const auto at = by_code_.find(std::string_view(row.code));
    if (at == by_code_.end()) {
        Household household;
        household.id = HouseholdId(last_household_id_ + 1);
        household.code = row.code;
        now_.households.push_back(laid_over(std::move(household), row));
        household_marks_.push_back({row.row, true, true});
        index_household(static_cast<std::uint32_t>(now_.households.size() - 1));
        ++counts.added;
        return;
    }
    Household& known = now_.households[*at];
    Mark& mark = household_marks_[*at];
    Household next = laid_over(known, row);
    if (same(next, known)) {
        ++counts.unchanged;
    } else if (mark.spoken_of) {
        return refuse(RegisterFile::households, row.row, RegisterFault::household_contradiction, row.code,
                      mark.file_row);
    } else {
        known = std::move(next);
        mark.to_stage = true;
        ++counts.changed;
    }
    if (!mark.spoken_of) mark = {row.row, true, mark.to_stage};
}

std::optional<IdNumber> RegisterMerge::number_of(const MemberRow& row) {
    // The canonical form, which nearly all are, without the mending.
    if (const auto number = IdNumber::parse(row.id_text)) return number;
    const IdText text = read_id_text(row.id_text);
    if (text.kind == IdTextKind::valid) return IdNumber::parse(text.view());
    if (text.kind != IdTextKind::empty) {
        refuse(RegisterFile::members, row.row, RegisterFault::number_unusable, mask_text(row.id_text));
    }
    return std::nullopt;
}

std::uint32_t RegisterMerge::find_member(std::uint32_t household, const MemberRow& row,
                                         std::optional<IdNumber> number) const {
    if (number) {
        if (const auto at = by_number_.find(*number); at != by_number_.end()) return *at;
    }
    // By name: one of the two has no number. Two numbers that differ are two persons.
    std::uint32_t found = nobody;
    for (std::uint32_t i = first_member_[household]; i != nobody; i = next_member_[i]) {
        const Member& member = now_.members[i];
        if (number && member.id_number) continue;
        if (!same_name(member.name, row.name)) continue;
        // The one without a number is meant, if the row has none; of several, the first.
        if (found == nobody || !member.id_number || now_.members[found].id_number) found = i;
    }
    return found;
}

void RegisterMerge::add(const MemberRow& row) {
    ++load_.members.rows;
    if (trim(row.name).empty()) {
        return refuse(RegisterFile::members, row.row, RegisterFault::member_without_name, row.household_code);
    }
    const auto household = by_code_.find(std::string_view(row.household_code));
    if (household == by_code_.end()) {
        return refuse(RegisterFile::members, row.row, RegisterFault::member_of_nobody, row.household_code);
    }
    const std::optional<IdNumber> number = number_of(row);
    const HouseholdId household_id = now_.households[*household].id;
    const std::uint32_t index = find_member(*household, row, number);
    if (index != nobody)
        return lay_over(index, row, laid_over(now_.members[index], row, household_id, number));
    Member member;
    member.id = PersonId(last_member_id_ + 1);
    now_.members.push_back(laid_over(std::move(member), row, household_id, number));
    member_marks_.push_back({row.row, true, true});
    index_member(static_cast<std::uint32_t>(now_.members.size() - 1));
    ++load_.members.added;
}

void RegisterMerge::lay_over(std::uint32_t index, const MemberRow& row, Member next) {
    Member& known = now_.members[index];
    Mark& mark = member_marks_[index];
    if (same(next, known)) {
        ++load_.members.unchanged;
    } else if (mark.spoken_of) {
        std::string value = known.id_number ? known.id_number->masked() : row.household_code;
        return refuse(RegisterFile::members, row.row, RegisterFault::member_twice, std::move(value),
                      mark.file_row);
    } else {
        const bool numbered = next.id_number != known.id_number;
        const bool moved = next.household != known.household;
        if (moved) unlink_member(index);
        known = std::move(next);
        if (moved) link_member(index);
        if (numbered) by_number_.insert(index);
        mark.to_stage = true;
        ++load_.members.changed;
    }
    if (!mark.spoken_of) mark = {row.row, true, mark.to_stage};
}

namespace {

// In place: a register of a million need not be held twice.
template <class Row, class Marks>
std::vector<Row> keep_marked(std::vector<Row>& rows, const Marks& marks) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!marks[i].to_stage) continue;
        if (kept != i) rows[kept] = std::move(rows[i]);
        ++kept;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
    std::ranges::sort(rows, {}, &Row::id);
    return std::move(rows);
}

}  // namespace

std::vector<Household> RegisterMerge::take_households_to_stage() {
    return keep_marked(now_.households, household_marks_);
}
std::vector<Member> RegisterMerge::take_members_to_stage() {
    return keep_marked(now_.members, member_marks_);
}

}  // namespace doudi::registry
