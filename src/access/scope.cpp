// SPDX-License-Identifier: Apache-2.0
#include "access/scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/office_above.h"

namespace doudi::access {

void SqlScope::bind(store::Statement& statement) const {
    int n = first;
    for (const auto& value : values) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            statement.bind(n++, *number);
        } else {
            statement.bind(n++, std::string_view(std::get<std::string>(value)));
        }
    }
}

namespace {

// The office above a department's own; 0: the session sits in no such one.
UnitId beside_of(const UnitTree& units, const Session& session, Date day) {
    const Unit* unit = units.find(session.unit);
    if (unit == nullptr || unit->kind != UnitKind::department) return {};
    return office_above(units, session.unit, day);
}

// What is addressed to a department is reached at its own office and below, and at the offices of civil
// affairs of the place under which that stands: a case that it is asked about stays with whoever asks.
bool is_beside(const UnitTree& units, const Session& session, Date day, const ScopedRow& row) {
    const UnitId above = beside_of(units, session, day);
    if (above == UnitId() || !row.unit || !units.within(*row.unit, above, day)) return false;
    const Unit* unit = units.find(*row.unit);
    return unit != nullptr && unit->kind != UnitKind::department;
}

}  // namespace

Scope::Scope(const UnitTree& units, const Session& session, Date day)
    : units_(&units), session_(&session), day_(day) {
    const Unit* unit = units.find(session.unit);
    narrow_ = unit != nullptr && (unit->kind == UnitKind::township || unit->kind == UnitKind::village);
}

Scope Scope::of(const Roles& roles, const UnitTree& units, const Session& session, Verb verb, Thing thing,
                Date day, std::optional<FieldClass> field) {
    Scope scope(units, session, day);
    for (const Right* right : roles.rights(session, verb, thing)) {
        const std::uint32_t shown = right->whole | right->masked;
        if (field && (shown >> static_cast<unsigned>(*field) & 1U) == 0) continue;
        scope.add(right->reach);
    }
    return scope;
}

Scope Scope::of_shown(std::span<const Right* const> rights, const UnitTree& units, const Session& session,
                      Date day, FieldClass field, bool whole) {
    Scope scope(units, session, day);
    for (const Right* right : rights) {
        const std::uint32_t shown = whole ? right->whole : right->masked;
        if ((shown >> static_cast<unsigned>(field) & 1U) != 0) scope.add(right->reach);
    }
    return scope;
}

void Scope::add(Reach reach) {
    if (std::ranges::find(reaches_, reach) == reaches_.end()) reaches_.push_back(reach);
}

namespace {

// Writes one reach after the other; each value is bound once for all.
class Writer {
  public:
    Writer(const ScopedColumns& columns, const Session& session, Date day, bool narrow, UnitId beside,
           SqlScope& out)
        : columns_(columns), session_(session), day_(day), narrow_(narrow), beside_(beside), out_(out) {}

    // Empty: the table has no column for it.
    std::string condition(Reach reach) {
        switch (reach) {
            case Reach::self:
                return own(columns_.person, session_.person);
            case Reach::household:
                return own(columns_.household, session_.household);
            case Reach::assigned:
                return assigned();
            case Reach::department:
                return department();
            case Reach::units:
                return units();
        }
        ensure(false, "a reach");
        return {};
    }

  private:
    template <class Value>  // std::int64_t or std::string; made in its place, as g++ 12 sees ghosts in a
                            // moved one
    std::string bound(const Value& value) {
        out_.values.emplace_back(value);
        return fmt::format("${}", out_.next() - 1);
    }
    std::string day() {
        if (day_bound_.empty()) day_bound_ = bound(day_.iso());
        return day_bound_;
    }
    std::string holds(std::string_view table) {
        return fmt::format("{0}.from_on <= {1} and {0}.until_on > {1}", table, day());
    }

    template <class IdType>
    std::string own(std::string_view column, const std::optional<IdType>& id) {
        if (column.empty() || !id) return {};
        return fmt::format("{} = {}", column, bound(std::int64_t{id->value()}));
    }

    std::string assigned() {
        if (columns_.household.empty() || session_.user == UserId()) return {};
        const std::string where = units();
        if (where.empty()) return {};
        const std::string user = bound(std::int64_t{session_.user.value()});
        return fmt::format(
            "(exists (select 1 from assignment sa where sa.household = {} and sa.user_id = {} and {}) and "
            "{})",
            columns_.household, user, holds("sa"), where);
    }

    std::string department() {
        if (columns_.department.empty() || session_.department.empty()) return {};
        const std::string where = units();
        if (where.empty()) return {};
        const std::string department = bound(session_.department);
        if (beside_ == UnitId())
            return fmt::format("({} = {} and {})", columns_.department, department, where);
        return fmt::format("({} = {} and ({} or {}))", columns_.department, department, where, beside());
    }

