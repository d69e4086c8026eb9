// SPDX-License-Identifier: Apache-2.0
#include "http/register/repository.h"

#include <fmt/format.h>

#include <optional>
#include <variant>

#include "access/audit.h"
#include "casework/lists/case_cut.h"
#include "http/cases/answered_warnings.h"
#include "http/register/register_rows.h"
#include "registry/row_columns.h"

namespace doudi::http {
namespace {

constexpr std::string_view behind_all_days = "9999-12-31";

std::int64_t number_of(PublishId id) {
    return static_cast<std::int64_t>(id.value());
}

// The first text behind all that begin with this one.
std::string behind(std::string_view prefix) {
    constexpr char last_byte = '\x7f';
    return std::string(prefix) + last_byte;
}

// $1 is the publish id, $2 the day: the household as it stands, and the unit where it belongs.
constexpr std::string_view of_household =
    " left join household_unit hu on hu.household = h.id and hu.from_on <= $2 and hu.until_on > $2"
    " where h.publish = (select max(v.publish) from household v where v.id = h.id and v.publish <= $1)";

PlacedHousehold household_of(const store::Statement& row) {
    PlacedHousehold household{.id = HouseholdId(static_cast<std::uint32_t>(row.integer(0))),
                              .code = row.text(1),
                              .unit = std::nullopt};
    if (!row.is_null(2)) household.unit = access::UnitId(static_cast<std::uint32_t>(row.integer(2)));
    return household;
}

// Those that are assigned, where the scope goes by that; else none is asked for.
Result<std::set<HouseholdId>> assigned_by(store::DataFolder& data, const access::Scope& scope) {
    std::set<HouseholdId> assigned;
    if (!scope.by_assignment()) return assigned;
    for (const auto& one : TRY(access::assignments_of(data.database(), scope.user(), scope.day()))) {
        if (one.from <= scope.day()) assigned.insert(one.household);
    }
    return assigned;
}

Result<std::vector<PlacedHousehold>> households(store::DataFolder& data, const access::Scope& scope,
                                                store::Statement query) {
    const auto assigned = TRY(assigned_by(data, scope));
    std::vector<PlacedHousehold> rows;
    while (TRY(query.step())) {
        rows.push_back(household_of(query));
        rows.back().assigned = assigned.contains(rows.back().id);
    }
    return rows;
}

Result<std::optional<PlacedHousehold>> one_household(store::DataFolder& data, const access::Scope& scope,
                                                     store::Statement query) {
    auto found = TRY(households(data, scope, std::move(query)));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

// Values of a condition, by their numbers in it.
class Bound {
  public:
    explicit Bound(int first) : first_(first) {}
    std::string text(const std::string& value) {
        values_.emplace_back(value);
        return fmt::format("${}", next() - 1);
    }
    std::string number(std::int64_t value) {
        values_.emplace_back(value);
        return fmt::format("${}", next() - 1);
    }
    [[nodiscard]] int next() const { return first_ + static_cast<int>(values_.size()); }
    void bind(store::Statement& query) const {
        int n = first_;
        for (const auto& value : values_) {
            if (const auto* number = std::get_if<std::int64_t>(&value)) {
                query.bind(n++, *number);
            } else {
                query.bind(n++, std::string_view(std::get<std::string>(value)));
            }
        }
    }

  private:
    int first_;
    std::vector<std::variant<std::int64_t, std::string>> values_;
};

// Of the household's unit `hu`; $2 is the day.
std::string placed(const PlaceFilter& place, Bound& bound) {
    std::string condition;
    if (place.below) {
        condition += fmt::format(
            " and exists (select 1 from unit_within pw where pw.unit = coalesce(hu.unit, 0) and pw.ancestor "
            "= {}"
            " and pw.from_on <= $2 and pw.until_on > $2)",
            bound.number(std::int64_t{place.below->value()}));
    }
    if (place.at) condition += " and hu.unit = " + bound.number(std::int64_t{place.at->value()});
    return condition;
}

std::string among(const std::optional<std::vector<HouseholdId>>& households) {
    if (!households) return {};
    if (households->empty()) return " and 1 = 0";
    std::string ids;
    for (const HouseholdId id : *households) ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id.value());
    return fmt::format(" and h.id in ({})", ids);
}

// Warnings as they stand, by whatever state; $1 is the publish id, $2 the day.
constexpr std::string_view of_warning =
    " from warning w join household h on h.id = w.household"
    " left join household_unit hu on hu.household = h.id and hu.from_on <= $2 and hu.until_on > $2"
    " where w.publish = (select max(x.publish) from warning x where x.id = w.id and x.publish <= $1)"
    " and h.publish = (select max(v.publish) from household v where v.id = h.id and v.publish <= $1)";

std::string filtered(const WarningFilter& filter, Bound& bound) {
    std::string condition;
    if (filter.is_closed)
        condition += *filter.is_closed ? " and w.state = 'closed'" : " and w.state = 'open'";
    std::string levels;
    for (const std::string& level : filter.levels) levels += (levels.empty() ? "" : ", ") + bound.text(level);
    if (!levels.empty()) condition += fmt::format(" and w.level in ({})", levels);
    if (!filter.region.empty()) {
        condition += " and h.region >= " + bound.text(filter.region);
        condition += " and h.region < " + bound.text(behind(filter.region));
    }
    if (filter.due_from) condition += " and w.due_on >= " + bound.text(filter.due_from->iso());
    if (filter.due_until) condition += " and w.due_on <= " + bound.text(filter.due_until->iso());
    if (filter.issued_from) condition += " and w.issued_on >= " + bound.text(filter.issued_from->iso());
    if (filter.issued_until) condition += " and w.issued_on <= " + bound.text(filter.issued_until->iso());
    if (!filter.category.empty()) condition += " and h.category = " + bound.text(filter.category);
    // Whole ids between their separators: what a pattern takes for any letter stands in them.
    if (!filter.indicator.empty())
        condition +=
            fmt::format(" and replace(';' || w.indicators || ';', {}, '') <> ';' || w.indicators || ';'",
                        bound.text(";" + filter.indicator + ";"));
    return condition + placed(filter.place, bound);
}

// A list of warnings: what it asks of `w`, cut by the filter and the scope.
struct WarningQuery {
    Bound filter{3};  // made before `where`, which it counts the values of
    std::string where;
    access::SqlScope cut;
    std::optional<casework::repository::Cut> answered;

