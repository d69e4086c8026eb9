// SPDX-License-Identifier: Apache-2.0
#include "upkeep/lists_repository.h"

#include <fmt/format.h>

#include <algorithm>

#include "upkeep/row_ids.h"

namespace doudi::upkeep::repository {

namespace {

Result<std::vector<CaseId>> ids_of(store::Statement query) {
    std::vector<CaseId> ids;
    while (TRY(query.step())) ids.push_back(case_id(query.integer(0)));
    return ids;
}

// Whom a case `c` concerns that the scope reaches, or whose it will be.
std::string within(const access::Scope* scope, int first_bind, std::vector<access::SqlScope>& cuts) {
    if (scope == nullptr) return "1 = 1";
    cuts.push_back(scope->sql({.household = "x.id"}, first_bind));
    cuts.push_back(scope->sql({.unit = "c.to_unit"}, cuts.back().next()));
    return fmt::format(
        "(exists (select 1 from change_subject x where x.change_case = c.id and x.subject = 2 and {}) or "
        "(c.to_unit <> 0 and {}))",
        cuts[0].condition, cuts[1].condition);
}

int behind(const std::vector<access::SqlScope>& cuts, int first_bind) {
    return cuts.empty() ? first_bind : cuts.back().next();
}

}  // namespace

Result<std::vector<CaseId>> waiting_cases(store::Database& database, const store::DataFolder& folder) {
    auto query = TRY(database.prepare(fmt::format(
        "select c.id from change_case c where {} = 'confirmed' and not exists (select 1 from change_effect e"
        " where e.change_case = c.id and e.publish <= $1) order by c.effective_on, c.id",
        last_state)));
    query.bind(1, number_of(folder.current()));
    return ids_of(std::move(query));
}

Result<std::vector<CaseId>> waiting_cases_of(store::Database& database, const store::DataFolder& folder,
                                             std::span<const PersonId> persons,
                                             std::span<const HouseholdId> households) {
    auto query = TRY(database.prepare(fmt::format(
        "select c.id from change_case c join change_subject x on x.change_case = c.id where x.subject = $1"
        " and x.id = $2 and {} = 'confirmed' and not exists (select 1 from change_effect e where "
        "e.change_case ="
        " c.id and e.publish <= $3)",
        last_state)));
    std::vector<CaseId> found;
    const auto add = [&](Subject subject, std::uint32_t id) -> Result<void> {
        query.reset();
        query.bind(1, static_cast<std::int64_t>(subject)).bind(2, std::int64_t{id});
        query.bind(3, number_of(folder.current()));
        while (TRY(query.step())) found.push_back(case_id(query.integer(0)));
        return {};
    };
    for (const PersonId id : persons) TRY_VOID(add(Subject::person, id.value()));
    for (const HouseholdId id : households) TRY_VOID(add(Subject::household, id.value()));
    std::ranges::sort(found);
    const auto rest = std::ranges::unique(found);
    found.erase(rest.begin(), rest.end());
    return found;
}

Result<std::vector<CaseId>> list_cases(store::Database& database, const store::DataFolder& folder,
                                       const access::Scope* scope, const CaseFilter& filter, CaseId before,
                                       std::size_t most) {
    constexpr int first_of_scope = 9;
    std::vector<access::SqlScope> cuts;
    const std::string cut = within(scope, first_of_scope, cuts);
    const std::string sql = fmt::format(
        "select c.id from change_case c where c.id < $1 and ($2 = '' or c.kind = $2) and ($3 = '' or {} = $3)"
        " and ($4 = 0 or exists (select 1 from change_subject y where y.change_case = c.id and y.subject = 2 "
        "and"
        " y.id = $4)) and ($5 = 0 or c.proposal = $5) and ($6 = -1 or (case when exists (select 1 from"
        " change_effect e where e.change_case = c.id and e.publish <= $7) then 1 else 0 end) = $6) and {}"
        " order by c.id desc limit $8",
        last_state, cut);
    auto query = TRY(database.prepare(sql));
    constexpr std::int64_t from_the_top = INT64_MAX;
    query.bind(1, before == CaseId() ? from_the_top : number_of(before))
        .bind(2, std::string_view(filter.kind));
    query.bind(3, std::string_view(filter.state));
    query.bind(4, filter.household ? std::int64_t{filter.household->value()} : 0);
    query.bind(5, number_of(filter.proposal));
    query.bind(6, filter.in_force ? std::int64_t{*filter.in_force} : std::int64_t{-1});
    query.bind(7, number_of(folder.current())).bind(8, static_cast<std::int64_t>(most));
    for (const auto& one : cuts) one.bind(query);
    return ids_of(std::move(query));
}

Result<bool> reaches(store::Database& database, const access::Scope& scope, CaseId change) {
    std::vector<access::SqlScope> cuts;
    const std::string cut = within(&scope, 2, cuts);
    auto query =
        TRY(database.prepare(fmt::format("select 1 from change_case c where c.id = $1 and {}", cut)));
    query.bind(1, number_of(change));
    for (const auto& one : cuts) one.bind(query);
    return query.step();
}

Result<std::vector<CaseId>> cases_between(store::Database& database, const store::DataFolder& folder,
                                          const access::Scope* scope, std::span<const std::string> kinds,
                                          std::optional<HouseholdId> household, Date from, Date until,
                                          std::size_t most) {
    constexpr int first_of_scope = 6;
    std::vector<access::SqlScope> cuts;
    const std::string cut = within(scope, first_of_scope, cuts);
    const int first_kind = behind(cuts, first_of_scope);
    std::string of_kinds;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        of_kinds += fmt::format("{}${}", i == 0 ? "" : ", ", first_kind + static_cast<int>(i));
    if (kinds.empty()) return std::vector<CaseId>();
    auto query = TRY(database.prepare(fmt::format(
        "select c.id from change_case c join change_effect e on e.change_case = c.id and e.publish <= $1 "
        "where"
        " c.effective_on > $2 and c.effective_on <= $3 and ($4 = 0 or exists (select 1 from change_subject y"
        " where y.change_case = c.id and y.subject = 2 and y.id = $4)) and not exists (select 1 from "
        "change_case k"
        " join change_effect ke on ke.change_case = k.id where k.follows = c.id and ke.publish <= $1)"
        " and c.kind in ({}) and {} order by c.effective_on desc, c.id desc limit $5",
        of_kinds, cut)));
    query.bind(1, number_of(folder.current())).bind(2, from).bind(3, until);
    query.bind(4, household ? std::int64_t{household->value()} : 0).bind(5, static_cast<std::int64_t>(most));
    for (const auto& one : cuts) one.bind(query);
    for (std::size_t i = 0; i < kinds.size(); ++i)
        query.bind(first_kind + static_cast<int>(i), std::string_view(kinds[i]));
    return ids_of(std::move(query));
}

}  // namespace doudi::upkeep::repository
