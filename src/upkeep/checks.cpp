// SPDX-License-Identifier: Apache-2.0
#include "upkeep/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/units.h"
#include "access/units_repository.h"
#include "registry/field_titles.h"
#include "registry/fields.h"
#include "registry/repository.h"
#include "upkeep/history.h"
#include "upkeep/lists_repository.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

namespace {

std::unexpected<Error> later_change(std::string_view field, Date day) {
    const Text title = registry::field_title(field);
    return fail(ErrorKind::conflict, "later_change",
                {fmt::format("“{}”自 {} 起已另有变化：请先撤销它，或用这一天以后的日期", title.zh, day.iso()),
                 fmt::format("the {} has changed from {} on: take that back first, or use a later day",
                             title.en, day.iso())});
}

std::unexpected<Error> changed_since(std::string_view field) {
    const Text title = registry::field_title(field);
    return fail(ErrorKind::conflict, "changed_since",
                {fmt::format("提出之后“{}”已经改变：请重新提出", title.zh),
                 fmt::format("the {} has changed since this was proposed: propose it anew", title.en)});
}

std::unexpected<Error> not_there(std::string code, Text what) {
    return fail(ErrorKind::conflict, std::move(code), std::move(what));
}

class Checking {
  public:
    Checking(store::DataFolder& folder, const Case& change) : folder_(folder), case_(change) {}

    Result<void> run() {
        for (const Change& change : case_.changes) {
            if (change.subject_id > 0) TRY_VOID(check_field(change));
            TRY_VOID(check_value(change));
        }
        TRY_VOID(check_empty());
        return check_waiting();
    }

  private:
    Result<void> check_field(const Change& change) {
        const auto id = static_cast<std::uint32_t>(change.subject_id);
        if (change.field == "unit") return check_unit(HouseholdId(id), change);
        if (change.subject == Subject::household) {
            const auto rows = TRY(registry::said_of(folder_, folder_.current(), HouseholdId(id)));
            ensure(!rows.empty(), "a case names what is on the register");
            TRY_VOID(check_goes_on(rows.back().row));
            return check_rows(std::span<const registry::Said<registry::Household>>(rows), change);
        }
        const auto rows = TRY(registry::said_of(folder_, folder_.current(), PersonId(id)));
        return check_rows(std::span<const registry::Said<registry::Member>>(rows), change);
    }

    // What has ended changes no more; a case that takes that back brings it back in the same breath.
    Result<void> check_goes_on(const registry::Household& now) {
        if (!now.ended_on || is_brought_back(now.id)) return {};
        return not_there("household_not_there",
                         {fmt::format("户 {} 自 {} 起已终止", now.code, now.ended_on->iso()),
                          fmt::format("household {} has ended on {}", now.code, now.ended_on->iso())});
    }

    template <class Row>
    Result<void> check_rows(std::span<const registry::Said<Row>> rows, const Change& change) {
        ensure(!rows.empty(), "a case names who is on the register");
        const Date first = TRY(since(folder_, rows));
        if (case_.effective_on < first) {
            return not_there(
                "person_not_there",
                {fmt::format("{} 时该对象尚未列入名册", case_.effective_on.iso()),
                 fmt::format("on {} this one was not on the register yet", case_.effective_on.iso())});
        }
        if (registry::text_of(rows.back().row, change.field) != change.before)
            return changed_since(change.field);
        const auto line = timeline(rows, change.field, first);
        if (line.back().from > case_.effective_on) return later_change(change.field, line.back().from);
        return {};
    }

    Result<void> check_unit(HouseholdId household, const Change& change) {
        const auto places = TRY(access::repository::select_household_places(folder_.database(), household));
        if (places.empty()) return change.before.empty() ? Result<void>() : changed_since(change.field);
        if (places.back().from > case_.effective_on) return later_change(change.field, places.back().from);
        const auto units = TRY(access::read_units(folder_.database()));
        const access::Unit* unit = units.find(places.back().unit);
        const std::string code = unit == nullptr ? std::string() : unit->code;
        return code == change.before ? Result<void>() : changed_since(change.field);
    }

    Result<void> check_value(const Change& change) {
        if (change.subject == Subject::person && change.field == "household" && !change.after.empty())
            return check_household(change.after);
        if (change.field == "successor" && !change.after.empty()) return check_household(change.after);
        if (change.field == "code") {
            if (TRY(registry::find_by_code(folder_, folder_.current(), change.after)) == HouseholdId())
                return {};
            return fail(ErrorKind::conflict, "household_code_taken",
                        {fmt::format("户编号“{}”已经用过", change.after),
                         fmt::format("the household number '{}' was used before", change.after)});
        }
        if (change.field == "id_number" && !change.after.empty()) return check_number(change);
        return {};
    }

