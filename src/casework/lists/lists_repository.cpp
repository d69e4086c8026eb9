// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/lists_repository.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/case_columns.h"
#include "casework/lists/case_cut.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view behind_all_days = "9999-12-31";

// A household has had its number since it was entered: any of its rows tells it.
constexpr std::string_view code_of_household =
    "coalesce((select max(h.code) from household h where h.id = c.household), ''), c.level, c.closed_on";

// Behind the columns of the case: its household's number, those of the desk, and Cut::is_beyond().
ListedCase listed_of(const store::Statement& row) {
    ListedCase one{case_of(row),
                   row.text(columns_of_case),
                   {row.text(columns_of_case + 1), row.date(columns_of_case + 2)},
                   row.integer(columns_of_case + 3) != 0};
    if (one.is_beyond) one.household.clear();
    return one;
}

}  // namespace

std::string due_key(const std::optional<Date>& due) {
    return due ? due->iso() : std::string(behind_all_days);
}

namespace {

Result<std::vector<ListedCase>> listed(store::Database& database, Cut cut, const CasePlace& after,
                                       std::size_t limit) {
    const std::string is_beyond = cut.is_beyond();
    auto query = TRY(database.prepare(fmt::format(
        "select {}, {}, {} from casework_case c where {} and (coalesce(c.due_on, '{}'), c.id) > (${}, ${})"
        " order by coalesce(c.due_on, '{}'), c.id limit ${}",
        case_columns, code_of_household, is_beyond, cut.where(), behind_all_days, cut.next(), cut.next() + 1,
        behind_all_days, cut.next() + 2)));
    cut.bind(query);
    query.bind(cut.next(), std::string_view(after.due));
    query.bind(cut.next() + 1, static_cast<std::int64_t>(after.id));
    query.bind(cut.next() + 2, static_cast<std::int64_t>(limit));
    std::vector<ListedCase> rows;
    while (TRY(query.step())) rows.push_back(listed_of(query));
    return rows;
}

}  // namespace

Result<std::vector<ListedCase>> list_cases(store::Database& database, std::span<const Readable> readable,
                                           const CaseFilter& filter, const CasePlace& after,
                                           std::size_t limit) {
    return listed(database, Cut(readable, filter), after, limit);
}

Result<std::vector<ListedCase>> list_cases(store::Database& database, const CaseFilter& filter) {
    constexpr std::size_t most = 1'000'000;
    return listed(database, Cut(filter), {}, most);
}

Result<std::vector<StateCount>> count_cases(store::Database& database, std::span<const Readable> readable,
                                            const CaseFilter& filter, const Targets& targets, Date today) {
    Cut cut(readable, filter);
    const std::string day = cut.bound(today.iso());
    const std::string is_target = cut.is_target(targets);
    auto query = TRY(database.prepare(
        fmt::format("select c.machine, c.state, count(*), sum(case when c.due_on = {0} then 1 else 0 end),"
                    " sum(case when c.due_on < {0} then 1 else 0 end),"
                    " sum(case when c.due_on < {0} and {1} then 1 else 0 end)"
                    " from casework_case c where {2} and c.is_closed = 0"
                    " group by c.machine, c.state order by c.machine, c.state",
                    day, is_target, cut.where())));
    cut.bind(query);
    std::vector<StateCount> counts;
    while (TRY(query.step())) {
        counts.push_back({query.text(0), query.text(1), static_cast<std::uint64_t>(query.integer(2)),
                          static_cast<std::uint64_t>(query.integer(3)),
                          static_cast<std::uint64_t>(query.integer(4)),
                          static_cast<std::uint64_t>(query.integer(5))});
    }
    return counts;
}

