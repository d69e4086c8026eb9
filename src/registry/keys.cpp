// SPDX-License-Identifier: Apache-2.0
#include "registry/keys.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text_fold.h"

namespace doudi::registry {
namespace {

constexpr std::size_t mobile_digits = 11;

// fold_phone() would leave it as it is.
bool is_folded_phone(std::string_view phone) {
    return phone.size() == mobile_digits &&
           std::ranges::all_of(phone, [](char c) { return c >= '0' && c <= '9'; });
}

std::uint32_t digits_key(std::string_view digits) {
    if (digits.empty()) return 0;
    const auto hash = static_cast<std::uint32_t>(hash64(digits));
    return hash == 0 ? 1 : hash;
}

// What is unknown differs from every value.
template <class Value>
std::uint64_t chained(std::uint64_t seed, const std::optional<Value>& value) {
    return value ? mix64(seed ^ mix64(static_cast<std::uint64_t>(*value))) : mix64(~seed);
}

template <class Household>
std::uint64_t household_content(const Household& household) {
    std::uint64_t key = hash64(household.region);
    key = hash64(household.address, key);
    key = hash64(household.head_name, key);
    key = hash64(household.category, key);
    std::optional<std::int64_t> day;
    if (household.enrolled_on) day = household.enrolled_on->days();
    std::optional<std::int64_t> income;
    if (household.income_per_head_month) income = household.income_per_head_month->fen();
    return chained(chained(key, day), income);
}

}  // namespace

std::uint64_t name_key(std::string_view name) {
    const auto hash = [](std::string_view folded) { return folded.empty() ? 0 : hash64(folded) | 1U; };
    return is_folded_name(name) ? hash(name) : hash(fold_name(name));
}

std::uint32_t phone_key(std::string_view phone) {
    if (phone.empty()) return 0;
    return is_folded_phone(phone) ? digits_key(phone) : digits_key(fold_phone(phone));
}

std::uint64_t content_key(const Household& household) {
    return household_content(household);
}
std::uint64_t content_key(const HouseholdRow& row) {
    return household_content(row);
}

std::uint64_t content_key(std::string_view name, std::string_view relation, std::string_view sex,
                          std::string_view phone) {
    return hash64(phone, hash64(sex, hash64(relation, hash64(name))));
}

HouseholdRowKeys keys_of(const HouseholdRow& row) {
    return {hash64(row.code), content_key(row)};
}

MemberRowKeys keys_of(const MemberRow& row) {
    MemberRowKeys keys{.household_code = hash64(row.household_code),
                       .number = 0,
                       .name = name_key(row.name),
                       .content = content_key(row.name, row.relation, row.sex, row.phone),
                       .phone = phone_key(row.phone),
                       .number_unusable = false};
    // The canonical form, which nearly all are, without the mending.
    if (const auto number = IdNumber::parse(row.id_text)) {
        keys.number = number->packed();
        return keys;
    }
    const IdText text = read_id_text(row.id_text);
    if (text.kind == IdTextKind::valid) {
        const auto number = IdNumber::parse(text.view());
        ensure(number.has_value(), "a valid text is a number");
        keys.number = number->packed();
    }
    keys.number_unusable = text.kind != IdTextKind::valid && text.kind != IdTextKind::empty;
    return keys;
}

}  // namespace doudi::registry
