// SPDX-License-Identifier: Apache-2.0
#include "casework/rhythms/rhythms_repository.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <utility>
#include <variant>

#include "casework/case_columns.h"
#include "casework/lists/case_cut.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view behind_all_days = "9999-12-31";

// The register as it stands: `h` is a household that nobody ended and of whom somebody is left.
constexpr std::string_view household_stands =
    "h.publish = (select max(v.publish) from household v where v.id = h.id and v.publish <="
    " (select p.id from current_publication p)) and h.ended_on is null and exists (select 1 from member m"
    " where m.household = h.id and m.publish = (select max(n.publish) from member n where n.id = m.id and"
    " n.publish <= (select p.id from current_publication p)))";

constexpr std::string_view line_columns =
    "d.household, d.category, d.machine, d.rhythm, d.sure_rhythm, d.last_on, d.last_case, d.due_on, "
    "d.sure_on,"
    " d.waits_for";
constexpr int columns_of_line = 10;

std::int64_t number_of(HouseholdId id) {
    return std::int64_t{id.value()};
}
HouseholdId household_of(std::int64_t id) {
    return HouseholdId(static_cast<std::uint32_t>(id));
}

DueLine line_of(const store::Statement& row) {
    DueLine line;
    line.household = household_of(row.integer(0));
    line.category = row.text(1);
    line.machine = row.text(2);
    line.rhythm = row.text(3);
    line.sure_rhythm = row.text(4);
    line.last_on = row.date(5);
    if (row.integer(6) != 0) line.last_case = CaseId(static_cast<std::uint64_t>(row.integer(6)));
    line.due_on = row.date(7);
    line.sure_on = row.date(8);
    line.waits_for = row.text(9);
    return line;
}

// Behind the households of one portion.
Result<void> add_words(Shelf& shelf, std::span<const MachineMove> moves, HouseholdId after,
                       std::vector<RegisteredTenure>& households) {
    if (households.empty() || moves.empty()) return {};
    const CaseFilter all;
    Cut cut(all);
    const std::string from = cut.bound(number_of(after));
    const std::string until = cut.bound(number_of(households.back().tenure.household));
    const std::string of_moves = cut.made_by(moves);
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select c.household, c.id, c.machine, e.move, c.track, e.on_day from casework_case c"
        " join casework_event e on e.case_id = c.id where c.household > {} and c.household <= {} and {}"
        " order by c.household, e.on_day, e.case_id, e.number",
        from, until, of_moves)));
    cut.bind(query);
    auto at = households.begin();
    while (TRY(query.step())) {
        const HouseholdId household = household_of(query.integer(0));
        while (at != households.end() && at->tenure.household < household) ++at;
        if (at == households.end()) break;
        if (at->tenure.household != household) continue;  // it ended
        at->tenure.words.push_back({.move = {query.text(2), query.text(3)},
                                    .category = query.text(4),
                                    .on = query.date(5).value_or(Date()),
                                    .of = CaseId(static_cast<std::uint64_t>(query.integer(1))),
                                    .told = {}});
    }
    return {};
}

// The condition of a list of lines `d`, with its values in the order of their numbers.
class DueCut {
  public:
    DueCut(const access::Scope* scope, const DueFilter& filter, std::string_view day) : day_(bound(day)) {
        const std::string month_end = written(end_of_month(filter.day));
        where_ = fmt::format("{} and not {}", household_stands, being_done);
        add_parts(filter, month_end);
        add_words(filter);
        add_place(filter);
        if (scope == nullptr) return;
        cut_ = scope->sql({.household = "h.id", .household_unit = "hu.unit"}, next_);
        next_ = cut_->next();
        where_ += " and " + cut_->condition;
    }

    [[nodiscard]] std::string from() const {
        return fmt::format(
            " from rhythm_due d join household h on h.id = d.household left join household_unit hu on"
            " hu.household = h.id and hu.from_on <= {0} and hu.until_on > {0} where {1}",
            day_, where_);
    }
    // In which part a line is, as a sum of lines.
    [[nodiscard]] std::string sum_of(DueFilter::Part part) const {
        return fmt::format("sum(case when {} then 1 else 0 end)", parts_[static_cast<std::size_t>(part)]);
    }
    [[nodiscard]] int next() const { return next_; }
    void bind(store::Statement& query) const {
        for (const auto& [n, value] : values_) {
            if (const auto* number = std::get_if<std::int64_t>(&value)) {
                query.bind(n, *number);
            } else {
                query.bind(n, std::string_view(std::get<std::string>(value)));
            }
        }
        if (cut_) cut_->bind(query);
    }

  private:
    static constexpr std::string_view being_done =
        "exists (select 1 from casework_case c where c.household = d.household and c.machine = d.machine and"
        " c.is_closed = 0 and (c.track = '' or d.category = '' or c.track = d.category) and"
        " (d.last_on is null or c.opened_on >= d.last_on))";

