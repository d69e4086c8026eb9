// SPDX-License-Identifier: Apache-2.0
#include "determine/pack_logic.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "determine/case_maker.h"
#include "determine/case_reader.h"
#include "determine/determine.h"
#include "determine/words.h"

namespace doudi::determine {

using policy::Law;

namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

// --- what is looked for ---

// What a list of names in `stated` holds: "a, b".
bool names(const std::optional<std::string>& list, const std::string& id) {
    return list && fmt::format(", {}, ", *list).contains(fmt::format(", {}, ", id));
}

// A category beside the exclusive order of which the pack does not say that it may stand there.
bool is_without_place(const Law& law, const policy::Category& category) {
    const auto& order = law.exclusive_order.categories;
    if (std::ranges::find(order, category.id) != order.end()) return false;
    if (std::ranges::find(order, category.becomes) != order.end()) return false;
    if (names(law.value_at("determination.beside.value"), category.id)) return false;
    return std::ranges::none_of(law.reporting_groups, [&](const policy::ReportingGroup& group) {
        return std::ranges::find(group.categories, category.id) != group.categories.end();
    });
}

bool is_the_rest(const policy::Grant& grant) {
    return grant.when.text == "true";
}

std::vector<LogicGoal> goals_of(const Law& law) {
    std::vector<LogicGoal> goals;
    for (std::size_t i = 0; i < law.categories.size(); ++i) {
        if (law.categories[i].when.empty() || !is_without_place(law, law.categories[i])) continue;
        for (const std::string& id : law.exclusive_order.categories)
            goals.push_back({LogicGoal::Kind::two_categories, -1, law.category_of(id), static_cast<int>(i)});
    }
    for (std::size_t b = 0; b < law.benefits.size(); ++b) {
        const policy::Benefit& benefit = law.benefits[b];
        if (benefit.grants.empty()) continue;
        const int index = static_cast<int>(b);
        const auto states = [&](std::string_view key) {
            return law.value_at(fmt::format("benefits.{}.{}", benefit.id, key)).has_value();
        };
        if (std::ranges::none_of(benefit.grants, is_the_rest) && !states("may_lack_grant"))
            goals.push_back({LogicGoal::Kind::no_grant, index, -1, -1});
        if (states("grants_in_order")) continue;
        for (std::size_t i = 0; i < benefit.grants.size(); ++i) {
            for (std::size_t j = i + 1; j < benefit.grants.size(); ++j) {
                if (is_the_rest(benefit.grants[j])) continue;
                goals.push_back(
                    {LogicGoal::Kind::two_grants, index, static_cast<int>(i), static_cast<int>(j)});
            }
        }
    }
    return goals;
}

// --- whether determine() says so too ---

class Confirmation {
  public:
    explicit Confirmation(const Law& law) : law_(law) {}

    [[nodiscard]] bool holds(const Witness& witness) const {
        const LogicGoal& goal = witness.goal;
        switch (goal.kind) {
            case LogicGoal::Kind::two_categories:
                return is_in(witness.told, witness.member, goal.first) &&
                       is_in(witness.told, witness.member, goal.second);
            case LogicGoal::Kind::no_grant: {
                const Determination answer = determine(law_, witness.told, {});
                const BenefitAnswer* one = benefit(answer, witness);
                return one != nullptr && one->verdict == Verdict::yes && one->grant == nullptr;
            }
            case LogicGoal::Kind::two_grants:
                return differ(witness);
            case LogicGoal::Kind::gap:
                return choice(witness.told, witness.member) == -1 &&
                       is_decided_by(goal.first, witness.below, witness.member) &&
                       is_decided_by(goal.second, witness.above, witness.member);
        }
        return false;
    }

  private:
    static const BenefitAnswer* benefit(const Determination& answer, const Witness& witness) {
        for (const BenefitAnswer& one : answer.benefits)
            if (one.benefit == witness.goal.benefit && one.member == witness.member) return &one;
        return nullptr;
    }