    // Null: whatever case answers them.
    WarningQuery(const access::Scope& scope, const WarningFilter& asked, const AnsweredBy* by = nullptr)
        : where(std::string(of_warning) + filtered(asked, filter)),
          cut(scope.sql({.household = "h.id", .household_unit = "hu.unit"}, filter.next())) {
        where += " and " + cut.condition;
        if (by == nullptr) return;
        answered.emplace(by->readable, by->filter, cut.next());
        where += fmt::format(
            " and {}exists (select 1 from casework_case c where c.source <> '' and c.source = 'warning/' || "
            "w.id"
            " and {})",
            by->is_none ? "not " : "", answered->where());
    }
    [[nodiscard]] int next() const { return answered ? answered->next() : cut.next(); }
    void bind(store::Statement& query, store::DataFolder& data, const access::Scope& scope) const {
        query.bind(1, number_of(data.current())).bind(2, scope.day());
        filter.bind(query);
        cut.bind(query);
        if (answered) answered->bind(query);
    }
};

Result<store::Statement> ask_households(store::DataFolder& data, const access::Scope& scope,
                                        const HouseholdFilter& filter, std::string_view after,
                                        std::size_t limit) {
    constexpr int first_of_scope = 9;
    const auto cut = scope.sql({.household = "h.id", .household_unit = "hu.unit"}, first_of_scope);
    Bound bound(cut.next());
    const std::string place = placed(filter.place, bound) + among(filter.among);
    const std::string sql = fmt::format(
        "select h.id, h.code, hu.unit, h.region, h.category from household h{} and h.ended_on is null"
        " and h.code > $3 and h.code >= $4 and h.code < $5"
        " and h.region >= $6 and h.region < $7 and ($8 = '' or h.category = $8) and {}{} order by h.code "
        "limit "
        "${}",
        of_household, cut.condition, place, bound.next());
    auto query = TRY(data.database().prepare(sql));
    const std::string code_end = behind(filter.code);
    const std::string region_end = behind(filter.region);
    query.bind(1, number_of(data.current())).bind(2, scope.day()).bind(3, after);
    query.bind(4, std::string_view(filter.code)).bind(5, std::string_view(code_end));
    query.bind(6, std::string_view(filter.region)).bind(7, std::string_view(region_end));
    query.bind(8, std::string_view(filter.category));
    cut.bind(query);
    bound.bind(query);
    query.bind(bound.next(), static_cast<std::int64_t>(limit));
    return query;
}

}  // namespace

Result<std::vector<PlacedHousehold>> list_households(store::DataFolder& data, const access::Scope& scope,
                                                     const HouseholdFilter& filter, std::string_view after,
                                                     std::size_t limit) {
    return households(data, scope, TRY(ask_households(data, scope, filter, after, limit)));
}

Result<std::vector<StandingHousehold>> standing_households(store::DataFolder& data,
                                                           const access::Scope& scope, std::size_t limit) {
    auto query = TRY(ask_households(data, scope, {}, "", limit));
    std::vector<StandingHousehold> rows;
    while (TRY(query.step())) rows.push_back({household_of(query), query.text(3), query.text(4)});
    return rows;
}

Result<std::optional<PlacedHousehold>> find_household(store::DataFolder& data, const access::Scope& scope,
                                                      std::string_view code) {
    constexpr int first_of_scope = 4;
    const auto cut =
        scope.sql({.household = "h.id", .household_unit = "hu.unit", .one_row = true}, first_of_scope);
    auto query = TRY(data.database().prepare(
        fmt::format("select h.id, h.code, hu.unit from household h{} and h.code = $3 and {}", of_household,
                    cut.condition)));
    query.bind(1, number_of(data.current())).bind(2, scope.day()).bind(3, code);
    cut.bind(query);
    return one_household(data, scope, std::move(query));
}

Result<std::optional<WholeHousehold>> find_whole_household(store::DataFolder& data,
                                                           const access::Scope& scope,
                                                           std::string_view code) {
    constexpr int first_of_scope = 4;
    constexpr int unit_column = 12;  // behind those that registry reads
    auto seal = TRY(registry::RegisterSeal::kept_by(data));
    const auto cut =
        scope.sql({.household = "h.id", .household_unit = "hu.unit", .one_row = true}, first_of_scope);
    auto query = TRY(data.database().prepare(fmt::format(
        "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen,"
        " h.publish, h.sealed, h.ended_on, h.successor, hu.unit from household h{} and h.code = $3 and {}",
        of_household, cut.condition)));
    query.bind(1, number_of(data.current())).bind(2, scope.day()).bind(3, code);
    cut.bind(query);
    if (!TRY(query.step())) return std::optional<WholeHousehold>();
    WholeHousehold found;
    found.household =
        TRY(registry::household_of(query, registry::pointer_to(seal), registry::Ledger::standing));
    found.placed = {.id = found.household.id, .code = found.household.code, .unit = std::nullopt};
    if (!query.is_null(unit_column))
        found.placed.unit = access::UnitId(static_cast<std::uint32_t>(query.integer(unit_column)));
    found.placed.assigned = TRY(assigned_by(data, scope)).contains(found.placed.id);
    return found;
}

Result<std::optional<PlacedHousehold>> find_household_of(store::DataFolder& data, const access::Scope& scope,
                                                         PersonId person) {
    constexpr int first_of_scope = 4;
    const auto cut =
        scope.sql({.household = "h.id", .household_unit = "hu.unit", .one_row = true}, first_of_scope);
    auto query = TRY(data.database().prepare(fmt::format(
        "select h.id, h.code, hu.unit from household h{} and h.id = (select m.household from member m where"
        " m.id = $3 and m.publish = (select max(n.publish) from member n where n.id = m.id and n.publish <= "
        "$1)) and {}",
        of_household, cut.condition)));
    query.bind(1, number_of(data.current())).bind(2, scope.day()).bind(3, std::int64_t{person.value()});
    cut.bind(query);
    return one_household(data, scope, std::move(query));
}

std::string due_key(const std::optional<Date>& due) {
    return due ? due->iso() : std::string(behind_all_days);
}

Result<std::vector<ListedWarning>> list_warnings(store::DataFolder& data, const access::Scope& scope,
                                                 const WarningFilter& filter, const WarningPlace& after,
                                                 std::size_t limit) {
    return list_warnings_answered(data, scope, filter, nullptr, after, limit);
}

Result<std::vector<ListedWarning>> list_warnings_answered(store::DataFolder& data, const access::Scope& scope,
                                                          const WarningFilter& filter,
                                                          const AnsweredBy* answered,
                                                          const WarningPlace& after, std::size_t limit) {
    const WarningQuery asked(scope, filter, answered);
    const int last = asked.next();
    auto query = TRY(data.database().prepare(
        fmt::format("select h.id, h.code, hu.unit, w.id, h.region, w.score, w.level, w.issued_on, w.due_on, "
                    "w.due_provisional, w.indicators, w.closed_on, h.category{0}"
                    " and (coalesce(w.due_on, '{1}'), w.id) > (${2}, ${3})"
                    " order by coalesce(w.due_on, '{1}'), w.id limit ${4}",
                    asked.where, behind_all_days, last, last + 1, last + 2)));
    asked.bind(query, data, scope);
    query.bind(last, std::string_view(after.due)).bind(last + 1, std::int64_t{after.id});
    query.bind(last + 2, static_cast<std::int64_t>(limit));
    const auto assigned = TRY(assigned_by(data, scope));
    std::vector<ListedWarning> rows;
    while (TRY(query.step())) {
        ListedWarning row;
        row.household = household_of(query);
        row.household.assigned = assigned.contains(row.household.id);
        row.id = static_cast<std::uint32_t>(query.integer(3));
        row.region = query.text(4);
        row.score = static_cast<int>(query.integer(5));
        row.level = query.text(6);
        row.issued_on = query.date(7).value_or(Date());
        row.due_on = query.date(8);
        row.due_provisional = query.integer(9) != 0;
        row.indicators = query.text(10);
        row.closed_on = query.date(11);
        row.category = query.text(12);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<LevelCount>> count_warnings(store::DataFolder& data, const access::Scope& scope,
                                               const WarningFilter& filter) {
    return count_warnings_answered(data, scope, filter, nullptr);
}

Result<std::vector<LevelCount>> count_warnings_answered(store::DataFolder& data, const access::Scope& scope,
                                                        const WarningFilter& filter,
                                                        const AnsweredBy* answered) {
    const WarningQuery asked(scope, filter, answered);
    auto query =
        TRY(data.database().prepare(fmt::format("select w.level, count(*){} group by w.level", asked.where)));
    asked.bind(query, data, scope);
    std::vector<LevelCount> counts;
    while (TRY(query.step())) counts.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1))});
    return counts;
}