Result<std::vector<CaseTally>> tally_cases(store::Database& database, std::span<const Readable> readable,
                                           const std::vector<NearSpan>& near, const Targets& targets,
                                           Date today) {
    CaseFilter open;
    open.is_closed = false;
    Cut cut(readable, open);
    const std::string day = cut.bound(today.iso());
    const std::string is_near = cut.near_by(near);
    const std::string is_target = cut.is_target(targets);
    auto query = TRY(database.prepare(
        fmt::format("select c.machine, c.state, c.level, c.unit, count(*), sum(case when c.due_on < {0} then "
                    "1 else 0 end),"
                    " sum(case when c.due_on = {0} then 1 else 0 end),"
                    " sum(case when c.due_on > {0} and {1} then 1 else 0 end),"
                    " sum(case when c.due_on < {0} and {2} then 1 else 0 end)"
                    " from casework_case c where {3} group by c.machine, c.state, c.level, c.unit"
                    " order by c.machine, c.state, c.level, c.unit",
                    day, is_near, is_target, cut.where())));
    cut.bind(query);
    std::vector<CaseTally> tallies;
    const auto count = [&query](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
    while (TRY(query.step())) {
        tallies.push_back({query.text(0), query.text(1), query.text(2),
                           UnitId(static_cast<std::uint32_t>(query.integer(3))), count(4), count(5), count(6),
                           count(7), count(8)});
    }
    return tallies;
}

Result<std::vector<OverdueOf>> overdue_by_officer(store::Database& database,
                                                  std::span<const Readable> readable,
                                                  const CaseFilter& filter, const Targets& targets,
                                                  Date today) {
    Cut cut(readable, filter);
    const std::string day = cut.bound(today.iso());
    const std::string is_target = cut.is_target(targets);
    auto query = TRY(database.prepare(fmt::format(
        "select c.unit, {0}, count(*), min(c.due_on), sum(case when {1} then 1 else 0 end),"
        " min(case when {1} then null else c.due_on end) from casework_case c where {2} and c.is_closed = 0"
        " and c.due_on < {3} group by 1, 2 order by 1, 2",
        officer_of_case, is_target, cut.where(), day)));
    cut.bind(query);
    std::vector<OverdueOf> rows;
    while (TRY(query.step())) {
        rows.push_back({UnitId(static_cast<std::uint32_t>(query.integer(0))),
                        UserId(static_cast<std::uint32_t>(query.integer(1))),
                        static_cast<std::uint64_t>(query.integer(2)), query.date(3).value_or(Date()),
                        static_cast<std::uint64_t>(query.integer(4)), query.date(5)});
    }
    return rows;
}

namespace {

Result<std::vector<MonthCount>> months_of(store::Statement query) {
    std::vector<MonthCount> months;
    while (TRY(query.step())) months.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1))});
    return months;
}

}  // namespace

Result<std::vector<MonthCount>> closed_by_month(store::Database& database, std::span<const Readable> readable,
                                                Date from) {
    CaseFilter closed;
    closed.is_closed = true;
    closed.closed_from = from;
    const Cut cut(readable, closed);
    auto query = TRY(database.prepare(fmt::format(
        "select substr(c.closed_on, 1, 7), count(*) from casework_case c where {} group by 1 order by 1",
        cut.where())));
    cut.bind(query);
    return months_of(std::move(query));
}

Result<std::vector<MonthCount>> made_by_month(store::Database& database, std::span<const Readable> readable,
                                              std::span<const MachineMove> moves, Date from) {
    const CaseFilter all;
    Cut cut(readable, all);
    const std::string made = cut.made_by(moves);
    const std::string day = cut.bound(from.iso());
    auto query = TRY(database.prepare(fmt::format(
        "select substr(e.on_day, 1, 7), count(distinct c.id) from casework_event e join casework_case c"
        " on c.id = e.case_id where {} and e.on_day >= {} and {} group by 1 order by 1",
        made, day, cut.where())));
    cut.bind(query);
    return months_of(std::move(query));
}

