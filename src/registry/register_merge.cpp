// SPDX-License-Identifier: Apache-2.0
#include "registry/register_merge.h"

#include <utility>

#include "base/text_fold.h"

namespace doudi::registry {

namespace {

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

std::optional<IdNumber> number_of(const MemberRowKeys& keys) {
    return keys.number == 0 ? std::nullopt : std::optional(IdNumber::from_packed(keys.number));
}

MemberKeys keys_of(const Member& member) {
    return {.number = member.id_number ? member.id_number->packed() : 0,
            .name = name_key(member.name),
            .content = content_key(member.name, member.relation, member.sex, member.phone),
            .household = member.household.value(),
            .phone = phone_key(member.phone)};
}

}  // namespace

void RegisterMerge::refuse(RegisterFile file, std::uint32_t row, RegisterFault fault, std::string value,
                           std::uint32_t earlier) {
    RegisterFinding finding{file, row, fault, std::move(value), earlier};
    if (finding.refused()) ++(file == RegisterFile::households ? load_.households : load_.members).refused;
    load_.findings.push_back(std::move(finding));
}

Result<void> RegisterMerge::add(const HouseholdRow& row, const HouseholdRowKeys& keys) {
    RegisterCounts& counts = load_.households;
    ++counts.rows;
    if (row.code.empty()) {
        refuse(RegisterFile::households, row.row, RegisterFault::household_without_code, {});
        return {};
    }
    if (!row.region.empty() && row.region != last_region_) {
        last_region_ = row.region;
        regions_.insert(row.region);
    }
    const std::uint32_t id = index_.find_household(row.code, keys.code);
    if (id == 0) return add_new(row, keys);
    if (index_.household_ended(id)) {
        refuse(RegisterFile::households, row.row, RegisterFault::household_ended, row.code);
        return {};
    }
    std::uint32_t& spoken_of = index_.household_row(id);
    if (index_.household_content(id) != keys.content) {
        const Household known = TRY(records_->household(HouseholdId(id)));
        Household next = laid_over(known, row);
        if (next != known) {
            if (spoken_of != 0) {
                refuse(RegisterFile::households, row.row, RegisterFault::household_contradiction, row.code,
                       spoken_of);
                return {};
            }
            spoken_of = row.row;
            ++counts.changed;
            index_.set_household_content(id, content_key(next));
            return records_->stage(std::move(next));
        }
    }
    ++counts.unchanged;
    if (spoken_of == 0) spoken_of = row.row;
    return {};
}

Result<void> RegisterMerge::add_new(const HouseholdRow& row, const HouseholdRowKeys& keys) {
    Household household;
    household.id = HouseholdId(index_.add_household(row.code, keys.content));
    household.code = row.code;
    index_.household_row(household.id.value()) = row.row;
    ++load_.households.added;
    return records_->stage(laid_over(std::move(household), row));
}

Result<void> RegisterMerge::add(const MemberRow& row, const MemberRowKeys& keys) {
    ++load_.members.rows;
    if (trim(row.name).empty()) {
        refuse(RegisterFile::members, row.row, RegisterFault::member_without_name, row.household_code);
        return {};
    }
    const std::uint32_t household = index_.find_household(row.household_code, keys.household_code);
    if (household == 0) {
        refuse(RegisterFile::members, row.row, RegisterFault::member_of_nobody, row.household_code);
        return {};
    }
    if (index_.household_ended(household)) {
        refuse(RegisterFile::members, row.row, RegisterFault::household_ended, row.household_code);
        return {};
    }
    if (keys.number_unusable)
        refuse(RegisterFile::members, row.row, RegisterFault::number_unusable, mask_text(row.id_text));
    std::uint32_t id = keys.number == 0 ? 0 : index_.find_number(keys.number);
    // By name: one of the two has no number. Two numbers that differ are two persons.
    if (id == 0) id = index_.find_name(household, keys.name, keys.number);
    if (id == 0) return add_new(row, keys, household);
    const MemberKeys& known = index_.member(id);
    if (known.household == 0) {
        refuse(RegisterFile::members, row.row, RegisterFault::member_left,
               IdNumber::from_packed(known.number).masked());
        return {};
    }
    if (known.content != keys.content || known.number != keys.number || known.household != household)
        return lay_over(id, row, keys, household);
    ++load_.members.unchanged;
    if (std::uint32_t& spoken_of = index_.member_row(id); spoken_of == 0) spoken_of = row.row;
    return {};
}

Result<void> RegisterMerge::add_new(const MemberRow& row, const MemberRowKeys& keys,
                                    std::uint32_t household) {
    Member member = laid_over(Member{}, row, HouseholdId(household), number_of(keys));
    member.id = PersonId(index_.add_member({keys.number, keys.name, keys.content, household, keys.phone}));
    index_.member_row(member.id.value()) = row.row;
    ++load_.members.added;
    return records_->stage(std::move(member));
}

Result<void> RegisterMerge::lay_over(std::uint32_t id, const MemberRow& row, const MemberRowKeys& keys,
                                     std::uint32_t household) {
    const Member known = TRY(records_->member(PersonId(id)));
    Member next = laid_over(known, row, HouseholdId(household), number_of(keys));
    std::uint32_t& spoken_of = index_.member_row(id);
    if (next == known) {
        ++load_.members.unchanged;
        if (spoken_of == 0) spoken_of = row.row;
        return {};
    }
    if (spoken_of != 0) {
        std::string value = known.id_number ? known.id_number->masked() : row.household_code;
        refuse(RegisterFile::members, row.row, RegisterFault::member_twice, std::move(value), spoken_of);
        return {};
    }
    spoken_of = row.row;
    ++load_.members.changed;
    index_.change_member(id, keys_of(next));
    return records_->stage(std::move(next));
}

}  // namespace doudi::registry
