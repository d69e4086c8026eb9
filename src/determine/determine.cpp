// SPDX-License-Identifier: Apache-2.0
#include "determine/determine.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "determine/changes.h"
#include "determine/follow.h"
#include "determine/formula_builder.h"
#include "determine/missing.h"
#include "determine/price.h"
#include "determine/usage.h"
#include "expr/kleene.h"

namespace doudi::determine {

namespace {

using expr::Value;
using policy::Subject;

Verdict verdict_of(const Value& value) {
    switch (expr::truth_of(value)) {
        case expr::Truth::yes:
            return Verdict::yes;
        case expr::Truth::no:
            return Verdict::no;
        case expr::Truth::unknown:
            return Verdict::unknown;
        case expr::Truth::error:
            return Verdict::fault;
    }
    return Verdict::fault;
}

class Engine {
  public:
    Engine(const policy::Law& law, const Case& told)
        : law_(law), case_(told), facts_(law, told), usages_(facts_), builder_(facts_) {}

    Determination run() {
        for (const int category : test_order())
            each_subject(law_.categories[at(category)].subject,
                         [&](int m) { answer_.categories.push_back(category_answer(category, m)); });
        for (int member = 0; member < facts_.members(); ++member) answer_.sets.push_back(set_of(member));
        for (std::size_t i = 0; i < law_.benefits.size(); ++i)
            each_subject(law_.benefits[i].subject, [&](int member) {
                answer_.benefits.push_back(benefit_answer(static_cast<int>(i), member));
            });
        answer_.transfers = transfers_of(facts_);
        answer_.watches = watches_of(facts_);
        gather_missing();
        settle_what_is_open();
        answer_.ask_first = most_settling();
        note_what_it_settles();
        answer_.sample = is_sample();
        return std::move(answer_);
    }

  private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    template <class Visit>
    void each_subject(Subject subject, Visit visit) const {
        if (subject != Subject::person) return visit(-1);
        for (int member = 0; member < facts_.members(); ++member) visit(member);
    }

    // As the notice tries them; what it does not list comes after, as the pack states it.
    std::vector<int> test_order() const {
        std::vector<int> order;
        const auto add = [&](int category) {
            if (category >= 0 && std::ranges::find(order, category) == order.end()) order.push_back(category);
        };
        for (const std::string& id : law_.test_order.categories) add(law_.category_of(id));
        for (std::size_t i = 0; i < law_.categories.size(); ++i) add(static_cast<int>(i));
        return order;
    }

    // --- lines ---

    LineAnswer line_answer(const policy::ConditionLine& line, int member, bool of_sets) const {
        LineAnswer answer{.line = &line, .value = facts_.evaluate(line.program, member, of_sets)};
        answer.figures = figures_of(facts_, line.program, member, of_sets);
        if (answer.value.is_unknown()) answer.missing = facts_.keys(answer.value.facts());
        return answer;
    }

    template <class Answer, class Asked>
    void set_lines(Answer& answer, const Asked& asked, int member, bool of_sets) const {
        for (const policy::ConditionLine& line : asked.when)
            answer.lines.push_back(line_answer(line, member, of_sets));
        if (asked.unless) answer.unless = line_answer(*asked.unless, member, of_sets);
    }

    // --- what is missing ---

    const FactPrice& price(expr::FactId fact) {
        if (prices_.size() <= fact) prices_.resize(fact + std::size_t{1});
        std::optional<FactPrice>& known = prices_[fact];
        if (!known) known = price_of(law_, case_, facts_.key(fact));
        return *known;
    }

    // What hangs on the household alone is asked once and not for each member: members come one after the
    // other.
    const Missing& missing_of(FormulaId formula) {
        if (!last_missing_ || last_missing_->first != formula)
            last_missing_.emplace(formula, find_missing(formula));
        return last_missing_->second;
    }

