// SPDX-License-Identifier: Apache-2.0
#include "upkeep/effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/units.h"
#include "registry/fields.h"
#include "registry/repository.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

namespace {

class CarryingOut {
  public:
    CarryingOut(store::DataFolder& folder, HouseholdWarnings& warnings, const Case& change)
        : folder_(folder), warnings_(warnings), case_(change) {}

    Result<std::vector<HouseholdId>> run() {
        const PublishId publish =
            TRY(folder_.begin_publish("register", AsOf{case_.effective_on},
                                      fmt::format(R"({{"kind":"register","as_of":"{}","change":{}}})",
                                                  case_.effective_on.iso(), case_.id.value())));
        TRY_VOID(give_ids());
        for (const Change& change : case_.changes) TRY_VOID(take(change));
        std::vector<registry::Household> households;
        for (auto& [id, household] : households_) households.push_back(std::move(household));
        std::vector<registry::Member> members;
        for (auto& [id, member] : members_) members.push_back(std::move(member));
        TRY_VOID(registry::stage_households(folder_, publish, households));
        TRY_VOID(registry::stage_members(folder_, publish, members));
        TRY_VOID(repository::stage_effect(folder_, publish, case_.id, brought_));
        TRY_VOID(settle_warnings(publish));
        // Offices have a calendar of their own, which a publication does not carry.
        TRY_VOID(folder_.publish(publish, [this] { return place(); }));
        return emptied();
    }

  private:
    // In the order in which the case names them.
    Result<void> give_ids() {
        registry::NextIds next = TRY(registry::next_ids(folder_.database()));
        for (const Change& change : case_.changes) {
            if (change.subject_id >= 0 || find(change.subject, change.subject_id) != nullptr) continue;
            if (change.subject == Subject::household) {
                brought_.push_back({change.subject, next.household.value(), change.subject_id});
                next.household = HouseholdId(next.household.value() + 1);
            } else {
                brought_.push_back({change.subject, next.person.value(), change.subject_id});
                next.person = PersonId(next.person.value() + 1);
            }
        }
        return {};
    }

    [[nodiscard]] const repository::Brought* find(Subject subject, std::int64_t stand_in) const {
        const auto at = std::ranges::find_if(brought_, [&](const repository::Brought& one) {
            return one.subject == subject && one.stand_in == stand_in;
        });
        return at == brought_.end() ? nullptr : &*at;
    }
    [[nodiscard]] std::uint32_t known(Subject subject, std::int64_t id) const {
        if (id > 0) return static_cast<std::uint32_t>(id);
        const repository::Brought* brought = find(subject, id);
        ensure(brought != nullptr, "a case names its new ones");
        return brought->id;
    }
    [[nodiscard]] std::string known_value(const Change& change) const {
        const bool is_id = change.field == "household" || change.field == "successor";
        if (!is_id || change.after.empty() || change.after.front() != '-') return change.after;
        return std::to_string(known(Subject::household, std::stoll(change.after)));
    }

    Result<void> take(const Change& change) {
        const std::uint32_t id = known(change.subject, change.subject_id);
        if (change.field == "unit") {
            offices_.emplace_back(HouseholdId(id), change.after);
            return {};
        }
        if (change.subject == Subject::household) {
            registry::Household& row = *TRY(household(HouseholdId(id), change.subject_id < 0));
            if (change.field == "code") {
                row.code = change.after;
                return {};
            }
            return registry::set_field(row, change.field, known_value(change));
        }
        registry::Member& row = *TRY(member(PersonId(id), change.subject_id < 0));
        if (change.field == "household") moved_from_.push_back(row.household);
        return registry::set_field(row, change.field, known_value(change));
    }

    Result<registry::Household*> household(HouseholdId id, bool is_new) {
        const auto at = households_.find(id);
        if (at != households_.end()) return &at->second;
        registry::Household row;
        if (!is_new) row = TRY(registry::read_household(folder_, folder_.current(), id));
        row.id = id;
        return &households_.emplace(id, std::move(row)).first->second;
    }
    Result<registry::Member*> member(PersonId id, bool is_new) {
        const auto at = members_.find(id);
        if (at != members_.end()) return &at->second;
        registry::Member row;
        if (!is_new) row = TRY(registry::read_member(folder_, folder_.current(), id));
        row.id = id;
        return &members_.emplace(id, std::move(row)).first->second;
    }

    // As was said when it was confirmed; what the case that this one takes back did to warnings is undone.
    Result<void> settle_warnings(PublishId publish) {
        const Step* said = case_.warnings_said();
        for (const Ending& ending : endings_of(case_)) {
            if (said == nullptr) break;  // there is no open one: it was checked
            SettledWarnings settled{case_.id, ending.household, {}, case_.effective_on, said->reason};
            if (said->warnings == WarningsGo::carry && ending.heir != 0)
                settled.heir = HouseholdId(known(Subject::household, ending.heir));
            TRY_VOID(warnings_.settle(publish, settled));
        }
        return case_.follows == CaseId() ? Result<void>() : warnings_.restore(publish, case_.follows);
    }

    Result<void> place() {
        if (offices_.empty()) return {};
        const auto units = TRY(access::read_units(folder_.database()));
        for (const auto& [household, code] : offices_) {
            if (code.empty()) continue;  // there was none before
            const access::Unit* unit = units.find(code);
            ensure(unit != nullptr, "an office once it is there stays");
            TRY_VOID(access::place_household(folder_.database(), household, unit->id, case_.effective_on,
                                             case_.follows == CaseId() ? "move" : "correction"));
        }
        return {};
    }

    Result<std::vector<HouseholdId>> emptied() {
        std::vector<HouseholdId> empty;
        for (const HouseholdId id : moved_from_) {
            if (id == HouseholdId() || std::ranges::find(empty, id) != empty.end()) continue;
            if (!TRY(registry::members_of(folder_, folder_.current(), id)).empty()) continue;
            if (!TRY(registry::read_household(folder_, folder_.current(), id)).ended_on) empty.push_back(id);
        }
        return empty;
    }

    store::DataFolder& folder_;
    HouseholdWarnings& warnings_;
    const Case& case_;
    std::vector<repository::Brought> brought_;
    std::map<HouseholdId, registry::Household> households_;
    std::map<PersonId, registry::Member> members_;
    std::vector<std::pair<HouseholdId, std::string>> offices_;
    std::vector<HouseholdId> moved_from_;
};

}  // namespace

Result<std::vector<HouseholdId>> carry_out(store::DataFolder& folder, HouseholdWarnings& warnings,
                                           const Case& change) {
    return CarryingOut(folder, warnings, change).run();
}

}  // namespace doudi::upkeep
