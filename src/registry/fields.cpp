// SPDX-License-Identifier: Apache-2.0
#include "registry/fields.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace doudi::registry {

namespace {

constexpr std::array<std::string_view, 8> of_household{"region",   "address",     "head_name",
                                                       "category", "enrolled_on", "income_per_head_month",
                                                       "ended_on", "successor"};
constexpr std::array<std::string_view, 6> of_member{"household", "name", "id_number",
                                                    "relation",  "sex",  "phone"};

std::unexpected<Error> no_value(std::string_view field) {
    return fail(
        ErrorKind::invalid, "field_value",
        {fmt::format("“{}”的值无法识别", field), fmt::format("the value of {} cannot be read", field)},
        std::string(field));
}

std::optional<std::uint32_t> id_of_text(std::string_view text) {
    std::uint32_t id = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return id;
}

std::string day_text(const std::optional<Date>& day) {
    return day ? day->iso() : std::string();
}

Result<void> set_day(std::optional<Date>& day, std::string_view field, std::string_view text) {
    day = text.empty() ? std::nullopt : Date::parse_iso(text);
    if (!text.empty() && !day) return no_value(field);
    return {};
}

Result<void> set_income(Household& household, std::string_view field, std::string_view text) {
    household.income_per_head_month.reset();
    if (text.empty()) return {};
    const auto income = Money::parse_yuan(text);
    if (!income || *income < Money()) return no_value(field);
    household.income_per_head_month = *income;
    return {};
}

template <class Row>
std::vector<FieldChange> changes_between(const std::optional<Row>& before, const Row& after,
                                         std::span<const std::string_view> fields) {
    std::vector<FieldChange> changes;
    for (const std::string_view field : fields) {
        FieldChange change{std::string(field), before ? text_of(*before, field) : std::string(),
                           text_of(after, field)};
        if (change.before != change.after) changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace

std::span<const std::string_view> household_fields() {
    return of_household;
}
std::span<const std::string_view> member_fields() {
    return of_member;
}

std::string text_of(const Household& household, std::string_view field) {
    if (field == "region") return household.region;
    if (field == "address") return household.address;
    if (field == "head_name") return household.head_name;
    if (field == "category") return household.category;
    if (field == "enrolled_on") return day_text(household.enrolled_on);
    if (field == "income_per_head_month")
        return household.income_per_head_month ? household.income_per_head_month->yuan_text() : std::string();
    if (field == "ended_on") return day_text(household.ended_on);
    ensure(field == "successor", "a field of households");
    return household.successor ? std::to_string(household.successor->value()) : std::string();
}

std::string text_of(const Member& member, std::string_view field) {
    if (field == "household")
        return member.household == HouseholdId() ? std::string() : std::to_string(member.household.value());
    if (field == "name") return member.name;
    if (field == "id_number") return member.id_number ? member.id_number->reveal() : std::string();
    if (field == "relation") return member.relation;
    if (field == "sex") return member.sex;
    ensure(field == "phone", "a field of members");
    return member.phone;
}

Result<void> set_field(Household& household, std::string_view field, std::string_view text) {
    if (field == "enrolled_on") return set_day(household.enrolled_on, field, text);
    if (field == "ended_on") return set_day(household.ended_on, field, text);
    if (field == "income_per_head_month") return set_income(household, field, text);
    if (field == "successor") {
        household.successor.reset();
        if (text.empty()) return {};
        const auto id = id_of_text(text);
        if (!id) return no_value(field);
        household.successor = HouseholdId(*id);
        return {};
    }
    std::string* const to = field == "region"      ? &household.region
                            : field == "address"   ? &household.address
                            : field == "head_name" ? &household.head_name
                            : field == "category"  ? &household.category
                                                   : nullptr;
    ensure(to != nullptr, "a field of households");
    *to = text;
    return {};
}

Result<void> set_field(Member& member, std::string_view field, std::string_view text) {
    if (field == "household") {
        const auto id = text.empty() ? std::optional<std::uint32_t>(0) : id_of_text(text);
        if (!id) return no_value(field);
        member.household = HouseholdId(*id);
        return {};
    }
    if (field == "id_number") {
        member.id_number = text.empty() ? std::nullopt : IdNumber::parse(text);
        if (!text.empty() && !member.id_number) return no_value(field);
        return {};
    }
    std::string* const to = field == "name"       ? &member.name
                            : field == "relation" ? &member.relation
                            : field == "sex"      ? &member.sex
                            : field == "phone"    ? &member.phone
                                                  : nullptr;
    ensure(to != nullptr, "a field of members");
    *to = text;
    return {};
}

std::vector<FieldChange> differences(const std::optional<Household>& before, const Household& after) {
    return changes_between(before, after, of_household);
}

std::vector<FieldChange> differences(const std::optional<Member>& before, const Member& after) {
    return changes_between(before, after, of_member);
}

}  // namespace doudi::registry
