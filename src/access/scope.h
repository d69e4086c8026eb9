// SPDX-License-Identifier: Apache-2.0
// Which rows a session sees: the one place where that is said, once as SQL and once in memory; a test holds
// the two to one answer. A reach that a table has no column for reaches nothing of it.
//
//   const Scope scope = Scope::of(roles, units, session, Verb::read, Thing::household, day);
//   const SqlScope cut = scope.sql({.household = "h.id"}, 3);     // $1 and $2 are the query's own
//   auto query = database.prepare("select … from household h where … and " + cut.condition + " order by …");
//   cut.bind(query);
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/roles.h"
#include "access/session.h"
#include "access/units.h"
#include "base/date.h"
#include "store/database.h"

namespace doudi::access {

// The columns of a query that say whose a row is, as they stand in it; empty: it has none.
struct ScopedColumns {
    std::string_view household = {};
    std::string_view person = {};
    std::string_view unit = {};  // the office that the row belongs to, where it has no household
    // Where the query has joined it from the left: the office that `household` belongs to on the scope's day
    // (household_unit.unit). A row is then held against the units by it, and nothing more of households is
    // read.
    std::string_view household_unit = {};
    bool one_row = false;              // the query names the row itself: it need not be found from few units
    std::string_view department = {};  // to which it is addressed
};

// A condition that is always true of something in brackets: it can follow `and`.
struct SqlScope {
    std::string condition;
    std::vector<std::variant<std::int64_t, std::string>> values;
    int first = 1;  // number of the first of its binds
    void bind(store::Statement& statement) const;
    // The number that the query's next bind may have.
    [[nodiscard]] int next() const { return first + static_cast<int>(values.size()); }
};

// The same of a row at hand. `unit` is where its household belongs on the scope's day.
struct ScopedRow {
    std::optional<HouseholdId> household = std::nullopt;
    std::optional<PersonId> person = std::nullopt;
    std::optional<UnitId> unit = std::nullopt;
    std::string_view department = {};
    bool assigned = false;  // to the session's account, on the scope's day
};

class Scope {
  public:
    // Without the right the scope is empty: it sees nothing. `field`: only rows of which this class of fields
    // may be seen (masked or whole).
    [[nodiscard]] static Scope of(const Roles& roles, const UnitTree& units, const Session& session,
                                  Verb verb, Thing thing, Date day,
                                  std::optional<FieldClass> field = std::nullopt);

    // Rows of which this class of fields is shown whole, or masked, by these rights to read.
    [[nodiscard]] static Scope of_shown(std::span<const Right* const> rights, const UnitTree& units,
                                        const Session& session, Date day, FieldClass field, bool whole);

    [[nodiscard]] bool is_empty() const { return reaches_.empty(); }
    // Whether it hangs on what is assigned to the account (ScopedRow::assigned).
    [[nodiscard]] bool by_assignment() const;
    [[nodiscard]] UserId user() const { return session_->user; }
    [[nodiscard]] Date day() const { return day_; }
    [[nodiscard]] SqlScope sql(const ScopedColumns& columns, int first_bind) const;
    // Where the session sits in a village: the office above it, which has the desk for what is handled of its
    // households; a village has none. 0: it sits elsewhere.
    [[nodiscard]] UnitId desk_above() const;
    // What that office handles (`unit`) of the village's own households (`household`), and nothing for
    // whoever sits elsewhere. It widens no list: a caller takes it with what is still to be done there.
    [[nodiscard]] SqlScope sql_of_desk_above(const ScopedColumns& columns, int first_bind) const;
    [[nodiscard]] bool covers(const ScopedRow& row) const;

  private:
    Scope(const UnitTree& units, const Session& session, Date day);
    void add(Reach reach);
    [[nodiscard]] bool reaches(Reach reach, const ScopedRow& row) const;

    const UnitTree* units_;
    const Session* session_;
    Date day_;
    bool narrow_ = false;         // few units: rows are found from them
    std::vector<Reach> reaches_;  // without repetition
};

}  // namespace doudi::access