    // At an office of civil affairs of the place under which the department's own stands.
    std::string beside() {
        const std::string above = bound(std::int64_t{beside_.value()});
        const std::string at = fmt::format(
            "sb.ancestor = {} and {} and exists (select 1 from unit su where su.id = sb.unit and su.kind <> "
            "'department')",
            above, holds("sb"));
        if (columns_.household_unit.empty() && !columns_.household.empty())
            return fmt::format(
                "exists (select 1 from household_unit sk join unit_within sb on sb.unit = sk.unit"
                " where sk.household = {} and {} and {})",
                columns_.household, holds("sk"), at);
        const std::string_view unit =
            columns_.household_unit.empty() ? columns_.unit : columns_.household_unit;
        return fmt::format("exists (select 1 from unit_within sb where sb.unit = coalesce({}, 0) and {})",
                           unit, at);
    }

    std::string units() {
        if (session_.unit == UnitId()) return {};
        if (!columns_.household_unit.empty() && (columns_.one_row || !narrow_)) return units_of_placed();
        if (!columns_.household.empty()) return units_of_household();
        if (columns_.unit.empty()) return {};
        const std::string unit = ancestor();
        return fmt::format(
            "exists (select 1 from unit_within sw where sw.unit = {} and sw.ancestor = {} and {})",
            columns_.unit, unit, holds("sw"));
    }

    // The left join stays one (a unit 0 there is not): as an inner one it would be put in any order, and
    // without figures of the tables a server puts it into the worst.
    std::string units_of_placed() {
        const std::string unit = ancestor();
        return fmt::format(
            "exists (select 1 from unit_within sw where sw.unit = coalesce({}, 0) and sw.ancestor = {} and "
            "{})",
            columns_.household_unit, unit, holds("sw"));
    }

    // From few units their households are found, from a household its unit: a page of a county must not read
    // the county, nor a village's page the country.
    std::string units_of_household() {
        const std::string unit = ancestor();
        const std::string within = holds("sw");
        const std::string placed = holds("sh");
        if (narrow_) {
            return fmt::format(
                "{} in (select sh.household from unit_within sw join household_unit sh on sh.unit = sw.unit"
                " where sw.ancestor = {} and {} and {})",
                columns_.household, unit, within, placed);
        }
        return fmt::format(
            "exists (select 1 from household_unit sh join unit_within sw on sw.unit = sh.unit"
            " where sh.household = {} and sw.ancestor = {} and {} and {})",
            columns_.household, unit, within, placed);
    }

    std::string ancestor() {
        if (ancestor_.empty()) ancestor_ = bound(std::int64_t{session_.unit.value()});
        return ancestor_;
    }

    const ScopedColumns& columns_;
    const Session& session_;
    Date day_;
    bool narrow_;
    UnitId beside_;
    SqlScope& out_;
    std::string day_bound_;
    std::string ancestor_;
};

}  // namespace

SqlScope Scope::sql(const ScopedColumns& columns, int first_bind) const {
    SqlScope out;
    out.first = first_bind;
    Writer writer(columns, *session_, day_, narrow_, beside_of(*units_, *session_, day_), out);
    for (const Reach reach : reaches_) {
        const std::string one = writer.condition(reach);
        if (one.empty()) continue;
        out.condition += out.condition.empty() ? "(" : " or ";
        out.condition += one;
    }
    out.condition += out.condition.empty() ? "(1 = 0)" : ")";
    return out;
}

UnitId Scope::desk_above() const {
    const Unit* unit = units_->find(session_->unit);
    if (unit == nullptr || unit->kind != UnitKind::village) return {};
    const UnitPlace* place = units_->place(session_->unit, day_);
    return place == nullptr ? UnitId() : place->parent;
}

SqlScope Scope::sql_of_desk_above(const ScopedColumns& columns, int first_bind) const {
    const UnitId above = desk_above();
    if (above == UnitId() || columns.household.empty() || columns.unit.empty())
        return {.condition = "(1 = 0)", .values = {}, .first = first_bind};
    SqlScope out = sql({.household = columns.household}, first_bind);
    out.condition = fmt::format("({} and {} = ${})", out.condition, columns.unit, out.next());
    out.values.emplace_back(std::int64_t{above.value()});
    return out;
}

bool Scope::by_assignment() const {
    return std::ranges::find(reaches_, Reach::assigned) != reaches_.end();
}

bool Scope::covers(const ScopedRow& row) const {
    return std::ranges::any_of(reaches_, [&](Reach reach) { return reaches(reach, row); });
}

bool Scope::reaches(Reach reach, const ScopedRow& row) const {
    switch (reach) {
        case Reach::self:
            return row.person && session_->person == row.person;
        case Reach::household:
            return row.household && session_->household == row.household;
        case Reach::assigned:
            return row.household && session_->user != UserId() && row.assigned && reaches(Reach::units, row);
        case Reach::department:
            return !session_->department.empty() && row.department == session_->department &&
                   (reaches(Reach::units, row) || is_beside(*units_, *session_, day_, row));
        case Reach::units:
            return row.unit && session_->unit != UnitId() && units_->within(*row.unit, session_->unit, day_);
    }
    ensure(false, "a reach");
    return false;
}

}  // namespace doudi::access
