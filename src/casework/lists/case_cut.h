// SPDX-License-Identifier: Apache-2.0
// The condition by which lists of cases are cut: whom the reader reaches, and what is asked for. `c` names
// casework_case in a query.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casework/lists/lists_repository.h"

namespace doudi::casework::repository {

// Who acted last at the office where the case is; 0: nobody there has.
inline constexpr std::string_view officer_of_case =
    "coalesce((select o.made_by from casework_event o where o.case_id = c.id and o.unit = c.unit and "
    "o.made_by <> 0"
    " order by o.number desc limit 1), 0)";

// Where a household belongs on a day, or belonged last. Both as they stand in the query.
[[nodiscard]] inline std::string home_of(std::string_view household, std::string_view day) {
    return fmt::format(
        "(select hu.unit from household_unit hu where hu.household = {} and hu.from_on <= {}"
        " order by hu.from_on desc limit 1)",
        household, day);
}

// The condition of a list, and its values in the order of their numbers.
class Cut {
  public:
    // Values are numbered from `first` on. The filter must outlive it.
    Cut(std::span<const Readable> readable, const CaseFilter& filter, int first = 1)
        : filter_(filter), readable_(readable), next_(first) {
        for (const Readable& one : readable) add_readable(one);
        if (any_.empty()) any_ = "1 = 0";
        add_filter();
    }

    // Nobody's reach cuts it.
    explicit Cut(const CaseFilter& filter) : filter_(filter), any_("1 = 1"), next_(1) { add_filter(); }

    // A condition of `c` that goes on behind the others: due by the end of one of these.
    [[nodiscard]] std::string near_by(const std::vector<NearSpan>& spans) {
        std::string any;
        for (const NearSpan& span : spans) {
            const std::string clocks = bound_all(span.clocks);
            any += any.empty() ? "" : " or ";
            any += "(c.due_on <= " + bound(span.until.iso());
            any += clocks.empty() ? ")" : fmt::format(" and c.due_clock in ({}))", clocks);
        }
        return any.empty() ? "1 = 0" : fmt::format("({})", any);
    }
    // And of `c`: its day is one of these targets.
    [[nodiscard]] std::string is_target(const Targets& targets) {
        std::string any;
        if (!targets.clocks.empty()) any = fmt::format("c.due_clock in ({})", bound_all(targets.clocks));
        if (!targets.by_level.empty() && !targets.levels.empty()) {
            any += any.empty() ? "" : " or ";
            const std::string clocks = bound_all(targets.by_level);
            any +=
                fmt::format("(c.due_clock in ({}) and c.level in ({}))", clocks, bound_all(targets.levels));
        }
        return any.empty() ? "1 = 0" : fmt::format("({})", any);
    }
    // The same of an event `e` of the case: it was one of these moves.
    [[nodiscard]] std::string made_by(std::span<const MachineMove> moves, std::string_view event = "e") {
        std::string any;
        for (const MachineMove& one : moves) {
            any += any.empty() ? "" : " or ";
            any +=
                fmt::format("(c.machine = {} and {}.move = {})", bound(one.machine), event, bound(one.move));
        }
        return any.empty() ? "1 = 0" : fmt::format("({})", any);
    }
    // And of `c`: it waits as one of these says.
    [[nodiscard]] std::string waits_by(std::span<const WaitSpan> spans) {
        std::string any;
        for (const WaitSpan& span : spans) {
            const std::string from = made_by(span.from, "wf");
            const std::string until = made_by(span.until, "wu");
            any += any.empty() ? "" : " or ";
            any += fmt::format(
                "exists (select 1 from casework_event wf where wf.case_id = c.id and {} and not exists"
                " (select 1 from casework_event wu where wu.case_id = c.id and wu.number > wf.number and "
                "{}))",
                from, until);
        }
        return any.empty() ? "1 = 0" : fmt::format("({})", any);
    }
    // 1 where `c` was tied to a household that its reader does not reach, nor did when it was tied, else 0: a
    // column of the query. A household that moves takes no case out of the hands of its office.
    [[nodiscard]] std::string is_beyond() {
        std::string any;
        for (const Readable& one : readable_) {
            if (!one.households || one.ties.empty()) continue;
            std::string machines;
            for (const MachineMove& tie : one.ties)
                machines += (machines.empty() ? "" : ", ") + bound(tie.machine);
            const std::string tied = made_by(one.ties, "te");
            const std::string again = made_by(one.ties, "tl");
            const std::string then = home_by(*one.households, "te.on_day");
            const std::string now = home_by(*one.households, bound(one.households->day().iso()));
            any += any.empty() ? "" : " or ";
            any += fmt::format(
                "(c.machine in ({}) and exists (select 1 from casework_event te where te.case_id = c.id and "
                "{} and not exists (select 1 from casework_event tl where tl.case_id = c.id and "
                "tl.number > te.number and {}) and not {}) and not {})",
                machines, tied, again, then, now);
        }
        if (any.empty()) return "0";
        return fmt::format("case when c.household <> 0 and ({}) then 1 else 0 end", any);  // 0: of none
    }
    [[nodiscard]] std::string bound(std::string value) {
        texts_.emplace_back(next_, std::move(value));
        return fmt::format("${}", next_++);
    }
    [[nodiscard]] std::string bound(std::int64_t value) {
        numbers_.emplace_back(next_, value);
        return fmt::format("${}", next_++);
    }