    static Date end_of_month(Date day) {
        const int before = static_cast<int>(static_cast<unsigned>(day.ymd().day())) - 1;
        return (day - before).plus_months(1) - 1;
    }
    // Not every list asks for each of them, and a value that none asks for cannot be bound.
    static std::string written(Date day) { return fmt::format("'{}'", day.iso()); }
    std::string bound(std::string_view value) {
        values_.emplace_back(next_, std::string(value));
        return fmt::format("${}", next_++);
    }
    std::string bound(std::int64_t value) {
        values_.emplace_back(next_, value);
        return fmt::format("${}", next_++);
    }

    // Each line is in one of them.
    void add_parts(const DueFilter& filter, const std::string& month_end) {
        using enum DueFilter::Part;
        const std::string today = written(filter.day);
        const auto put = [&](DueFilter::Part part, std::string condition) {
            parts_[static_cast<std::size_t>(part)] = std::move(condition);
        };
        put(overdue, fmt::format("(d.sure_on is not null and d.sure_on < {})", today));
        put(month,
            fmt::format("(d.sure_on = {0} or (d.due_on > {0} and d.due_on <= {1}))", today, month_end));
        put(perhaps, fmt::format("(d.due_on <= {0} and (d.sure_on is null or d.sure_on > {0}))", today));
        put(unknown, "d.due_on is null");
        put(later, fmt::format("d.due_on > {}", month_end));
        if (filter.parts.empty()) return;
        std::string any;
        for (const DueFilter::Part part : filter.parts)
            any += (any.empty() ? "" : " or ") + parts_[static_cast<std::size_t>(part)];
        where_ += fmt::format(" and ({})", any);
    }

    void add_words(const DueFilter& filter) {
        if (!filter.machine.empty()) where_ += " and d.machine = " + bound(filter.machine);
        if (!filter.category.empty()) where_ += " and d.category = " + bound(filter.category);
        if (!filter.rhythm.empty()) {
            const std::string rhythm = bound(filter.rhythm);
            where_ += fmt::format(" and (d.rhythm = {0} or d.sure_rhythm = {0})", rhythm);
        }
        if (!filter.code.empty()) where_ += " and h.code = " + bound(filter.code);
        if (filter.is_seen)
            where_ += *filter.is_seen ? " and d.last_on is not null" : " and d.last_on is null";
    }

    void add_place(const DueFilter& filter) {
        if (filter.at) where_ += " and hu.unit = " + bound(std::int64_t{filter.at->value()});
        if (!filter.below) return;
        where_ += fmt::format(
            " and exists (select 1 from unit_within fw where fw.unit = hu.unit and fw.ancestor = {0} and"
            " fw.from_on <= {1} and fw.until_on > {1})",
            bound(std::int64_t{filter.below->value()}), day_);
    }

    int next_ = 1;
    std::vector<std::pair<int, std::variant<std::int64_t, std::string>>> values_;
    std::string day_;  // of the offices
    std::string where_;
    std::array<std::string, 5> parts_;
    std::optional<access::SqlScope> cut_;
};

Result<std::vector<ListedDue>> listed(store::Database& database, const access::Scope* scope,
                                      const DueFilter& filter, const DuePlace& after, std::size_t limit) {
    const DueCut cut(scope, filter, scope == nullptr ? filter.day.iso() : scope->day().iso());
    const int n = cut.next();
    auto query = TRY(database.prepare(fmt::format(
        "select {0}, h.code, h.region, hu.unit{1} and (coalesce(d.due_on, '{2}'), d.household, d.category,"
        " d.machine) > (${3}, ${4}, ${5}, ${6}) order by coalesce(d.due_on, '{2}'), d.household, d.category,"
        " d.machine limit ${7}",
        line_columns, cut.from(), behind_all_days, n, n + 1, n + 2, n + 3, n + 4)));
    cut.bind(query);
    query.bind(n, std::string_view(after.due)).bind(n + 1, std::int64_t{after.household});
    query.bind(n + 2, std::string_view(after.category)).bind(n + 3, std::string_view(after.machine));
    query.bind(n + 4, static_cast<std::int64_t>(limit));
    std::vector<ListedDue> rows;
    while (TRY(query.step())) {
        ListedDue& row = rows.emplace_back();
        row.line = line_of(query);
        row.code = query.text(columns_of_line);
        row.region = query.text(columns_of_line + 1);
        if (!query.is_null(columns_of_line + 2))
            row.unit = UnitId(static_cast<std::uint32_t>(query.integer(columns_of_line + 2)));
    }
    return rows;
}

}  // namespace

Result<std::vector<RegisteredTenure>> select_tenures(Shelf& shelf, std::span<const MachineMove> moves,
                                                     HouseholdId after, std::size_t limit) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select h.id, h.region, h.category, h.enrolled_on from household h where h.id > $1 and {}"
                    " order by h.id limit $2",
                    household_stands)));
    query.bind(1, number_of(after)).bind(2, static_cast<std::int64_t>(limit));
    std::vector<RegisteredTenure> households;
    while (TRY(query.step())) {
        RegisteredTenure& one = households.emplace_back();
        one.tenure.household = household_of(query.integer(0));
        one.region = query.text(1);
        one.tenure.category = query.text(2);
        one.tenure.enrolled_on = query.date(3);
    }
    TRY_VOID(add_words(shelf, moves, after, households));
    return households;
}

