// SPDX-License-Identifier: Apache-2.0
#include "determine/witness_search.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "determine/case_maker.h"
#include "determine/changes.h"
#include "determine/usage.h"

namespace doudi::determine {

using expr::TypeKind;
using expr::Value;

namespace {

constexpr std::uint64_t seed = 20'240'612;  // any will do, always the same one

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

bool gets(const Facts& facts, const policy::Benefit& benefit, int member) {
    const policy::Law& law = facts.law();
    const auto holds = [&](const policy::ConditionLine& line) {
        return facts.evaluate(line.program, member, true).is_true();
    };
    const bool opened =
        benefit.for_anyone || std::ranges::any_of(benefit.for_categories, [&](const std::string& id) {
            return facts.in_set(law.category_of(id), member).is_true();
        });
    if (!opened || !std::ranges::all_of(benefit.when, holds)) return false;
    return !benefit.unless || facts.evaluate(benefit.unless->program, member, true).is_false();
}

// The same amount and the same share: it does not matter which of the two is taken.
bool give_the_same(const Facts& facts, const policy::Grant& left, const policy::Grant& right, int member) {
    const auto same = [&](const std::optional<expr::Program>& one,
                          const std::optional<expr::Program>& other) {
        if (!one || !other) return one.has_value() == other.has_value();
        const Value first = facts.evaluate(*one, member, true);
        const Value second = facts.evaluate(*other, member, true);
        // What cannot be computed shows nothing.
        return !first.is_value() || !second.is_value() || expr::same_answer(first, second);
    };
    return same(left.amount, right.amount) && same(left.share, right.share);
}

bool shows(const Facts& facts, const LogicGoal& goal, int member) {
    const policy::Law& law = facts.law();
    if (goal.kind == LogicGoal::Kind::two_categories)
        return facts.belongs(goal.first, member).is_true() && facts.belongs(goal.second, member).is_true();
    const policy::Benefit& benefit = law.benefits[at(goal.benefit)];
    const auto applies = [&](const policy::Grant& grant) {
        return facts.evaluate(grant.when.program, member, true);
    };
    if (!gets(facts, benefit, member)) return false;
    if (goal.kind == LogicGoal::Kind::no_grant) {
        return std::ranges::all_of(benefit.grants,
                                   [&](const policy::Grant& grant) { return applies(grant).is_false(); });
    }
    const policy::Grant& first = benefit.grants[at(goal.first)];
    const policy::Grant& second = benefit.grants[at(goal.second)];
    return applies(first).is_true() && applies(second).is_true() &&
           !give_the_same(facts, first, second, member);
}

// One unit: a fen, one of a count, a ten-thousandth, a day.
std::optional<Value> beside(const Value& value, std::int64_t steps) {
    if (value.is(TypeKind::date)) return Value::date(value.as_date() + static_cast<int>(steps));
    if (value.is(TypeKind::ratio)) {
        const auto to = value.as_rational().plus({steps, 10'000});
        if (!to || to->numerator < 0) return std::nullopt;
        return Value::ratio(*to);
    }
    const std::int64_t to = value.as_rational().numerator + steps;
    if (to < 0) return std::nullopt;
    return value.is(TypeKind::money) ? Value::money(Money::fen(to)) : Value::integer(to);
}

Case with(const Case& told, const FactKey& key, const Value& value) {
    Case other = told;
    ToldFacts& facts = key.of == policy::Subject::household ? other.household
                       : key.of == policy::Subject::person  ? other.members[at(key.member)].facts
                                                            : other.application.facts;
    facts.at(key.id).value = value;
    return other;
}

class Search {
  public:
    Search(const policy::Law& law, const std::string& region, Date day, std::vector<LogicGoal> goals)
        : law_(law), maker_(law, region, day, seed), dice_(seed), goals_(std::move(goals)) {}

    std::vector<Witness> run() {
        for (int i = 0; i < cases_tried; ++i) {
            const bool is_fresh = pool_.empty() || dice_() % 4 == 0;
            look_at(is_fresh ? maker_.fresh() : maker_.varied(any_of_pool()));
        }
        return std::move(found_);
    }

  private:
    using Feature = std::tuple<char, int, int>;  // what holds in a case: a category, a benefit, a grant

    const Case& any_of_pool() {
        return std::next(pool_.begin(), static_cast<std::ptrdiff_t>(dice_() % pool_.size()))->second;
    }

    void look_at(Case told) {
        const Facts facts(law_, told);
        std::erase_if(goals_, [&](const LogicGoal& goal) { return take(goal, facts); });
        note_features(facts);
        if (probed_ >= gap_probes || facts.exclusive().size() < 2 || dice_() % 20 != 0) return;
        for (int member = 0; member < facts.members(); ++member) {
            if (deciding_rule(facts, member).value_or(-1) < 0) continue;
            ++probed_;
            probe(facts, member);
            return;
        }
    }

    bool take(const LogicGoal& goal, const Facts& facts) {
        const bool of_household =
            goal.benefit >= 0 && law_.benefits[at(goal.benefit)].subject == policy::Subject::household;
        const int last = of_household ? 0 : facts.members();
        for (int member = of_household ? -1 : 0; member < last; ++member) {
            if (!shows(facts, goal, member)) continue;
            found_.push_back({.goal = goal, .member = member, .told = facts.told()});
            return true;
        }
        return false;
    }

    // Rules that hold rarely are met again by varying the cases in which they held.
    void note_features(const Facts& facts) {
        for (std::size_t i = 0; i < law_.categories.size(); ++i)
            if (facts.verdict(static_cast<int>(i), -1).is_true()) keep({'c', static_cast<int>(i), 0}, facts);
        for (std::size_t i = 0; i < law_.benefits.size(); ++i) {
            const policy::Benefit& benefit = law_.benefits[i];
            if (benefit.grants.empty()) continue;
            const int member = benefit.subject == policy::Subject::household ? -1 : 0;
            if (!gets(facts, benefit, member)) continue;
            keep({'b', static_cast<int>(i), 0}, facts);
            for (std::size_t g = 0; g < benefit.grants.size(); ++g) {
                if (facts.evaluate(benefit.grants[g].when.program, member, true).is_true())
                    keep({'g', static_cast<int>(i), static_cast<int>(g)}, facts);
            }
        }
    }

    void keep(const Feature& feature, const Facts& facts) {
        if (pool_.contains(feature) && dice_() % 4 != 0) return;
        pool_.insert_or_assign(feature, facts.told());
    }

    // Along each number and day the values at and beside the lines of the exclusive categories.
    void probe(const Facts& facts, int member) {
        Usages usages(facts);
        std::map<FactKey, std::set<std::int64_t>> steps;  // from the value that is told
        const auto note = [&](const FactKey& fact, std::int64_t far) {
            for (std::int64_t near = far - 1; near <= far + 1; ++near) steps[fact].insert(near);
        };
        for (const int category : facts.exclusive()) {
            for (const int feeding : facts.fed_by(category)) {
                const bool of_person = law_.categories[at(feeding)].subject == policy::Subject::person;
                const int whose = of_person ? member : -1;
                for (const NearestChange& change : nearest_changes(facts, usages, feeding, whose)) {
                    if (!change.in_days) note(change.fact, units_between(change.now, change.then));
                }
                for (const DayTurn& turn : turning_days(facts, usages, feeding, whose))
                    note(turn.fact, turn.days);
            }
        }
        for (auto& [fact, along] : steps) {
            along.insert(0);
            sweep(facts, member, fact, along);
        }
    }

    static std::int64_t units_between(const Value& from, const Value& to) {
        const auto gap = to.as_rational().minus(from.as_rational());
        const auto units = gap ? gap->times({from.is(TypeKind::ratio) ? 10'000 : 1, 1}) : std::nullopt;
        return units ? expr::round(*units, expr::Rounding::down) : 0;
    }

    // A rule below, none in between, another rule above.
    void sweep(const Facts& facts, int member, const FactKey& fact, const std::set<std::int64_t>& along) {
        const Value now = facts.fact(law_.fact_of(fact.of, fact.id), fact.member);
        int lower = -1;
        std::optional<Value> covered, bare;
        for (const std::int64_t step : along) {
            const auto value = beside(now, step);
            if (!value) continue;
            const Facts other(law_, facts.told(), {{{fact, *value}}, {}});
            const auto choice = deciding_rule(other, member);
            if (!choice) return;
            if (*choice < 0) {
                if (!bare) bare = value;
                continue;
            }
            if (lower >= 0 && bare && *choice != lower && is_one_line(*covered, *value))
                take_gap(facts.told(), member, fact,
                         {.kind = LogicGoal::Kind::gap, .first = lower, .second = *choice},
                         {*covered, *bare, *value});
            lower = *choice;
            covered = value;
            bare.reset();
        }
    }

    // Two rules that miss each other at one line, at most by a year of age; further apart they are two lines,
    // which the law may mean: sixteen for the one, eighteen for the other.
    static bool is_one_line(const Value& below, const Value& above) {
        constexpr int year_of_age = 368;  // with the days on either side
        return !below.is(TypeKind::date) || above.as_date() - below.as_date() <= year_of_age;
    }

    struct Values {
        Value below, bare, above;
    };
    void take_gap(const Case& told, int member, const FactKey& fact, const LogicGoal& goal,
                  const Values& values) {
        const bool is_known = std::ranges::any_of(
            found_, [&](const Witness& one) { return one.goal == goal && one.fact.id == fact.id; });
        if (is_known) return;
        found_.push_back({goal, member, with(told, fact, values.bare), fact, with(told, fact, values.below),
                          with(told, fact, values.above)});
    }

    const policy::Law& law_;
    CaseMaker maker_;
    std::mt19937_64 dice_;
    std::vector<LogicGoal> goals_;
    std::map<Feature, Case> pool_;
    std::vector<Witness> found_;
    int probed_ = 0;
};

}  // namespace

std::optional<int> deciding_rule(const Facts& facts, int member) {
    for (const int category : facts.exclusive()) {
        const Value in = facts.membership(category, member);
        if (in.is_false()) continue;
        if (!in.is_true()) return std::nullopt;
        for (const int feeding : facts.fed_by(category))
            if (facts.belongs(feeding, member).is_true()) return feeding;
    }
    return -1;
}

std::vector<Witness> find_witnesses(const policy::Law& law, const std::string& region, Date day,
                                    std::vector<LogicGoal> goals) {
    return Search(law, region, day, std::move(goals)).run();
}

}  // namespace doudi::determine