Result<std::vector<OverdueCount>> count_overdue(store::Database& database, std::span<const Readable> readable,
                                                const CaseFilter& filter, Date today) {
    const Cut cut(readable, filter);
    auto query = TRY(database.prepare(fmt::format(
        "select c.machine, c.due_on, c.due_clock, count(*) from casework_case c where {} and c.is_closed = 0"
        " and c.due_on < ${} group by c.machine, c.due_on, c.due_clock order by c.machine, c.due_on, "
        "c.due_clock",
        cut.where(), cut.next())));
    cut.bind(query);
    query.bind(cut.next(), today);
    std::vector<OverdueCount> counts;
    while (TRY(query.step())) {
        counts.push_back({query.text(0), query.date(1).value_or(Date()), query.text(2),
                          static_cast<std::uint64_t>(query.integer(3))});
    }
    return counts;
}

Result<std::map<std::string, ListedCase, std::less<>>> cases_raised_from(
    store::Database& database, std::span<const Readable> readable, std::span<const std::string> sources) {
    constexpr std::size_t at_once = 200;
    std::map<std::string, ListedCase, std::less<>> found;
    const CaseFilter all;
    for (std::size_t begin = 0; begin < sources.size(); begin += at_once) {
        Cut cut(readable, all);
        std::string names;
        for (const std::string& source : sources.subspan(begin, std::min(at_once, sources.size() - begin)))
            names += (names.empty() ? "" : ", ") + cut.bound(source);
        const std::string is_beyond = cut.is_beyond();
        auto query = TRY(database.prepare(fmt::format(
            "select {}, {}, {} from casework_case c where c.source <> '' and c.source in ({}) and {}",
            case_columns, code_of_household, is_beyond, names, cut.where())));
        cut.bind(query);
        while (TRY(query.step())) {
            ListedCase one = listed_of(query);
            std::string source = one.row.head.source;
            found.emplace(std::move(source), std::move(one));
        }
    }
    return found;
}

Result<bool> reaches_household(store::Database& database, const access::Scope& households,
                               HouseholdId household, Date day) {
    const std::string home = home_of("$1", "$2");
    const auto cut = households.sql({.household = "$1", .household_unit = home, .one_row = true}, 3);
    auto query =
        TRY(database.prepare(fmt::format("select 1 where {} is not null and {}", home, cut.condition)));
    query.bind(1, std::int64_t{household.value()});
    query.bind(2, day);
    cut.bind(query);
    return query.step();
}

Result<bool> reaches_household(store::Database& database, const access::Scope& households,
                               std::string_view code, Date day) {
    auto query = TRY(database.prepare("select max(id) from household where code = $1"));
    query.bind(1, code);
    if (!TRY(query.step()) || query.is_null(0)) return false;
    const HouseholdId household(static_cast<std::uint32_t>(query.integer(0)));
    return reaches_household(database, households, household, day);
}

Result<std::optional<UnitId>> home_of_household(store::Database& database, HouseholdId household, Date day) {
    auto query = TRY(database.prepare(fmt::format("select {}", home_of("$1", "$2"))));
    query.bind(1, std::int64_t{household.value()});
    query.bind(2, day);
    if (!TRY(query.step()) || query.is_null(0)) return std::optional<UnitId>();
    return std::optional(UnitId(static_cast<std::uint32_t>(query.integer(0))));
}

Result<std::optional<ListedCase>> find_case(store::Database& database, std::span<const Readable> readable,
                                            CaseId of) {
    const CaseFilter all;
    Cut cut(readable, all);
    const std::string is_beyond = cut.is_beyond();
    auto query = TRY(
        database.prepare(fmt::format("select {}, {}, {} from casework_case c where {} and c.id = ${}",
                                     case_columns, code_of_household, is_beyond, cut.where(), cut.next())));
    cut.bind(query);
    query.bind(cut.next(), static_cast<std::int64_t>(of.value()));
    if (!TRY(query.step())) return std::optional<ListedCase>();
    return std::optional(listed_of(query));
}

}  // namespace doudi::casework::repository
