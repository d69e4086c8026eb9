// SPDX-License-Identifier: Apache-2.0
#include "casework/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "access/accounts_repository.h"
#include "casework/ties/hanging.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;

class People {
  public:
    People(Desk& desk, const MoveQuestion& question, const policy::Move& move, const Actor& actor,
           const CaseHead& head, const MoveRequest& request)
        : desk_(desk),
          law_(question.law),
          machine_(question.machine),
          above_(question.above),
          state_(question.state),
          move_(move),
          actor_(actor),
          head_(head),
          request_(request) {}

    Result<std::vector<MoveFault>> check() {
        for (const auto& [id, values] : request_.fields) {
            const FieldRule* rule = law_.procedures.field(id);
            if (rule != nullptr && rule->type == FieldRule::Type::users) TRY_VOID(check_users(*rule, values));
        }
        if (move_.is_signed) TRY_VOID(check_signed(*move_.is_signed));
        if (move_.nobody_aged) TRY_VOID(check_ages(*move_.nobody_aged));
        if (head_.household && actor_.user != UserId()) {
            TRY_VOID(check_beside());
            TRY_VOID(check_decided());
        }
        return std::move(faults_);
    }

  private:
    // "allowance.hold" of an objection: nobody judges what is brought while a payment is held by them. What
    // stands above the case is asked there, where `not_by` names it too (move_people.cpp).
    Result<void> check_beside() {
        for (const std::string& id : move_.not_beside) {
            const std::size_t point = id.find('.');
            const policy::Machine* other = law_.procedures.machine(id.substr(0, point));
            if (other == nullptr || (is_above(other->id) && names(move_.not_by, id))) continue;
            const policy::Move* made = other->move(id.substr(point + 1));
            if (made != nullptr && TRY(stands_by_maker(*other, *made))) fault_same_person(*made);
        }
        return {};
    }

    static bool names(const std::vector<std::string>& ids, const std::string& id) {
        return std::ranges::find(ids, id) != ids.end();
    }
    [[nodiscard]] bool is_above(const std::string& machine) const {
        return above_ != nullptr && above_->machine != nullptr && above_->machine->id == machine;
    }
    void fault_same_person(const policy::Move& made) {
        faults_.push_back({"",
                           "move_same_person",
                           {fmt::format("“{}”和“{}”须由不同的人办理", made.title.zh, move_.title.zh),
                            fmt::format("whoever made '{}' may not '{}'", made.title.en, move_.title.en)}});
    }

    // What is brought against a payment itself is about what was decided of it: whoever decided that is bound
    // as if it stood above.
    Result<void> check_decided() {
        const bool is_payment = std::ranges::any_of(machine_.moves, [&](const policy::Move& move) {
            return std::ranges::any_of(move.also, [&](const policy::AlsoRule& rule) {
                return rule.of == policy::AlsoRule::Of::decision && is_above(rule.machine);
            });
        });
        if (!is_payment || !head_.parent) return {};
        const auto paid = TRY(repository::select_case(desk_.shelf, *head_.parent));
        if (!paid) return {};
        for (const auto& row : TRY(repository::select_cases_of(desk_.shelf, *head_.household))) {
            const auto made = TRY(made_by_actor(row.head));
            if (made.empty() || !TRY(hangs_on(desk_, paid->head, row.head))) continue;
            for (const policy::Move* move : made) fault_same_person(*move);
        }
        return {};
    }

    // The steps of that case, of another machine than what stands above, whose maker may not make this move.
    Result<std::vector<const policy::Move*>> made_by_actor(const CaseHead& of) {
        std::vector<const policy::Move*> made;
        const policy::Machine* machine = law_.procedures.machine(of.machine);
        const bool is_asked = machine != nullptr && !is_above(of.machine) && of.machine != machine_.id &&
                              std::ranges::any_of(move_.not_by, [&](const std::string& id) {
                                  return id.starts_with(of.machine + ".");
                              });
        if (!is_asked) return made;
        const CaseState state = fold(TRY(repository::select_events(desk_.shelf, of)));
        for (const policy::Move& move : machine->moves) {
            if (!names(move_.not_by, of.machine + "." + move.id)) continue;
            const auto by = state.made_by.find(move.id);
            if (by != state.made_by.end() && by->second == actor_.user) made.push_back(&move);
        }
        return made;
    }

    // Whether an open case of the household's stands as it does by that step of the maker's.
    Result<bool> stands_by_maker(const policy::Machine& other, const policy::Move& made) {
        for (const auto& row : TRY(repository::select_cases_of(desk_.shelf, *head_.household))) {
            if (row.head.machine != other.id || row.now.is_closed || row.now.state != made.to) continue;
            const auto events = TRY(repository::select_events(desk_.shelf, row.head));
            const auto is_before = [&](const CaseEvent& event) { return event.to != made.to; };
            const auto before = std::ranges::find_if(events.rbegin(), events.rend(), is_before);
            const CaseEvent& led = before == events.rend() ? events.front() : *before.base();
            if (led.move == made.id && led.by == actor_.user) return true;
        }
        return false;
    }

    Result<void> check_users(const FieldRule& rule, const std::vector<std::string>& values) {
        for (const std::string& value : values) {
            if (TRY(works_here(value))) continue;
            faults_.push_back(
                {rule.id,
                 "officer_elsewhere",
                 {fmt::format("“{}”中有人不是本件承办单位或其下级单位的在职工作人员", rule.title.zh),
                  fmt::format("'{}' names somebody who does not work at the case's office or below",
                              rule.title.en)}});
            break;
        }
        return {};
    }