namespace {

// By the office of a household; 0: of none.
access::UnitId unit_at(const store::Statement& query, int column) {
    return access::UnitId(static_cast<std::uint32_t>(query.integer(column)));
}

}  // namespace

Result<std::vector<WarningTally>> tally_warnings(store::DataFolder& data, const access::Scope& scope,
                                                 const CycleDays& cycles) {
    WarningFilter any;
    any.is_closed = std::nullopt;
    const WarningQuery asked(scope, any);
    const int last = asked.next();
    auto query = TRY(data.database().prepare(
        fmt::format("select coalesce(hu.unit, 0), w.level, sum(case when w.state = 'open' then 1 else 0 end),"
                    " sum(case when w.issued_on = ${1} then 1 else 0 end),"
                    " sum(case when w.issued_on = ${2} then 1 else 0 end){0}"
                    " and (w.state = 'open' or w.issued_on in (${1}, ${2})) group by 1, 2 order by 1, 2",
                    asked.where, last, last + 1)));
    asked.bind(query, data, scope);
    const std::string latest = cycles.last ? cycles.last->iso() : std::string();
    const std::string before = cycles.before ? cycles.before->iso() : std::string();
    query.bind(last, std::string_view(latest)).bind(last + 1, std::string_view(before));
    std::vector<WarningTally> tallies;
    const auto count = [&query](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
    while (TRY(query.step()))
        tallies.push_back({unit_at(query, 0), query.text(1), count(2), count(3), count(4)});
    return tallies;
}

Result<std::vector<IssuedInMonth>> issued_by_month(store::DataFolder& data, const access::Scope& scope,
                                                   Date from) {
    WarningFilter since;
    since.is_closed = std::nullopt;
    since.issued_from = from;
    const WarningQuery asked(scope, since);
    auto query = TRY(data.database().prepare(
        fmt::format("select substr(w.issued_on, 1, 7), count(*){} group by 1 order by 1", asked.where)));
    asked.bind(query, data, scope);
    std::vector<IssuedInMonth> months;
    while (TRY(query.step())) months.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1))});
    return months;
}