    // It stands on that day and goes on.
    Result<void> check_household(const std::string& value) {
        if (value.front() == '-') return {};  // opened by the case itself
        const HouseholdId id(static_cast<std::uint32_t>(std::stoul(value)));
        const auto rows = TRY(registry::said_of(folder_, folder_.current(), id));
        ensure(!rows.empty(), "a household of the register");
        const registry::Household& now = rows.back().row;
        TRY_VOID(check_goes_on(now));
        if (case_.effective_on <
            TRY(since(folder_, std::span<const registry::Said<registry::Household>>(rows)))) {
            return not_there(
                "household_not_there",
                {fmt::format("{} 时户 {} 尚未设立", case_.effective_on.iso(), now.code),
                 fmt::format("on {} household {} did not exist yet", case_.effective_on.iso(), now.code)});
        }
        return {};
    }

    [[nodiscard]] bool is_brought_back(HouseholdId id) const {
        return std::ranges::any_of(case_.changes, [&](const Change& change) {
            return change.subject == Subject::household && change.subject_id == std::int64_t{id.value()} &&
                   change.field == "ended_on" && change.after.empty();
        });
    }

    Result<void> check_number(const Change& change) {
        const auto number = IdNumber::parse(change.after);
        ensure(number.has_value(), "a draft's numbers were judged");
        const PersonId holder = TRY(registry::find_by_number(folder_, folder_.current(), *number));
        if (holder == PersonId() || std::int64_t{holder.value()} == change.subject_id) return {};
        return fail(ErrorKind::conflict, "number_taken",
                    {fmt::format("身份证号 {} 已登记在另一成员名下", number->masked()),
                     fmt::format("the number {} belongs to another member", number->masked())});
    }

    // Nobody is left behind in a household that ends.
    Result<void> check_empty() {
        for (const Change& change : case_.changes) {
            const bool ends = change.subject == Subject::household && change.field == "ended_on" &&
                              !change.after.empty() && change.subject_id > 0;
            if (!ends) continue;
            const HouseholdId id(static_cast<std::uint32_t>(change.subject_id));
            for (const PersonId person : TRY(registry::ever_in(folder_, folder_.current(), id))) {
                if (!TRY(stays_in(person, id))) continue;
                return fail(
                    ErrorKind::invalid, "household_not_empty",
                    {fmt::format("该户自 {} 起还有成员（编号 {}）：终止前须写明每个人的去向",
                                 case_.effective_on.iso(), person.value()),
                     fmt::format("member {} is still in the household on {} or later: before it ends, say "
                                 "where each of them goes",
                                 person.value(), case_.effective_on.iso())});
            }
        }
        return {};
    }

    // On the case's day or any later one.
    Result<bool> stays_in(PersonId person, HouseholdId household) {
        const auto rows = TRY(registry::said_of(folder_, folder_.current(), person));
        const std::span<const registry::Said<registry::Member>> all(rows);
        const auto line = timeline(all, "household", TRY(since(folder_, all)));
        const std::string here = std::to_string(household.value());
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i].value != here) continue;
            const bool last = i + 1 == line.size();
            if (last && leaves(person)) continue;
            const Date until = last ? access::forever : line[i + 1].from;
            if (until > case_.effective_on && line[i].from < until) return true;
        }
        return false;
    }

    [[nodiscard]] bool leaves(PersonId person) const {
        return std::ranges::any_of(case_.changes, [&](const Change& change) {
            return change.subject == Subject::person && change.field == "household" &&
                   change.subject_id == std::int64_t{person.value()};
        });
    }

    Result<void> check_waiting() {
        for (const CaseId id : TRY(repository::waiting_cases_of(folder_.database(), folder_, case_.persons,
                                                                case_.households))) {
            if (id == case_.id) continue;
            const auto other = TRY(repository::find_case(folder_.database(), folder_, id));
            for (const Change& theirs : other->changes) {
                const auto same = [&](const Change& ours) {
                    return ours.subject == theirs.subject && ours.subject_id == theirs.subject_id &&
                           ours.subject_id > 0 && ours.field == theirs.field;
                };
                if (std::ranges::none_of(case_.changes, same)) continue;
                return fail(ErrorKind::conflict, "change_waits",
                            {fmt::format("第 {} 号变动已确认，将于 {} 改变同一项“{}”", id.value(),
                                         other->effective_on.iso(), registry::field_title(theirs.field).zh),
                             fmt::format("case {} is confirmed and changes the {} on {}", id.value(),
                                         registry::field_title(theirs.field).en, other->effective_on.iso())});
            }
        }
        return {};
    }

    store::DataFolder& folder_;
    const Case& case_;
};

}  // namespace

Result<void> check_changes(store::DataFolder& folder, const Case& change) {
    return Checking(folder, change).run();
}

}  // namespace doudi::upkeep