    [[nodiscard]] bool is_in(const Case& told, int member, int category) const {
        const Determination answer = determine(law_, told, {});
        return std::ranges::any_of(answer.categories, [&](const CategoryAnswer& one) {
            if (one.category != category || one.verdict != Verdict::yes) return false;
            return one.member == member ||
                   (one.member < 0 && std::ranges::find(one.covers, member) != one.covers.end());
        });
    }

    // Each of the two grants as the only one of its benefit: both apply, and give different help.
    [[nodiscard]] bool differ(const Witness& witness) const {
        const LogicGoal& goal = witness.goal;
        std::vector<std::optional<expr::Value>> amounts, shares;
        for (const int grant : {goal.first, goal.second}) {
            Law alone = law_;
            alone.benefits[at(goal.benefit)].grants = {law_.benefits[at(goal.benefit)].grants[at(grant)]};
            const Determination answer = determine(alone, witness.told, {});
            const BenefitAnswer* one = benefit(answer, witness);
            if (one == nullptr || one->verdict != Verdict::yes || one->grant == nullptr) return false;
            amounts.push_back(one->amount);
            shares.push_back(one->share);
        }
        return are_different(amounts) || are_different(shares);
    }

    static bool are_different(const std::vector<std::optional<expr::Value>>& two) {
        if (two[0].has_value() != two[1].has_value()) return true;
        return two[0] && two[0]->is_value() && two[1]->is_value() && !expr::same_answer(*two[0], *two[1]);
    }

    // The rule holds, and the member ends up with what it makes of one.
    [[nodiscard]] bool is_decided_by(int rule, const Case& told, int member) const {
        const auto& order = law_.exclusive_order.categories;
        const policy::Category& category = law_.categories[at(rule)];
        const bool is_ordered = std::ranges::find(order, category.id) != order.end();
        const int into = law_.category_of(is_ordered ? category.id : category.becomes);
        return is_in(told, member, rule) && choice(told, member) == into;
    }

    // Which of the exclusive order the member ends up with: -1 none, -2 not settled.
    [[nodiscard]] int choice(const Case& told, int member) const {
        const Determination answer = determine(law_, told, {});
        const MemberSet& set = answer.sets[at(member)];
        if (set.exclusive_undecided) return -2;
        for (const std::string& id : law_.exclusive_order.categories) {
            const int category = law_.category_of(id);
            if (std::ranges::find(set.categories, category) != set.categories.end()) return category;
        }
        return -1;
    }

    const Law& law_;
};

// --- what does not matter is left out of the witness ---

class Shortening {
  public:
    Shortening(const Confirmation& confirmation, Witness& witness)
        : confirmation_(confirmation), witness_(witness) {}

    void run() {
        for (int member = static_cast<int>(witness_.told.members.size()); member-- > 0;) {
            if (member == witness_.member || member == witness_.fact.member) continue;
            if (witness_.told.members.size() == 1) break;  // a case has somebody
            attempt([&](Case& told) { told.members.erase(told.members.begin() + member); }, member);
        }
        leave_out([](Case& told) -> ToldFacts& { return told.application.facts; });
        leave_out([](Case& told) -> ToldFacts& { return told.household; });
        for (std::size_t i = 0; i < witness_.told.members.size(); ++i)
            leave_out([i](Case& told) -> ToldFacts& { return told.members[i].facts; });
        leave_out([](Case& told) -> auto& { return told.parameters; });
    }

  private:
    template <class Change>
    void attempt(const Change& change, int member_gone = -1) {
        Witness shorter = witness_;
        change(shorter.told);
        if (shorter.goal.kind == LogicGoal::Kind::gap) {
            change(shorter.below);
            change(shorter.above);
        }
        if (member_gone >= 0 && member_gone < shorter.member) --shorter.member;
        if (member_gone >= 0 && member_gone < shorter.fact.member) --shorter.fact.member;
        if (confirmation_.holds(shorter)) witness_ = std::move(shorter);
    }