Result<std::vector<PlacedCount>> tally_households(store::DataFolder& data, const access::Scope& scope) {
    constexpr int first_of_scope = 3;
    const auto cut = scope.sql({.household = "h.id", .household_unit = "hu.unit"}, first_of_scope);
    auto query = TRY(data.database().prepare(fmt::format(
        "select coalesce(hu.unit, 0), count(*) from household h{} and h.ended_on is null and {} group by 1"
        " order by 1",
        of_household, cut.condition)));
    query.bind(1, number_of(data.current())).bind(2, scope.day());
    cut.bind(query);
    std::vector<PlacedCount> counts;
    while (TRY(query.step()))
        counts.push_back({unit_at(query, 0), static_cast<std::uint64_t>(query.integer(1))});
    return counts;
}

Result<CycleDays> last_cycles(store::DataFolder& data) {
    auto query = TRY(data.database().prepare(
        "select distinct as_of from publication where kind = 'cycle' and done = 1 and id <= $1"
        " order by as_of desc limit 2"));
    query.bind(1, number_of(data.current()));
    CycleDays days;
    if (TRY(query.step())) days.last = query.date(0);
    if (days.last && TRY(query.step())) days.before = query.date(0);
    return days;
}

namespace {

Result<std::vector<PlacedHousehold>> named_by(store::DataFolder& data, const access::Scope& scope,
                                              std::string_view condition, std::string_view after,
                                              std::size_t limit) {
    constexpr int first_of_scope = 4;
    const auto cut = scope.sql({.household = "h.id", .household_unit = "hu.unit"}, first_of_scope);
    auto query = TRY(data.database().prepare(
        fmt::format("select h.id, h.code, hu.unit from household h{} and h.code > $3 and {} and {} "
                    "order by h.code limit ${}",
                    of_household, condition, cut.condition, cut.next())));
    query.bind(1, number_of(data.current())).bind(2, scope.day()).bind(3, after);
    cut.bind(query);
    query.bind(cut.next(), static_cast<std::int64_t>(limit));
    return households(data, scope, std::move(query));
}

}  // namespace

