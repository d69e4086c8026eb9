// SPDX-License-Identifier: Apache-2.0
#include "upkeep/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/units.h"
#include "access/units_repository.h"
#include "base/text_fold.h"
#include "registry/field_titles.h"
#include "registry/fields.h"
#include "registry/repository.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

namespace {

std::unexpected<Error> unknown_household(const std::string& code) {
    return fail(
        ErrorKind::not_found, "household_unknown",
        {fmt::format("名册里没有户“{}”", code), fmt::format("the register has no household '{}'", code)},
        code);
}

std::unexpected<Error> unknown_person(PersonId id) {
    return fail(ErrorKind::not_found, "person_unknown",
                {fmt::format("名册中没有编号 {} 的成员", id.value()),
                 fmt::format("the register has no member {}", id.value())});
}

template <class IdType>
void add_once(std::vector<IdType>& ids, IdType id) {
    if (id != IdType() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

class Drafting {
  public:
    Drafting(store::DataFolder& folder, const Kind& kind, const Wish& wish)
        : folder_(folder), kind_(kind), wish_(wish) {}

    Result<Draft> run() {
        // Codes that the case opens may be named by anyone in it.
        for (const HouseholdWish& household : wish_.households) {
            if (household.opens) TRY_VOID(name_new(household));
        }
        for (const HouseholdWish& household : wish_.households) TRY_VOID(take(household));
        for (const PersonWish& person : wish_.persons) TRY_VOID(take(person));
        for (const HouseholdWish& household : wish_.households) {
            if (household.opens) TRY_VOID(place_new(household));
        }
        if (draft_.changes.empty()) {
            return fail(ErrorKind::invalid, "change_nothing", {"没有任何变化", "nothing would change"});
        }
        return std::move(draft_);
    }

  private:
    Result<void> name_new(const HouseholdWish& wish) {
        if (trim(wish.code).empty() || stand_in_.contains(wish.code) ||
            TRY(registry::find_by_code(folder_, folder_.current(), wish.code)) != HouseholdId()) {
            return fail(ErrorKind::conflict, "household_code_taken",
                        {fmt::format("户编号“{}”为空或已经用过", wish.code),
                         fmt::format("the household number '{}' is empty or was used before", wish.code)},
                        wish.code);
        }
        stand_in_.emplace(wish.code, -1 - static_cast<std::int64_t>(stand_in_.size()));
        return {};
    }

    // On the register, or below 0.
    Result<std::int64_t> id_of(const std::string& code) {
        const auto opened = stand_in_.find(code);
        if (opened != stand_in_.end()) return opened->second;
        const HouseholdId id = TRY(registry::find_by_code(folder_, folder_.current(), code));
        if (id == HouseholdId()) return unknown_household(code);
        add_once(draft_.households, id);
        return std::int64_t{id.value()};
    }

    void change(Subject subject, std::int64_t id, std::string_view field, std::string before,
                std::string after) {
        if (before == after) return;
        draft_.changes.push_back({subject, id, std::string(field), std::move(before), std::move(after)});
    }

    Result<void> take(const HouseholdWish& wish) {
        if (!seen_codes_.emplace(wish.code, true).second) return twice(wish.code);
        const std::int64_t id = TRY(id_of(wish.code));
        registry::Household before;
        if (id > 0) {
            before = TRY(registry::read_household(folder_, folder_.current(),
                                                  HouseholdId(static_cast<std::uint32_t>(id))));
        } else {
            draft_.acts |= bit(Act::household_open);
            change(Subject::household, id, "code", "", wish.code);
        }
        registry::Household after = before;
        for (const auto& [field, value] : wish.fields) TRY_VOID(registry::set_field(after, field, value));
        if (id > 0 && after != before) draft_.acts |= bit(Act::household_set);
        if (wish.ends) {
            draft_.acts |= bit(Act::household_end);
            after.ended_on = wish_.effective_on;
        }
        for (const auto& one : registry::differences(before, after))
            change(Subject::household, id, one.field, one.before, one.after);
        if (wish.ends && !wish.successor.empty())
            change(Subject::household, id, "successor", "", std::to_string(TRY(id_of(wish.successor))));
        return wish.unit && id > 0 ? take_unit(wish, id) : Result<void>();
    }

    Result<access::Unit> unit_named(const std::string& code) {
        const auto units = TRY(access::read_units(folder_.database()));
        const access::Unit* unit = units.find(code);
        if (unit == nullptr || units.place(unit->id, wish_.effective_on) == nullptr) {
            return fail(ErrorKind::not_found, "unit_unknown",
                        {fmt::format("{} 这一天没有单位“{}”", wish_.effective_on.iso(), code),
                         fmt::format("there is no unit '{}' on {}", code, wish_.effective_on.iso())},
                        code);
        }
        return *unit;
    }

    Result<std::string> unit_before(HouseholdId household) {
        const auto unit = TRY(access::unit_of(folder_.database(), household, wish_.effective_on));
        if (!unit) return std::string();
        const auto units = TRY(access::read_units(folder_.database()));
        const access::Unit* found = units.find(*unit);
        return found == nullptr ? std::string() : found->code;
    }

    // Where it belongs on that day; before it had an office at all, its first one.
    Result<std::string> unit_or_first(HouseholdId household) {
        std::string unit = TRY(unit_before(household));
        if (!unit.empty()) return unit;
        const auto places = TRY(access::repository::select_household_places(folder_.database(), household));
        if (places.empty()) return unit;
        const auto units = TRY(access::read_units(folder_.database()));
        const access::Unit* found = units.find(places.front().unit);
        return found == nullptr ? unit : found->code;
    }

    Result<void> take_unit(const HouseholdWish& wish, std::int64_t id) {
        const access::Unit unit = TRY(unit_named(*wish.unit));
        draft_.acts |= bit(Act::household_place);
        draft_.to_unit = unit.id;
        change(Subject::household, id, "unit", TRY(unit_before(HouseholdId(static_cast<std::uint32_t>(id)))),
               unit.code);
        return {};
    }

    // A new household belongs to the office that is told, else to that of the household from which it comes.
    Result<void> place_new(const HouseholdWish& wish) {
        const std::int64_t id = stand_in_.find(wish.code)->second;
        std::string unit;
        if (wish.unit) {
            unit = TRY(unit_named(*wish.unit)).code;
        } else {
            for (const HouseholdId from : draft_.households) {
                if (unit.empty()) unit = TRY(unit_or_first(from));
            }
        }
        change(Subject::household, id, "unit", "", unit);
        return {};
    }

    Result<void> take(const PersonWish& wish) {
        if (wish.person == PersonId()) return take_new(wish);
        if (!seen_persons_.emplace(wish.person, true).second)
            return twice(std::to_string(wish.person.value()));
        const auto rows = TRY(registry::said_of(folder_, folder_.current(), wish.person));
        if (rows.empty()) return unknown_person(wish.person);
        const registry::Member& before = rows.back().row;
        add_once(draft_.persons, wish.person);
        add_once(draft_.households, before.household);
        registry::Member after = before;
        for (const auto& [field, value] : wish.fields) TRY_VOID(registry::set_field(after, field, value));
        if (after != before) draft_.acts |= bit(Act::person_set);
        for (const auto& one : registry::differences(before, after))
            change(Subject::person, wish.person.value(), one.field, one.before, one.after);
        if (!wish.household) return {};
        const std::string from = registry::text_of(before, "household");
        const std::string to = wish.household->empty() ? "" : std::to_string(TRY(id_of(*wish.household)));
        if (from == to) return {};
        draft_.acts |= bit(to.empty()     ? Act::person_leave
                           : from.empty() ? Act::person_enter
                                          : Act::person_move);
        change(Subject::person, wish.person.value(), "household", from, to);
        return {};
    }

    Result<void> take_new(const PersonWish& wish) {
        const std::int64_t id = --new_persons_;
        draft_.acts |= bit(Act::person_enter);
        registry::Member after;
        for (const auto& [field, value] : wish.fields) TRY_VOID(registry::set_field(after, field, value));
        for (const std::string& field : kind_.fields) {
            if (!trim(registry::text_of(after, field)).empty()) continue;
            return fail(ErrorKind::invalid, "field_missing",
                        {fmt::format("新增成员须填写“{}”（{}）", registry::field_title(field).zh, field),
                         fmt::format("of a person who enters, the {} must be told ({})",
                                     registry::field_title(field).en, field)},
                        field);
        }
        if (!wish.household || wish.household->empty()) {
            return fail(ErrorKind::invalid, "household_missing",
                        {"新增成员须写明所在户", "a person who enters enters a household"});
        }
        change(Subject::person, id, "household", "", std::to_string(TRY(id_of(*wish.household))));
        for (const auto& one : registry::differences(std::optional<registry::Member>(), after))
            change(Subject::person, id, one.field, one.before, one.after);
        return {};
    }

    static std::unexpected<Error> twice(const std::string& what) {
        return fail(ErrorKind::invalid, "change_subject_twice",
                    {fmt::format("“{}”在同一变动中出现了两次", what),
                     fmt::format("'{}' stands twice in one change", what)});
    }

    store::DataFolder& folder_;
    const Kind& kind_;
    const Wish& wish_;
    Draft draft_;
    std::map<std::string, std::int64_t, std::less<>> stand_in_;
    std::map<std::string, bool, std::less<>> seen_codes_;
    std::map<PersonId, bool> seen_persons_;
    std::int64_t new_persons_ = 0;
};

// What stood for someone new in the case is that person by now.
std::int64_t now_known(const std::vector<repository::Brought>& brought, Subject subject, std::int64_t id) {
    if (id >= 0) return id;
    const auto at = std::ranges::find_if(brought, [&](const repository::Brought& one) {
        return one.subject == subject && one.stand_in == id;
    });
    ensure(at != brought.end(), "a case that holds brought whom it names");
    return at->id;
}

std::string now_known_value(const std::vector<repository::Brought>& brought, const Change& change,
                            const std::string& value) {
    const bool is_id = change.field == "household" || change.field == "successor";
    if (!is_id || value.empty() || value.front() != '-') return value;
    return std::to_string(now_known(brought, Subject::household, std::stoll(value)));
}

}  // namespace

Result<Draft> draft(store::DataFolder& folder, const Kind& kind, const Wish& wish) {
    return Drafting(folder, kind, wish).run();
}

Result<Draft> draft_of_counter(store::DataFolder& folder, const Case& change) {
    const auto brought = TRY(repository::brought_by(folder.database(), change.id));
    Draft draft;
    draft.persons = change.persons;
    draft.households = change.households;
    for (auto one = change.changes.rbegin(); one != change.changes.rend(); ++one) {
        Change back{one->subject, now_known(brought, one->subject, one->subject_id), one->field,
                    now_known_value(brought, *one, one->after), now_known_value(brought, *one, one->before)};
        // A household that the case opened never was: it ends the day it began, its number is not used again.
        // Its office stays who answers for that.
        if (one->subject == Subject::household && one->subject_id < 0) {
            if (one->field != "code") continue;
            back.field = "ended_on";
            back.before.clear();
            back.after = change.effective_on.iso();
        }
        // A person who entered by it never did; what they are called stays known.
        if (one->subject == Subject::person && one->subject_id < 0 && one->field != "household") continue;
        draft.changes.push_back(std::move(back));
    }
    return draft;
}

}  // namespace doudi::upkeep
