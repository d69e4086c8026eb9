// SPDX-License-Identifier: Apache-2.0
#include "casework/lists_repository.h"

#include <fmt/format.h>

#include "casework/case_columns.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view behind_all_days = "9999-12-31";

// The condition of a list, and its values in the order of their numbers.
class Cut {
  public:
    Cut(std::span<const Readable> readable, const CaseFilter& filter) : filter_(filter) {
        for (const Readable& one : readable) add_readable(one);
        if (any_.empty()) any_ = "1 = 0";
        add_filter();
    }

    // Nobody's reach cuts it.
    explicit Cut(const CaseFilter& filter) : filter_(filter), any_("1 = 1") { add_filter(); }

    [[nodiscard]] std::string where() const { return fmt::format("({}){}", any_, rest_); }
    [[nodiscard]] int next() const { return next_; }
    void bind(store::Statement& query) const {
        for (const auto& scope : scopes_) scope.bind(query);
        for (const auto& [n, value] : texts_) query.bind(n, std::string_view(value));
        for (const auto& [n, value] : numbers_) query.bind(n, value);
    }

  private:
    std::string bound(std::string value) {
        texts_.emplace_back(next_, std::move(value));
        return fmt::format("${}", next_++);
    }
    std::string bound(std::int64_t value) {
        numbers_.emplace_back(next_, value);
        return fmt::format("${}", next_++);
    }

    void add_readable(const Readable& one) {
        if (one.machines.empty() || one.scope.is_empty()) return;
        std::string names;
        for (const std::string& machine : one.machines) {
            if (!names.empty()) names += ", ";
            names += bound(machine);
        }
        if (!any_.empty()) any_ += " or ";
        const std::string by_unit = reach_by("c.unit", one.scope);
        const std::string by_origin = reach_by("c.origin", one.scope);
        any_ += fmt::format("(c.machine in ({}) and ({} or {}))", names, by_unit, by_origin);
    }

    std::string reach_by(std::string_view unit, const access::Scope& scope) {
        scopes_.push_back(scope.sql({.household = "c.household",
                                     .person = "c.person",
                                     .household_unit = unit,
                                     .one_row = true,
                                     .department = "c.department"},
                                    next_));
        next_ = scopes_.back().next();
        return scopes_.back().condition;
    }

    void add_filter() {
        if (!filter_.machine.empty()) rest_ += " and c.machine = " + bound(filter_.machine);
        if (!filter_.state.empty()) rest_ += " and c.state = " + bound(filter_.state);
        if (filter_.household)
            rest_ += " and c.household = " + bound(std::int64_t{filter_.household->value()});
        if (filter_.parent)
            rest_ += " and c.parent = " + bound(static_cast<std::int64_t>(filter_.parent->value()));
        if (filter_.is_closed)
            rest_ += " and c.is_closed = " + bound(std::int64_t{*filter_.is_closed ? 1 : 0});
        if (filter_.due_from) rest_ += " and c.due_on >= " + bound(filter_.due_from->iso());
        if (filter_.due_until) rest_ += " and c.due_on <= " + bound(filter_.due_until->iso());
        if (filter_.units.empty()) return;
        std::string units;
        for (const UnitId unit : filter_.units)
            units += (units.empty() ? "" : ", ") + bound(std::int64_t{unit.value()});
        rest_ += fmt::format(" and c.unit in ({})", units);
    }

    const CaseFilter& filter_;
    std::string any_;
    std::string rest_;
    int next_ = 1;
    std::vector<access::SqlScope> scopes_;
    std::vector<std::pair<int, std::string>> texts_;
    std::vector<std::pair<int, std::int64_t>> numbers_;
};

// A household has had its number since it was entered: any of its rows tells it.
constexpr std::string_view code_of_household =
    "coalesce((select max(h.code) from household h where h.id = c.household), '')";

ListedCase listed_of(const store::Statement& row) {
    return {case_of(row), row.text(columns_of_case)};
}

}  // namespace

std::string due_key(const std::optional<Date>& due) {
    return due ? due->iso() : std::string(behind_all_days);
}

namespace {

Result<std::vector<ListedCase>> listed(store::Database& database, const Cut& cut, const CasePlace& after,
                                       std::size_t limit) {
    auto query = TRY(database.prepare(fmt::format(
        "select {}, {} from casework_case c where {} and (coalesce(c.due_on, '{}'), c.id) > (${}, ${})"
        " order by coalesce(c.due_on, '{}'), c.id limit ${}",
        case_columns, code_of_household, cut.where(), behind_all_days, cut.next(), cut.next() + 1,
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
                                            const CaseFilter& filter, Date today) {
    const Cut cut(readable, filter);
    auto query = TRY(database.prepare(fmt::format(
        "select c.machine, c.state, count(*), sum(case when c.due_on = ${0} then 1 else 0 end),"
        " sum(case when c.due_on < ${0} then 1 else 0 end) from casework_case c where {1} and c.is_closed = 0"
        " group by c.machine, c.state order by c.machine, c.state",
        cut.next(), cut.where())));
    cut.bind(query);
    query.bind(cut.next(), today);
    std::vector<StateCount> counts;
    while (TRY(query.step())) {
        counts.push_back({query.text(0), query.text(1), static_cast<std::uint64_t>(query.integer(2)),
                          static_cast<std::uint64_t>(query.integer(3)),
                          static_cast<std::uint64_t>(query.integer(4))});
    }
    return counts;
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

Result<std::optional<ListedCase>> find_case(store::Database& database, std::span<const Readable> readable,
                                            CaseId of) {
    const CaseFilter all;
    const Cut cut(readable, all);
    auto query =
        TRY(database.prepare(fmt::format("select {}, {} from casework_case c where {} and c.id = ${}",
                                         case_columns, code_of_household, cut.where(), cut.next())));
    cut.bind(query);
    query.bind(cut.next(), static_cast<std::int64_t>(of.value()));
    if (!TRY(query.step())) return std::optional<ListedCase>();
    return std::optional(listed_of(query));
}

}  // namespace doudi::casework::repository
