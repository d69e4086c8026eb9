// SPDX-License-Identifier: Apache-2.0
#include "access/audit_where.h"

#include <fmt/format.h>

#include <limits>

#include "access/audit_repository.h"
#include "access/right_names.h"
#include "base/day_begin.h"
#include "base/utf8.h"

namespace doudi::access {

namespace {

class Writer {
  public:
    explicit Writer(const AuditQuery& asked) : asked_(asked) {}

    SqlScope write() {
        const bool from_newest = asked_.before == 0;
        also("r.seq < {}", from_newest ? std::numeric_limits<std::int64_t>::max()
                                       : static_cast<std::int64_t>(asked_.before));
        subjects();
        if (asked_.user) also("r.user_id = {}", std::int64_t{asked_.user->value()});
        if (asked_.flagged_only) out_.condition += " and r.flag <> ''";
        if (asked_.verb)
            also("r.verb = {}", std::string(verb_names()[static_cast<std::size_t>(*asked_.verb)]));
        if (!asked_.what.empty())
            also(fmt::format("substr(r.what, 1, {}) = {{}}", count_code_points(asked_.what)), asked_.what);
        if (asked_.doors) {
            const auto session = thing_names()[static_cast<std::size_t>(Thing::session)];
            also(*asked_.doors ? "r.thing = {}" : "r.thing <> {}", std::string(session));
        }
        if (asked_.from) also("r.looked_at >= {}", micros_of(begin_of(*asked_.from)));
        if (asked_.until) also("r.looked_at < {}", micros_of(begin_of(*asked_.until + 1)));
        for (const auto& within : asked_.within) units(within);
        return std::move(out_);
    }

  private:
    template <class Value>  // std::int64_t or std::string; made in its place, as g++ 12 sees ghosts in a
                            // moved one
    std::string bound(const Value& value) {
        out_.values.emplace_back(value);
        return fmt::format("${}", out_.next() - 1);
    }
    template <class Value>
    void also(std::string_view condition, const Value& value) {
        if (!out_.condition.empty()) out_.condition += " and ";
        out_.condition += fmt::format(fmt::runtime(condition), bound(value));
    }

    // By the index, and among the records that it has not reached by their texts.
    void subjects() {
        if (asked_.person) named(std::span(&*asked_.person, 1), std::nullopt);
        if (asked_.household) named(asked_.household_people, asked_.household);
    }
    void named(std::span<const PersonId> people, std::optional<HouseholdId> household) {
        std::string indexed;
        std::string written;
        const auto one_of = [&](int kind, std::string_view column, std::uint32_t id) {
            const std::string_view either = indexed.empty() ? "" : " or ";
            indexed += fmt::format("{}(s.kind = {} and s.subject = {})", either, kind, id);
            written += fmt::format("{}',' || t.{} || ',' like '%,{},%'", either, column, id);
        };
        for (const PersonId person : people) one_of(repository::subject_person, "persons", person.value());
        if (household) one_of(repository::subject_household, "households", household->value());
        out_.condition += fmt::format(
            " and r.seq in (select s.seq from audit_subject s where {} union select t.seq from audit_record t"
            " where t.seq > (select h.indexed from audit_head h where h.only_row = 1) and ({}))",
            indexed, written);
    }

    void units(const AuditQuery::Within& within) {
        if (within.alone) return also("r.unit = {}", std::int64_t{within.unit.value()});
        const std::string ancestor = bound(std::int64_t{within.unit.value()});
        const std::string day = bound(asked_.day.iso());
        out_.condition += fmt::format(
            " and ({}exists (select 1 from unit_within w where w.unit = r.unit and w.ancestor = {} and"
            " w.from_on <= {} and w.until_on > {}))",
            within.or_of_none ? "r.unit = 0 or " : "", ancestor, day, day);
    }

    const AuditQuery& asked_;
    SqlScope out_;
};

}  // namespace

SqlScope where_of(const AuditQuery& asked) {
    return Writer(asked).write();
}

}  // namespace doudi::access