    [[nodiscard]] std::string where() const { return fmt::format("({}){}", any_, rest_); }
    [[nodiscard]] int next() const { return next_; }
    void bind(store::Statement& query) const {
        for (const auto& scope : scopes_) scope.bind(query);
        for (const auto& [n, value] : texts_) query.bind(n, std::string_view(value));
        for (const auto& [n, value] : numbers_) query.bind(n, value);
    }

  private:
    std::string bound_all(const std::vector<std::string>& values) {
        std::string all;
        for (const std::string& value : values) all += (all.empty() ? "" : ", ") + bound(value);
        return all;
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
        any_ += fmt::format("(c.machine in ({}) and ({} or {}{}))", names, by_unit, by_origin, at_hand(one));
    }

    std::string at_hand(const Readable& one) {
        std::string any;
        for (const MachineAt& at : one.at_hand) {
            any += any.empty() ? "" : " or ";
            any += fmt::format("(c.machine = {} and c.state = {})", bound(at.machine), bound(at.state));
        }
        if (any.empty()) return {};
        scopes_.push_back(one.scope.sql_of_desk_above({.household = "c.household", .unit = "c.unit"}, next_));
        next_ = scopes_.back().next();
        return fmt::format(" or (({}) and {})", any, scopes_.back().condition);
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

    // Also where a scope asks no place, the day is in the query: what is bound is used.
    std::string home_by(const access::Scope& households, std::string_view day) {
        const std::string home = home_of("c.household", day);
        scopes_.push_back(households.sql(
            {.household = "c.household", .person = "c.person", .household_unit = home, .one_row = true},
            next_));
        next_ = scopes_.back().next();
        return fmt::format("({} is not null and {})", home, scopes_.back().condition);
    }

    void add_filter() {
        add_place_and_time();
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

    void add_place_and_time() {
        if (!filter_.level.empty()) rest_ += " and c.level = " + bound(filter_.level);
        if (filter_.closed_from) rest_ += " and c.closed_on >= " + bound(filter_.closed_from->iso());
        if (filter_.closed_until) rest_ += " and c.closed_on <= " + bound(filter_.closed_until->iso());
        if (filter_.below) {
            const std::string day = bound(filter_.day.iso());
            rest_ += fmt::format(
                " and exists (select 1 from unit_within fw where fw.unit = c.unit and fw.ancestor = {0} and"
                " fw.from_on <= {1} and fw.until_on > {1})",
                bound(std::int64_t{filter_.below->value()}), day);
        }
        if (filter_.officer)
            rest_ +=
                fmt::format(" and {} = {}", officer_of_case, bound(std::int64_t{filter_.officer->value()}));
        if (filter_.near) rest_ += " and " + near_by(*filter_.near);
        if (filter_.is_undated) rest_ += " and c.due_on is null";
        if (filter_.due_by) {
            const std::string is_its = is_target(filter_.due_by->targets);
            rest_ +=
                " and c.due_on is not null and " + (filter_.due_by->is_target ? is_its : "not " + is_its);
        }
        if (filter_.waiting) rest_ += " and " + waits_by(*filter_.waiting);
        if (filter_.marked) {
            rest_ += " and exists (select 1 from casework_event e where e.case_id = c.id and " +
                     made_by(*filter_.marked) + ")";
        }
        if (filter_.made) {
            const auto& made = *filter_.made;
            rest_ += " and exists (select 1 from casework_event e where e.case_id = c.id and " +
                     made_by(made.moves);
            if (made.from) rest_ += " and e.on_day >= " + bound(made.from->iso());
            if (made.until) rest_ += " and e.on_day <= " + bound(made.until->iso());
            rest_ += ")";
        }
    }

    const CaseFilter& filter_;
    std::span<const Readable> readable_;
    std::string any_;
    std::string rest_;
    int next_;
    std::vector<access::SqlScope> scopes_;
    std::vector<std::pair<int, std::string>> texts_;
    std::vector<std::pair<int, std::int64_t>> numbers_;
};

}  // namespace doudi::casework::repository