    template <class Of>
    void leave_out(const Of& of) {
        std::vector<std::string> ids;
        for (const auto& [id, told] : of(witness_.told)) ids.push_back(id);
        for (const std::string& id : ids) attempt([&](Case& told) { of(told).erase(id); });
    }

    const Confirmation& confirmation_;
    Witness& witness_;
};

// --- in words ---

// At the place of the later of two rules; the text names that of the earlier.
Error error(std::string code, Text text, const policy::Place& place) {
    return {ErrorKind::invalid, std::move(code), std::move(text), place.text()};
}

Error of_categories(const Law& law, const LogicGoal& goal) {
    const policy::Category& first = law.categories[at(goal.first)];
    const policy::Category& second = law.categories[at(goal.second)];
    return error(
        "categories_without_order",
        {fmt::format("“{}”（{}）与“{}”（{}，见 {}）可同时成立，却没有先后；请写入 exclusive_order 或 beside，"
                     "或用 unless 排除",
                     second.title.zh, second.cite.text(), first.title.zh, first.cite.text(),
                     first.place.text()),
         fmt::format("'{}' ({}) and '{}' ({}, at {}) can hold together without an order: name it in "
                     "exclusive_order or beside, or exclude one by unless",
                     second.id, second.cite.text(), first.id, first.cite.text(), first.place.text())},
        second.place);
}

Error of_grants(const Law& law, const LogicGoal& goal) {
    const policy::Benefit& benefit = law.benefits[at(goal.benefit)];
    const policy::Grant& first = benefit.grants[at(goal.first)];
    const policy::Grant& second = benefit.grants[at(goal.second)];
    return error(
        "grants_without_order",
        {fmt::format("“{}”的第 {} 项“{}”（{}）与第 {} 项“{}”（{}，见 {}）可同时适用而给付不同；请使条件互斥，"
                     "或以 grants_in_order 写明依据",
                     benefit.title.zh, goal.second + 1, second.when.text, second.cite.text(), goal.first + 1,
                     first.when.text, first.cite.text(), first.place.text()),
         fmt::format("grants {} '{}' ({}) and {} '{}' ({}, at {}) of '{}' can apply together and differ: "
                     "make them exclude each other, or state the clause of their order in grants_in_order",
                     goal.second + 1, second.when.text, second.cite.text(), goal.first + 1, first.when.text,
                     first.cite.text(), first.place.text(), benefit.id)},
        second.place);
}

Error of_no_grant(const Law& law, const LogicGoal& goal) {
    const policy::Benefit& benefit = law.benefits[at(goal.benefit)];
    return error("benefit_without_grant",
                 {fmt::format("“{}”（{}）可成立而没有一项给付适用；请补上其余情形（不写 if）、收窄 "
                              "when，或以 may_lack_grant 写明依据",
                              benefit.title.zh, benefit.cite.text()),
                  fmt::format("'{}' ({}) can hold while none of its grants applies: add one for the rest "
                              "(without an if), narrow its `when`, or state the clause in may_lack_grant",
                              benefit.id, benefit.cite.text())},
                 benefit.place);
}

// Where the rule says what is false at the gap and true beside it; the rule as a whole where no line does.
policy::Place turning_place(const Law& law, int rule, const Case& holds, const Case& fails, int member) {
    const policy::Category& category = law.categories[at(rule)];
    const Facts yes(law, holds), no(law, fails);
    const int whose = category.subject == policy::Subject::person ? member : -1;
    for (const policy::ConditionLine& line : category.when) {
        const bool turns =
            yes.evaluate(line.program, whose).is_true() && no.evaluate(line.program, whose).is_false();
        if (turns) return line.place;
    }
    const bool is_excluded = category.unless && yes.evaluate(category.unless->program, whose).is_false() &&
                             no.evaluate(category.unless->program, whose).is_true();
    return is_excluded ? category.unless->place : category.place;
}

Error of_gap(const Law& law, const Witness& witness) {
    const policy::Category& first = law.categories[at(witness.goal.first)];
    const policy::Category& second = law.categories[at(witness.goal.second)];
    const auto value_in = [&](const Case& told) {
        const Facts facts(law, told);
        return figure_of(facts.fact(law.fact_of(witness.fact.of, witness.fact.id), witness.fact.member)).text;
    };
    const auto line_of = [&](int rule, const Case& holds) {
        return turning_place(law, rule, holds, witness.told, witness.member);
    };
    const policy::Place below = line_of(witness.goal.first, witness.below);
    const Text title = title_of(law, witness.told, witness.fact);
    return error(
        "gap_between_categories",
        {fmt::format("{}为 {} 时没有类别成立：{} 时为“{}”（{}，见 {}），{} 时为“{}”（{}）", title.zh,
                     value_in(witness.told), value_in(witness.below), first.title.zh, first.cite.text(),
                     below.text(), value_in(witness.above), second.title.zh, second.cite.text()),
         fmt::format("no category holds where {} is {}: at {} it is '{}' ({}, at {}), at {} '{}' ({})",
                     witness.fact.id, value_in(witness.told), value_in(witness.below), first.id,
                     first.cite.text(), below.text(), value_in(witness.above), second.id,
                     second.cite.text())},
        line_of(witness.goal.second, witness.above));
}

std::string name_of(const Law& law, const Witness& witness) {
    const LogicGoal& goal = witness.goal;
    const auto category = [&](int index) { return law.categories[at(index)].id; };
    switch (goal.kind) {
        case LogicGoal::Kind::two_categories:
            return fmt::format("two-categories-{}-{}", category(goal.first), category(goal.second));
        case LogicGoal::Kind::two_grants:
            return fmt::format("two-grants-{}-{}-{}", law.benefits[at(goal.benefit)].id, goal.first + 1,
                               goal.second + 1);
        case LogicGoal::Kind::no_grant:
            return fmt::format("no-grant-{}", law.benefits[at(goal.benefit)].id);
        case LogicGoal::Kind::gap:
            break;
    }
    return fmt::format("gap-{}-{}-{}", category(goal.first), category(goal.second), witness.fact.id);
}

Error error_of(const Law& law, const Witness& witness) {
    switch (witness.goal.kind) {
        case LogicGoal::Kind::two_categories:
            return of_categories(law, witness.goal);
        case LogicGoal::Kind::two_grants:
            return of_grants(law, witness.goal);
        case LogicGoal::Kind::no_grant:
            return of_no_grant(law, witness.goal);
        case LogicGoal::Kind::gap:
            break;
    }
    return of_gap(law, witness);
}

// A place within the pack's scope; any, if that is the whole country.
std::string place_of(const policy::Pack& pack) {
    std::string region = pack.region_scope.empty() ? "11" : pack.region_scope;
    region.resize(12, '0');
    return region;
}

}  // namespace

std::vector<LogicFault> logic_faults(const policy::Pack& pack, Date day) {
    const Law& law = pack.law;
    const Confirmation confirmation(law);
    std::vector<LogicFault> faults;
    for (Witness& witness : find_witnesses(law, place_of(pack), day, goals_of(law))) {
        if (!confirmation.holds(witness)) continue;
        Shortening(confirmation, witness).run();
        witness.told.id = name_of(law, witness);
        std::string text = case_text(witness.told);
        // What is shown is what was tried: the text read again.
        auto read = read_case(text, witness.told.id, law);
        if (!read) continue;
        witness.told = std::move(*read);
        if (!confirmation.holds(witness)) continue;
        faults.push_back({error_of(law, witness), witness.told.id, std::move(text)});
    }
    return faults;
}

}  // namespace doudi::determine