Result<std::vector<PlacedHousehold>> list_exits(store::DataFolder& data, const access::Scope& scope,
                                                std::string_view after, std::size_t limit) {
    return named_by(data, scope,
                    "exists (select 1 from natural_exit n where n.household = h.id and n.publish <= $1)",
                    after, limit);
}

Result<std::vector<PlacedHousehold>> list_doubted(store::DataFolder& data, const access::Scope& scope,
                                                  std::string_view after, std::size_t limit) {
    return named_by(
        data, scope,
        "exists (select 1 from doubtful_event d join member m on m.id = d.member where m.household "
        "= h.id and d.publish = (select max(c.publish) from cycle_memory c where c.publish <= $1))",
        after, limit);
}

Result<std::map<PersonId, HouseholdId>> homes_of_persons(store::DataFolder& data,
                                                         const std::vector<PersonId>& persons) {
    std::map<PersonId, HouseholdId> homes;
    if (persons.empty()) return homes;
    std::string ids;
    for (const PersonId id : persons) ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id.value());
    auto query = TRY(data.database().prepare(
        fmt::format("select m.id, m.household from member m where m.id in ({}) and m.household <> 0"
                    " and m.publish = (select max(n.publish) from member n where n.id = m.id and"
                    " n.publish <= $1)",
                    ids)));
    query.bind(1, number_of(data.current()));
    while (TRY(query.step()))
        homes.emplace(PersonId(static_cast<std::uint32_t>(query.integer(0))),
                      HouseholdId(static_cast<std::uint32_t>(query.integer(1))));
    return homes;
}