    // A village has its township's people with it.
    [[nodiscard]] UnitId office() const {
        const access::Unit* unit = desk_.units.find(head_.unit);
        const auto* place = desk_.units.place(head_.unit, request_.on);
        const bool is_village = unit != nullptr && unit->kind == access::UnitKind::village;
        return is_village && place != nullptr ? place->parent : head_.unit;
    }

    Result<bool> works_here(const std::string& text) {
        std::uint32_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        const auto row = TRY(access::repository::select_account(desk_.shelf.database, UserId(number)));
        if (!row || !row->account.active || !row->account.department.empty()) return false;
        const UnitId unit = row->account.unit;
        return unit == actor_.unit || desk_.units.within(unit, office(), request_.on);
    }

    Result<void> check_signed(const policy::SignedRule& rule) {
        const bool is_excused = std::ranges::any_of(
            rule.unless, [&](const policy::FieldIs& is) { return holds(is, request_.fields, {}); });
        if (is_excused) return {};
        const std::optional<int> missing =
            desk_.unsigned_of ? TRY(desk_.unsigned_of(head_, rule.scope, request_.on)) : std::nullopt;
        if (missing == 0) return {};
        const std::string field = rule.unless.empty() ? std::string() : rule.unless.front().field;
        faults_.push_back(missing ? unsigned_fault(field, *missing) : unknown_fault(field));
        return {};
    }

    [[nodiscard]] MoveFault unsigned_fault(const std::string& field, int missing) const {
        return {field,
                "not_signed",
                {fmt::format("有 {} 名家庭成员没有当日有效的核对授权书，不能“{}”{}", missing, move_.title.zh,
                             or_why(field).zh),
                 fmt::format(
                     "{} of the household have no signed authorisation that holds on the day: '{}' is not "
                     "open{}",
                     missing, move_.title.en, or_why(field).en)}};
    }
    [[nodiscard]] MoveFault unknown_fault(const std::string& field) const {
        return {field,
                "signers_unknown",
                {fmt::format("不知道须由谁签署核对授权书，不能“{}”{}", move_.title.zh, or_why(field).zh),
                 fmt::format("nobody knows who has to sign: '{}' is not open{}", move_.title.en,
                             or_why(field).en)}};
    }
    [[nodiscard]] Text or_why(const std::string& field) const {
        const FieldRule* rule = law_.procedures.field(field);
        if (rule == nullptr) return {};
        return {fmt::format("；确有规定情形的，请填写“{}”", rule->title.zh),
                fmt::format("; where one of the stated cases holds, tell '{}'", rule->title.en)};
    }

    // Of the person alone whom the case names, where what is applied for is one person's.
    [[nodiscard]] std::optional<PersonId> applied_for() const {
        const int category = law_.category_of(state_.track);
        const bool is_persons =
            category >= 0 &&
            law_.categories[static_cast<std::size_t>(category)].subject == policy::Subject::person;
        return is_persons ? head_.person : std::nullopt;
    }

    Result<void> check_ages(const policy::NobodyAged& rule) {
        const bool is_asked = std::ranges::all_of(rule.only_if, [&](const policy::FieldIs& is) {
            return holds(is, request_.fields, state_.fields);
        });
        if (!is_asked) return {};
        std::optional<Ages> ages;
        if (desk_.ages_of) ages = TRY(desk_.ages_of(head_.household, applied_for(), rule.years, request_.on));
        const std::string about = rule.only_if.empty() ? std::string() : rule.only_if.front().field;
        if (ages && ages->reached > 0)
            faults_.push_back(aged_fault(rule, about, ages->reached));
        else if ((!ages || ages->unknown > 0) && first_of(request_.fields, rule.unless).empty())
            faults_.push_back(ages_unknown_fault(rule));
        return {};
    }

    [[nodiscard]] MoveFault aged_fault(const policy::NobodyAged& rule, const std::string& about,
                                       int reached) const {
        return {about,
                "somebody_aged",
                {fmt::format("其中有 {} 人已满 {} 周岁，不属于所填情形，不能“{}”（{}）", reached, rule.years,
                             move_.title.zh, move_.cite.text()),
                 fmt::format("{} of them {} {} or older: '{}' is not open on this ground ({})", reached,
                             reached == 1 ? "is" : "are", rule.years, move_.title.en, move_.cite.text())}};
    }
    [[nodiscard]] MoveFault ages_unknown_fault(const policy::NobodyAged& rule) const {
        const FieldRule* field = law_.procedures.field(rule.unless);
        const Text why = field == nullptr ? Text{rule.unless, rule.unless} : field->title;
        return {rule.unless,
                "ages_unknown",
                {fmt::format("有人的年龄不明，不能由此认定都未满 {} 周岁；经核实的，请填写“{}”", rule.years,
                             why.zh),
                 fmt::format("somebody's age is not known, which is not younger than {}: tell '{}' if it was "
                             "looked into",
                             rule.years, why.en)}};
    }

    Desk& desk_;
    const policy::Law& law_;
    const policy::Machine& machine_;
    const CaseAbove* above_;  // null: it stands below none
    const CaseState& state_;
    const policy::Move& move_;
    const Actor& actor_;
    const CaseHead& head_;
    const MoveRequest& request_;
    std::vector<MoveFault> faults_;
};

}  // namespace

Result<std::vector<MoveFault>> check_people(Desk& desk, const MoveQuestion& question,
                                            const policy::Move& move, const Actor& actor,
                                            const CaseHead& head, const MoveRequest& request) {
    return People(desk, question, move, actor, head, request).check();
}

}  // namespace doudi::casework