    Missing find_missing(FormulaId formula) {
        const PriceOf cost = [this](expr::FactId fact) { return price(fact); };
        const SmallestSet set = smallest_set(builder_.formulas(), formula, cost, budget_);
        Missing missing{.is_exact = set.is_exact};
        for (const expr::FactId fact : set.facts) missing.smallest.push_back(facts_.key(fact));
        if (set.ask_first) missing.ask_first = facts_.key(*set.ask_first);
        return missing;
    }

    // --- categories ---

    CategoryAnswer category_answer(int category, int member) {
        const policy::Category& asked = law_.categories[at(category)];
        CategoryAnswer answer{.category = category, .member = member};
        answer.value = facts_.verdict(category, member);
        answer.verdict = verdict_of(answer.value);
        set_lines(answer, asked, member, false);
        if (asked.subject == Subject::household && answer.verdict == Verdict::yes) {
            for (int one = 0; one < facts_.members(); ++one) {
                const Value covered = facts_.covers(category, one);
                if (covered.is_true()) answer.covers.push_back(one);
                if (covered.is_unknown()) answer.maybe_covers.push_back(one);
            }
        }
        const Usage usage = usages_.verdict(category, member);
        answer.used = usages_.shown(usage, member);
        answer.sample = usage.sample;
        if (answer.verdict == Verdict::unknown) {
            open_.push_back({builder_.verdict(category, member), false, category, member, {}});
            answer.missing = missing_of(open_.back().formula);
        } else if (member < 0 || facts_.members() <= most_members_for_changes) {
            answer.changes = nearest_changes(facts_, usages_, category, member);
        }
        return answer;
    }

    MemberSet set_of(int member) const {
        MemberSet set;
        for (const int category : facts_.exclusive()) {
            const Value value = facts_.in_set(category, member);
            const Value own = facts_.membership(category, member);
            if (value.is_true()) set.categories.push_back(facts_.becomes(category));
            if (!value.is_false() && !value.is_true()) {
                set.exclusive_undecided = true;
                set.undecided.push_back(facts_.becomes(category));
            }
            if (own.is_true()) break;  // what comes after cannot be the choice any more
        }
        for (std::size_t i = 0; i < law_.categories.size(); ++i) {
            const int category = static_cast<int>(i);
            if (facts_.is_exclusive(category) || facts_.becomes(category) != category) continue;
            if (facts_.in_set(category, member).is_true()) set.categories.push_back(category);
        }
        return set;
    }

    // --- benefits ---

    Value entitlement(const policy::Benefit& asked, int member) const {
        expr::LogicalFold any(expr::LogicalFold::Kind::any);
        for (const std::string& id : asked.for_categories)
            any.add(facts_.in_set(law_.category_of(id), member));
        expr::LogicalFold fold(expr::LogicalFold::Kind::all);
        if (!asked.for_anyone) fold.add(std::move(any).result());
        for (const policy::ConditionLine& line : asked.when)
            fold.add(facts_.evaluate(line.program, member, true));
        if (asked.unless) fold.add(negation_of(facts_.evaluate(asked.unless->program, member, true)));
        return std::move(fold).result();
    }

    FormulaId entitlement_formula(const policy::Benefit& asked, int member) {
        std::vector<FormulaId> parts;
        if (!asked.for_anyone) {
            std::vector<FormulaId> any;
            for (const std::string& id : asked.for_categories)
                any.push_back(builder_.in_set(law_.category_of(id), member));
            parts.push_back(builder_.formulas().any(std::move(any)));
        }
        for (const policy::ConditionLine& line : asked.when)
            parts.push_back(builder_.program(line.program, member, true));
        if (asked.unless)
            parts.push_back(
                builder_.formulas().opposite(builder_.program(asked.unless->program, member, true)));
        return builder_.formulas().all(std::move(parts));
    }

