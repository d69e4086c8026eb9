// SPDX-License-Identifier: Apache-2.0
#include "determine/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "determine/words.h"

namespace doudi::determine {

using expr::NodeId;
using expr::Rational;
using expr::StepKind;
using expr::TypeKind;
using expr::Value;

namespace {

constexpr int farthest_days = 366 * 100;

// A comparison, where it stands and whose it is.
struct Comparison {
    const expr::Program* program = nullptr;
    const policy::ConditionLine* line = nullptr;  // of which it is all
    NodeId node = 0;
    int member = -1;
    std::string text;
    Usage usage;
};

bool is_number(const Value& value) {
    return value.is(TypeKind::money) || value.is(TypeKind::amount) || value.is(TypeKind::ratio) ||
           value.is(TypeKind::integer);
}

bool is_comparable(const Value& value) {
    return is_number(value) || value.is(TypeKind::date);
}

Rational number_of(const Value& value) {
    if (value.is(TypeKind::date)) return {value.as_date().days(), 1};
    return value.as_rational();
}

// Money moves by the fen, a count by one, a ratio by a ten-thousandth.
std::optional<Value> moved(const Value& value, std::int64_t steps) {
    if (value.is(TypeKind::ratio)) {
        const auto to = value.as_rational().plus({steps, 10'000});
        if (!to || to->numerator < 0) return std::nullopt;
        return Value::ratio(*to);
    }
    std::int64_t to = value.as_rational().numerator;
    if (__builtin_add_overflow(to, steps, &to) || to < 0) return std::nullopt;
    if (value.is(TypeKind::money)) return Value::money(Money::fen(to));
    return Value::integer(to);
}

class Collector {
  public:
    Collector(const Facts& facts, Usages& usages) : facts_(facts), usages_(usages) {}

    std::vector<Comparison> found;

    void take(const policy::ConditionLine& line, int member) {
        line_ = &line;
        take(line.program, member);
        line_ = nullptr;
    }

  private:
    void take(const expr::Program& program, int member) {
        const Reading reading(facts_, program, member, false);
        if (!reading.is_cut()) walk(reading, program.root(), member);
    }

    void walk(const Reading& reading, NodeId id, int member) {
        const StepKind kind = reading.step(id).kind;
        if (kind == StepKind::relation && take_relation(reading, id, member)) return;
        if (const Named named = reading.named(id, {}); named.kind != Named::Kind::nothing) {
            open_fact(named);
            return;
        }
        if (kind == StepKind::comprehension) return;  // its comparisons are of one member of a list
        for (const NodeId child : reading.children(id)) walk(reading, child, member);
    }

    bool take_relation(const Reading& reading, NodeId id, int member) {
        const Value& left = reading.value(reading.child(id, 0), {});
        const Value& right = reading.value(reading.child(id, 1), {});
        if (!is_comparable(left) || !is_comparable(right)) return false;
        std::string text = reading.text(id);
        if (!seen_.insert(fmt::format("{}|{}", text, member)).second) return true;
        const bool is_line =
            line_ != nullptr && &line_->program == &reading.program() && id == reading.program().root();
        found.push_back({&reading.program(), is_line ? line_ : nullptr, id, member, std::move(text),
                         usages_.node(reading, id, {})});
        return true;
    }

    // A derived bool fact is a condition of its own.
    void open_fact(const Named& named) {
        if (named.kind != Named::Kind::fact) return;
        const auto& definition = facts_.law().facts[static_cast<std::size_t>(named.index)];
        if (!definition.is || definition.type != policy::FactType::boolean) return;
        const int whose = definition.of == policy::Subject::person ? named.member : -1;
        if (opened_.emplace(named.index, whose).second) take(*definition.is, whose);
    }

    const Facts& facts_;
    Usages& usages_;
    const policy::ConditionLine* line_ = nullptr;
    std::set<std::string> seen_;
    std::set<std::pair<int, int>> opened_;
};

class Turning {
  public:
    Turning(const Facts& facts, const Comparison& comparison, int category, int member)
        : facts_(facts), comparison_(comparison), category_(category), member_(member) {}

    // The least change of this fact that turns the comparison.
    std::optional<NearestChange> of_fact(const FactKey& key, const Value& now) const {
        const std::optional<Rational> gap = gap_with(key, now, 0);
        std::optional<Rational> slope;
        if (const auto next = gap_with(key, now, 1); gap && next) slope = next->minus(*gap);
        if (!slope || slope->numerator == 0) return std::nullopt;
        const auto crossing = gap->negated() ? gap->negated()->over(*slope) : std::nullopt;
        if (!crossing) return std::nullopt;
        const std::int64_t near = expr::round(*crossing, expr::Rounding::down);
        std::vector<std::int64_t> steps{near - 1, near, near + 1};
        std::ranges::sort(steps, {}, [](std::int64_t step) { return std::pair(std::abs(step), step); });
        for (const std::int64_t step : steps) {
            const std::optional<Value> then = step == 0 ? std::nullopt : moved(now, step);
            if (!then) continue;
            const Facts other(facts_.law(), facts_.told(), {{{key, *then}}, {}});
            if (!turned(other)) continue;
            NearestChange change = turning_to(other);
            change.fact = key;
            change.now = now;
            change.then = *then;
            change.distance = {std::abs(step), now.is(TypeKind::ratio) ? 10'000 : 1};
            return change;
        }
        return std::nullopt;
    }

    // The days after which it turns by itself.
    std::optional<NearestChange> by_time() const {
        const auto days = first_turn([&](int after) { return turned(on_day(after)); });
        if (!days) return std::nullopt;
        NearestChange change = turning_to(on_day(*days));
        change.in_days = *days;
        change.now = Value::date(facts_.told().as_of);
        change.then = Value::date(facts_.told().as_of + *days);
        change.distance = {*days, 1};
        return change;
    }

    // How far a told day has to move for it to turn, later (+1) or earlier (-1).
    std::optional<int> by_day_of(const FactKey& key, Date now, int direction) const {
        const auto days = first_turn([&](int away) {
            const Value then = Value::date(now + direction * away);
            return turned(Facts(facts_.law(), facts_.told(), {{{key, then}}, {}}));
        });
        if (!days) return std::nullopt;
        return direction * *days;
    }

  private:
    // The first day that turns it, of a comparison that then stays turned.
    template <class Turned>
    static std::optional<int> first_turn(Turned turned) {
        int late = 1;
        while (late <= farthest_days && !turned(late)) late *= 2;
        if (late > farthest_days) return std::nullopt;
        int early = late / 2;
        while (late - early > 1) {
            const int middle = early + (late - early) / 2;
            (turned(middle) ? late : early) = middle;
        }
        return late;
    }

    NearestChange turning_to(const Facts& other) const {
        NearestChange change{.text = comparison_.text, .line = comparison_.line};
        change.would_hold = truth(comparison_, other).is_true();
        change.turns_verdict = verdict_turns(other);
        return change;
    }

    Facts on_day(int days) const { return {facts_.law(), facts_.told(), {{}, facts_.told().as_of + days}}; }

    Value side(const Facts& facts, std::size_t which) const {
        const Facts::Scope scope(facts, comparison_.member);
        const NodeId node = comparison_.program->ast().child(comparison_.node, which);
        return expr::evaluate_node(*comparison_.program, node, facts);
    }

    std::optional<Rational> gap_with(const FactKey& key, const Value& now, std::int64_t step) const {
        const std::optional<Value> value = moved(now, step);
        if (!value) return std::nullopt;
        const Facts other(facts_.law(), facts_.told(), {{{key, *value}}, {}});
        const Value left = side(other, 0);
        const Value right = side(other, 1);
        if (!is_comparable(left) || !is_comparable(right)) return std::nullopt;
        return number_of(left).minus(number_of(right));
    }

    static Value truth(const Comparison& comparison, const Facts& facts) {
        const Facts::Scope scope(facts, comparison.member);
        return expr::evaluate_node(*comparison.program, comparison.node, facts);
    }

    bool turned(const Facts& other) const {
        const Value before = truth(comparison_, facts_);
        const Value after = truth(comparison_, other);
        return (before.is_true() && after.is_false()) || (before.is_false() && after.is_true());
    }

    bool verdict_turns(const Facts& other) const {
        const Value before = facts_.verdict(category_, member_);
        const Value after = other.verdict(category_, member_);
        return (before.is_true() && after.is_false()) || (before.is_false() && after.is_true());
    }

    const Facts& facts_;
    const Comparison& comparison_;
    int category_;
    int member_;
};

// Facts with a value of that kind that somebody told.
template <class Wanted>
std::vector<FactKey> told_facts(const Facts& facts, const Usage& usage, int member, Wanted wanted) {
    std::vector<FactKey> keys;
    for (const FactKey& key : facts.keys(usage.numbers)) {
        if (key.kind != FactKey::Kind::fact) continue;
        const int index = facts.law().fact_of(key.of, key.id);
        if (index < 0 || facts.law().facts[static_cast<std::size_t>(index)].is) continue;
        const bool of_another = key.of == policy::Subject::person && key.member != member;
        if (of_another && facts.members() > most_members_for_changes) continue;
        if (wanted(facts.fact(index, key.member))) keys.push_back(key);
    }
    return keys;
}

// Of a category's own condition, and of what it names.
std::vector<Comparison> comparisons_of(const Facts& facts, Usages& usages, int category, int member) {
    const policy::Category& asked = facts.law().categories[static_cast<std::size_t>(category)];
    Collector collector(facts, usages);
    for (const policy::ConditionLine& line : asked.when) collector.take(line, member);
    if (asked.unless) collector.take(*asked.unless, member);
    return std::move(collector.found);
}

}  // namespace

std::vector<NearestChange> nearest_changes(const Facts& facts, Usages& usages, int category, int member) {
    std::vector<NearestChange> changes;
    for (const Comparison& comparison : comparisons_of(facts, usages, category, member)) {
        const Turning turning(facts, comparison, category, member);
        for (const FactKey& key : told_facts(facts, comparison.usage, member, is_number)) {
            const Value now = facts.fact(facts.law().fact_of(key.of, key.id), key.member);
            if (auto change = turning.of_fact(key, now)) changes.push_back(std::move(*change));
        }
        if (!comparison.usage.day) continue;
        if (auto change = turning.by_time()) changes.push_back(std::move(*change));
    }
    for (NearestChange& change : changes) change.say = change_in_words(facts.law(), facts.told(), change);
    std::ranges::sort(changes, [](const NearestChange& left, const NearestChange& right) {
        if (left.turns_verdict != right.turns_verdict) return left.turns_verdict;
        return std::tie(left.distance, left.text, left.fact) <
               std::tie(right.distance, right.text, right.fact);
    });
    return changes;
}

std::vector<DayTurn> turning_days(const Facts& facts, Usages& usages, int category, int member) {
    const auto is_day = [](const Value& value) { return value.is(TypeKind::date); };
    std::vector<DayTurn> turns;
    for (const Comparison& comparison : comparisons_of(facts, usages, category, member)) {
        const Turning turning(facts, comparison, category, member);
        for (const FactKey& key : told_facts(facts, comparison.usage, member, is_day)) {
            const Date now = facts.fact(facts.law().fact_of(key.of, key.id), key.member).as_date();
            for (const int direction : {-1, +1}) {
                if (const auto days = turning.by_day_of(key, now, direction)) turns.push_back({key, *days});
            }
        }
    }
    return turns;
}

std::vector<Figure> figures_of(const Facts& facts, const expr::Program& program, int member, bool of_sets) {
    const Reading reading(facts, program, member, of_sets);
    std::vector<Figure> figures;
    if (reading.is_cut()) return figures;
    std::vector<NodeId> open{program.root()};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        const StepKind kind = reading.step(id).kind;
        const bool is_leaf = reading.named(id, {}).kind != Named::Kind::nothing;
        if (is_leaf || kind == StepKind::comprehension || kind == StepKind::has) continue;
        const auto children = reading.children(id);
        if (kind == StepKind::relation && children.size() == 2) {
            const Value& left = reading.value(children[0], {});
            const Value& right = reading.value(children[1], {});
            const TypeKind type = reading.step(children[0]).type.kind;
            const bool numeric = type == TypeKind::money || type == TypeKind::amount ||
                                 type == TypeKind::ratio || type == TypeKind::integer ||
                                 type == TypeKind::date;
            if (numeric) {
                figures.push_back({reading.text(id), left, right, reading.value(id, {})});
                continue;
            }
        }
        for (std::size_t i = children.size(); i-- > 0;) open.push_back(children[i]);
    }
    return figures;
}

}  // namespace doudi::determine
