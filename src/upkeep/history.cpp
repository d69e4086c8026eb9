// SPDX-License-Identifier: Apache-2.0
#include "upkeep/history.h"

#include <algorithm>
#include <tuple>

#include "registry/fields.h"
#include "registry/proposals.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

template <class Row>
std::vector<Assertion> timeline(std::span<const registry::Said<Row>> rows, std::string_view field,
                                Date since) {
    std::vector<Assertion> assertions;
    for (const auto& said : rows) {
        std::string value = registry::text_of(said.row, field);
        // Who says again what holds says nothing of since when.
        if (!assertions.empty() && assertions.back().value == value) continue;
        assertions.push_back({assertions.empty() ? since : said.from, said.publish, std::move(value)});
    }
    std::ranges::sort(assertions, {}, [](const Assertion& one) { return std::tuple(one.from, one.publish); });
    return assertions;
}

const Assertion* on(std::span<const Assertion> timeline, Date day) {
    const Assertion* found = nullptr;
    for (const Assertion& one : timeline) {
        if (one.from <= day) found = &one;
    }
    return found;
}

template <class Row>
Result<Date> since(store::DataFolder& folder, std::span<const registry::Said<Row>> rows) {
    ensure(!rows.empty(), "a subject of the register");
    const PublishId first = rows.front().publish;
    if (TRY(registry::is_acceptance(folder, first))) return rows.front().from;
    const bool by_case = TRY(repository::case_of_publish(folder.database(), first)) != CaseId();
    return by_case ? rows.front().from : ever;
}

namespace {

template <class Row>
Result<std::optional<Row>> row_on(store::DataFolder& folder, std::span<const registry::Said<Row>> rows,
                                  std::span<const std::string_view> fields, Date day) {
    if (rows.empty()) return std::optional<Row>();
    const Date first = TRY(since(folder, rows));
    if (day < first) return std::optional<Row>();
    Row row = rows.front().row;
    for (const std::string_view field : fields) {
        const auto line = timeline(rows, field, first);
        const Assertion* then = on(line, day);
        ensure(then != nullptr, "a field has a value since the subject is there");
        TRY_VOID(registry::set_field(row, field, then->value));
    }
    return std::optional(std::move(row));
}

}  // namespace

Result<std::optional<registry::Member>> member_on(store::DataFolder& folder, PublishId publish,
                                                  PersonId person, Date day) {
    const auto rows = TRY(registry::said_of(folder, publish, person));
    auto row = TRY(row_on<registry::Member>(folder, rows, registry::member_fields(), day));
    if (row && row->household == HouseholdId()) row.reset();
    return row;
}

Result<std::optional<registry::Household>> household_on(store::DataFolder& folder, PublishId publish,
                                                        HouseholdId household, Date day) {
    const auto rows = TRY(registry::said_of(folder, publish, household));
    auto row = TRY(row_on<registry::Household>(folder, rows, registry::household_fields(), day));
    if (row && row->ended_on && *row->ended_on <= day) row.reset();
    return row;
}

Result<std::vector<registry::Member>> members_on(store::DataFolder& folder, PublishId publish,
                                                 HouseholdId household, Date day) {
    std::vector<registry::Member> members;
    for (const PersonId person : TRY(registry::ever_in(folder, publish, household))) {
        auto member = TRY(member_on(folder, publish, person, day));
        if (member && member->household == household) members.push_back(std::move(*member));
    }
    return members;
}

Result<std::vector<Stay>> stays_of(store::DataFolder& folder, PublishId publish, PersonId person) {
    const auto rows = TRY(registry::said_of(folder, publish, person));
    std::vector<Stay> stays;
    if (rows.empty()) return stays;
    const std::span<const registry::Said<registry::Member>> said(rows);
    for (const Assertion& one : timeline(said, "household", TRY(since(folder, said)))) {
        if (!stays.empty() && !stays.back().until) stays.back().until = one.from;
        if (one.value.empty()) continue;  // off the register
        registry::Member member;
        TRY_VOID(registry::set_field(member, "household", one.value));
        stays.push_back({member.household, one.from, std::nullopt});
    }
    return stays;
}

template std::vector<Assertion> timeline(std::span<const registry::Said<registry::Household>>,
                                         std::string_view, Date);
template std::vector<Assertion> timeline(std::span<const registry::Said<registry::Member>>, std::string_view,
                                         Date);
template Result<Date> since(store::DataFolder&, std::span<const registry::Said<registry::Household>>);
template Result<Date> since(store::DataFolder&, std::span<const registry::Said<registry::Member>>);

}  // namespace doudi::upkeep