    BenefitAnswer benefit_answer(int index, int member) {
        const policy::Benefit& asked = law_.benefits[at(index)];
        BenefitAnswer answer{.benefit = index, .member = member};
        answer.value = entitlement(asked, member);
        answer.verdict = verdict_of(answer.value);
        set_lines(answer, asked, member, true);
        Usage usage = entitlement_usage(asked, answer.value, member);
        for (const std::string& id : asked.for_categories) {
            const int category = law_.category_of(id);
            const Value has = facts_.in_set(category, member);
            if (has.is_true()) answer.through.push_back(category);
            if (has.is_unknown()) answer.open_categories.push_back(category);
        }
        if (answer.verdict == Verdict::yes) set_grant(answer, asked, usage);
        if (answer.verdict == Verdict::unknown) {
            open_.push_back({entitlement_formula(asked, member), true, index, member, {}});
            answer.missing = missing_of(open_.back().formula);
        }
        answer.used = usages_.shown(usage, member);
        answer.sample = usage.sample;
        return answer;
    }

    // Of a no what makes it one; of a yes the categories that open it and every condition.
    Usage entitlement_usage(const policy::Benefit& asked, const Value& value, int member) {
        Usage of_categories;
        bool some_true = false;
        bool all_sample = true;
        bool none_holds = true;
        for (const std::string& id : asked.for_categories) {
            const int category = law_.category_of(id);
            const Value holds = facts_.in_set(category, member);
            none_holds = none_holds && holds.is_false();
            some_true = some_true || holds.is_true();
        }
        for (const std::string& id : asked.for_categories) {
            const int category = law_.category_of(id);
            const Value holds = facts_.in_set(category, member);
            const Usage one = usages_.in_set(category, member);
            if (some_true ? !holds.is_true() : !none_holds && holds.is_false()) {
                // Of what is unknown, those that are settled did their part.
                if (!some_true && value.is_unknown())
                    of_categories.sample = of_categories.sample || one.sample;
                continue;
            }
            all_sample = all_sample && one.sample;
            of_categories.add(one);
        }
        if (some_true) of_categories.sample = all_sample;
        const policy::ConditionLine* unless = asked.unless ? &*asked.unless : nullptr;
        const Usage of_conditions = usages_.condition(asked.when, unless, member, true);
        if (value.is_false() && !asked.for_anyone && none_holds) return of_categories;
        if (value.is_false()) return of_conditions;
        Usage both = of_categories;
        both.add(of_conditions);
        return both;
    }

    // The first grant that applies; an unknown one before it leaves it open.
    void set_grant(BenefitAnswer& answer, const policy::Benefit& asked, Usage& usage) {
        for (const policy::Grant& grant : asked.grants) {
            const Value applies = facts_.evaluate(grant.when.program, answer.member, true);
            usage.add(usages_.program(grant.when.program, answer.member, true));
            if (applies.is_false()) continue;
            answer.grant = &grant;
            if (!applies.is_true()) {
                if (applies.is_unknown())
                    answer.missing = missing_of(builder_.program(grant.when.program, answer.member, true));
                if (grant.amount) answer.amount = applies;
                if (grant.share) answer.share = applies;
                return;
            }
            if (grant.amount) answer.amount = grant_value(answer, *grant.amount, usage);
            if (grant.share) answer.share = grant_value(answer, *grant.share, usage);
            return;
        }
    }

    Value grant_value(BenefitAnswer& answer, const expr::Program& program, Usage& usage) {
        Value value = facts_.evaluate(program, answer.member, true);
        usage.add(usages_.program(program, answer.member, true));
        if (value.is_unknown()) answer.missing = missing_of(builder_.program(program, answer.member, true));
        return value;
    }

    // --- the application as a whole ---

    void gather_missing() {
        std::set<FactKey> keys;
        for (const CategoryAnswer& answer : answer_.categories)
            keys.insert(answer.missing.smallest.begin(), answer.missing.smallest.end());
        answer_.missing.assign(keys.begin(), keys.end());
        sort_by_price(law_, case_, answer_.missing);
    }

    void settle_what_is_open() {
        std::map<FormulaId, std::vector<expr::FactId>> alone;
        for (Open& one : open_) {
            const auto [known, is_new] = alone.try_emplace(one.formula);
            if (is_new) known->second = can_settle_alone(builder_.formulas(), one.formula, budget_);
            one.alone = known->second;
        }
    }