namespace {

// $1 is the publish id, $2 the day.
constexpr std::string_view protected_rows =
    " from protected_person p join member m on m.id = p.person where p.from_on <= $2 and p.until_on > $2"
    " and m.publish = (select max(n.publish) from member n where n.id = m.id and n.publish <= $1)";

}  // namespace

Result<std::set<PersonId>> protected_members(store::DataFolder& data, HouseholdId household, Date day) {
    auto query =
        TRY(data.database().prepare(fmt::format("select m.id{} and m.household = $3", protected_rows)));
    query.bind(1, number_of(data.current())).bind(2, day).bind(3, std::int64_t{household.value()});
    std::set<PersonId> found;
    while (TRY(query.step())) found.emplace(static_cast<std::uint32_t>(query.integer(0)));
    return found;
}

Result<Protected> protected_now(store::DataFolder& data, Date day) {
    auto query = TRY(data.database().prepare(fmt::format("select m.id, m.household{}", protected_rows)));
    query.bind(1, number_of(data.current())).bind(2, day);
    Protected found;
    while (TRY(query.step())) {
        found.persons.emplace(static_cast<std::uint32_t>(query.integer(0)));
        found.households.emplace(static_cast<std::uint32_t>(query.integer(1)));
    }
    return found;
}

Result<std::set<HouseholdId>> proposed_for_protected(store::DataFolder& data, PublishId proposal, Date day) {
    auto query = TRY(data.database().prepare(
        "select m.household from protected_person p join proposed_member m on m.publish = $1 and m.id = "
        "p.person where m.is_new = 0 and p.from_on <= $2 and p.until_on > $2"));
    query.bind(1, number_of(proposal)).bind(2, day);
    std::set<HouseholdId> found;
    while (TRY(query.step())) found.emplace(static_cast<std::uint32_t>(query.integer(0)));
    return found;
}

Result<std::string> signing_key(store::Database& database, std::string_view fresh) {
    std::string key;
    TRY_VOID(database.write([&]() -> Result<void> {
        auto insert =
            TRY(database.prepare("insert into setting (name, value) values ('server_signing_key', $1) on "
                                 "conflict (name) do nothing"));
        TRY_VOID(insert.bind(1, fresh).run());
        auto select = TRY(database.prepare("select value from setting where name = 'server_signing_key'"));
        ensure(TRY(select.step()), "a setting that was just made");
        key = select.text(0);
        return {};
    }));
    return key;
}

}  // namespace doudi::http