Result<std::vector<DueLine>> select_due_between(Shelf& shelf, HouseholdId after,
                                                std::optional<HouseholdId> last) {
    auto query = TRY(shelf.database.prepare(fmt::format(
        "select {} from rhythm_due d where d.household > $1 and d.household <= $2", line_columns)));
    constexpr std::int64_t behind_all = std::numeric_limits<std::int64_t>::max();
    query.bind(1, number_of(after)).bind(2, last ? number_of(*last) : behind_all);
    std::vector<DueLine> lines;
    while (TRY(query.step())) lines.push_back(line_of(query));
    return lines;
}

Result<void> insert_due(Shelf& shelf, const DueLine& line) {
    auto insert =
        TRY(shelf.database.prepare("insert into rhythm_due (household, category, machine, rhythm, "
                                   "sure_rhythm, last_on, last_case, due_on,"
                                   " sure_on, waits_for) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    insert.bind(1, number_of(line.household)).bind(2, std::string_view(line.category));
    insert.bind(3, std::string_view(line.machine)).bind(4, std::string_view(line.rhythm));
    insert.bind(5, std::string_view(line.sure_rhythm)).bind(6, line.last_on);
    insert.bind(7, line.last_case ? static_cast<std::int64_t>(line.last_case->value()) : std::int64_t{0});
    insert.bind(8, line.due_on).bind(9, line.sure_on).bind(10, std::string_view(line.waits_for));
    return insert.run();
}

Result<void> delete_due(Shelf& shelf, const DueLine& line) {
    auto gone = TRY(shelf.database.prepare(
        "delete from rhythm_due where household = $1 and category = $2 and machine = $3"));
    gone.bind(1, number_of(line.household)).bind(2, std::string_view(line.category));
    gone.bind(3, std::string_view(line.machine));
    return gone.run();
}

std::string_view name_of(DueFilter::Part part) {
    switch (part) {
        case DueFilter::Part::overdue:
            return "overdue";
        case DueFilter::Part::month:
            return "month";
        case DueFilter::Part::perhaps:
            return "perhaps";
        case DueFilter::Part::unknown:
            return "unknown";
        default:
            return "later";
    }
}

DueFilter::Part part_on(const DueLine& line, Date day) {
    using enum DueFilter::Part;
    switch (state_on(line.due_on, line.sure_on, day)) {
        case DueState::unknown:
            return unknown;
        case DueState::overdue:
            return overdue;
        case DueState::due:
            return month;
        case DueState::perhaps:
            return perhaps;
        default:
            return line.due_on->ymd().year() == day.ymd().year() &&
                           line.due_on->ymd().month() == day.ymd().month()
                       ? month
                       : later;
    }
}

Result<std::vector<ListedDue>> list_due(store::Database& database, const access::Scope& scope,
                                        const DueFilter& filter, const DuePlace& after, std::size_t limit) {
    return listed(database, &scope, filter, after, limit);
}

Result<std::vector<ListedDue>> list_due(store::Database& database, const DueFilter& filter) {
    constexpr std::size_t most = 1'000'000;
    return listed(database, nullptr, filter, {}, most);
}

Result<DueCount> count_due(store::Database& database, const access::Scope& scope, const DueFilter& filter) {
    using enum DueFilter::Part;
    const DueCut cut(&scope, filter, scope.day().iso());
    auto query = TRY(database.prepare(
        fmt::format("select {}, {}, {}, {}, {}, sum(case when d.last_on is null then 0 else 1 end){}",
                    cut.sum_of(overdue), cut.sum_of(month), cut.sum_of(perhaps), cut.sum_of(unknown),
                    cut.sum_of(later), cut.from())));
    cut.bind(query);
    DueCount sum;
    if (!TRY(query.step())) return sum;
    const auto count = [&](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
    return DueCount{count(0), count(1), count(2), count(3), count(4), count(5)};
}

Result<std::optional<LastMade>> last_made(store::Database& database, std::span<const Readable> readable,
                                          std::span<const MachineMove> moves) {
    const CaseFilter all;
    Cut cut(readable, all);
    const std::string where = cut.where();
    const std::string made = cut.made_by(moves);
    auto query = TRY(database.prepare(
        fmt::format("select e.on_day, c.id from casework_case c join casework_event e on e.case_id = c.id"
                    " where {} and {} order by e.on_day desc, c.id desc limit 1",
                    where, made)));
    cut.bind(query);
    if (!TRY(query.step())) return std::optional<LastMade>();
    return std::optional(
        LastMade{query.date(0).value_or(Date()), CaseId(static_cast<std::uint64_t>(query.integer(1)))});
}

}  // namespace doudi::casework::repository