    // How many are settled by each fact alone.
    std::map<expr::FactId, int> settled(bool benefits) const {
        std::map<expr::FactId, int> counts;
        for (const Open& one : open_) {
            if (one.is_benefit != benefits) continue;
            for (const expr::FactId fact : one.alone) ++counts[fact];
        }
        return counts;
    }

    // The fact that can settle most categories alone; among those the one that settles most benefits, then
    // the cheapest. If none can settle any, the cheapest that is missing.
    std::optional<FactKey> most_settling() const {
        std::map<expr::FactId, int> categories = settled(false);
        const std::map<expr::FactId, int> benefits = settled(true);
        for (const auto& [fact, count] : benefits) categories.emplace(fact, 0);
        std::optional<FactKey> best;
        std::tuple<int, int, int, int> best_rank;
        for (const auto& [fact, count] : categories) {
            const FactKey& key = facts_.key(fact);
            if (key.kind != FactKey::Kind::fact) continue;
            const auto of_benefits = benefits.find(fact);
            const int helped = of_benefits == benefits.end() ? 0 : of_benefits->second;
            const FactPrice price = price_of(law_, case_, key);
            const std::tuple rank(-count, -helped, price.cost, price.place);
            if (best && best_rank <= rank) continue;
            best = key;
            best_rank = rank;
        }
        if (best || answer_.missing.empty()) return best;
        return answer_.missing.front();
    }

    // The categories; the benefits only where it settles none of those.
    void note_what_it_settles() {
        if (!answer_.ask_first) return;
        const expr::FactId first = facts_.number(*answer_.ask_first);
        for (const bool benefits : {false, true}) {
            for (const Open& one : open_) {
                if (one.is_benefit != benefits || std::ranges::find(one.alone, first) == one.alone.end())
                    continue;
                std::vector<Settled>& all = answer_.ask_first_settles;
                if (all.empty() || all.back().index != one.index) all.push_back({benefits, one.index, {}});
                if (one.member >= 0) all.back().members.push_back(one.member);
            }
            if (!answer_.ask_first_settles.empty()) return;
        }
    }

    bool is_sample() const {
        return std::ranges::any_of(answer_.categories, &CategoryAnswer::sample) ||
               std::ranges::any_of(answer_.benefits, &BenefitAnswer::sample) ||
               std::ranges::any_of(answer_.watches, &WatchAnswer::sample);
    }

    const policy::Law& law_;
    const Case& case_;
    Facts facts_;
    Usages usages_;
    FormulaBuilder builder_;
    SearchBudget budget_;
    std::vector<std::optional<FactPrice>> prices_;  // by number of the fact
    std::optional<std::pair<FormulaId, Missing>> last_missing_;
    // What is unknown, and the facts that may settle it alone.
    struct Open {
        FormulaId formula;
        bool is_benefit = false;
        int index = 0;
        int member = -1;
        std::vector<expr::FactId> alone;
    };
    std::vector<Open> open_;
    Determination answer_;
};

}  // namespace

LawStamp stamp_of(const policy::Policy& policy, std::string figures_hash, std::uint64_t enactment) {
    return {.pack = policy.pack.id,
            .pack_version = policy.pack.version,
            .pack_hash = policy.pack.content_hash,
            .parameters_hash = std::move(figures_hash),
            .calendar_hash = policy.calendar_hash,
            .enactment = enactment};
}

Determination determine(const policy::Law& law, const Case& told, const LawStamp& stamp) {
    Determination answer = Engine(law, told).run();
    answer.replay = {.pack = stamp.pack,
                     .pack_version = stamp.pack_version,
                     .pack_hash = stamp.pack_hash,
                     .parameters_hash = stamp.parameters_hash,
                     .calendar_hash = stamp.calendar_hash,
                     .case_hash = told.hash,
                     .as_of = told.as_of,
                     .engine = engine_version,
                     .enactment = stamp.enactment};
    return answer;
}

}  // namespace doudi::determine
