// SPDX-License-Identifier: Apache-2.0
#include "determine/usage.h"

#include <algorithm>
#include <iterator>

namespace doudi::determine {

using expr::NodeId;
using expr::StepKind;
using expr::Value;

namespace {

enum Question : int { of_verdict, of_set, of_fact };

}  // namespace

Value negation_of(const Value& value) {
    return value.is_true() || value.is_false() ? Value::boolean(value.is_false()) : value;
}

void Usage::add(const Usage& other) {
    std::vector<expr::FactId> both;
    std::ranges::set_union(numbers, other.numbers, std::back_inserter(both));
    numbers = std::move(both);
    sample = sample || other.sample;
    day = day || other.day;
}

// The operands that made it what it is. One that decides without an invented figure is enough to be free of
// it. Of an unknown one the operands that are settled did their part too.
Usage Usages::joined(bool all, const Value& whole, const std::vector<Part>& parts) const {
    const bool decided = all ? whole.is_false() : whole.is_true();
    Usage usage;
    bool all_sample = true;
    for (const Part& part : parts) {
        const bool counts = decided              ? (all ? part.value.is_false() : part.value.is_true())
                            : whole.is_unknown() ? part.value.is_unknown()
                            : whole.is_error()   ? !part.value.is_true() && !part.value.is_false()
                                                 : true;
        if (!counts) {
            if (whole.is_unknown()) usage.sample = usage.sample || part.usage.sample;
            continue;
        }
        usage.add(part.usage);
        all_sample = all_sample && part.usage.sample;
    }
    if (decided) usage.sample = all_sample;
    return usage;
}

Usage Usages::fact(int index, int member) {
    const policy::FactDefinition& definition = facts_.law().facts[static_cast<std::size_t>(index)];
    const int whose = definition.of == policy::Subject::person ? member : -1;
    const std::tuple key(of_fact, index, whose);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    Usage usage;
    if (definition.is) usage = program(*definition.is, whose);
    Usage itself;
    itself.numbers = {facts_.number(facts_.key_of({Named::Kind::fact, index, whose}))};
    usage.add(itself);
    // A fact that was told but does not count stands on what it lacks.
    if (const Value value = facts_.fact(index, whose); value.is_unknown() && !definition.is) {
        Usage lacks;
        lacks.numbers.assign(value.facts().begin(), value.facts().end());
        usage.add(lacks);
    }
    return known_.emplace(key, std::move(usage)).first->second;
}

Usage Usages::of_name(const Named& named, bool of_sets) {
    Usage usage;
    switch (named.kind) {
        case Named::Kind::fact:
            return fact(named.index, named.member);
        case Named::Kind::category:
            return of_sets ? in_set(named.index, named.member) : verdict(named.index, named.member);
        case Named::Kind::parameter: {
            usage.numbers = {facts_.number(facts_.figure_key(named.index))};
            const policy::ParameterValue* figure = facts_.figure(named.index);
            usage.sample = figure != nullptr && figure->sample;
            break;
        }
        case Named::Kind::day:
            usage.day = true;
            break;
        case Named::Kind::built_in:
        case Named::Kind::members:
        case Named::Kind::nothing:
            break;
    }
    return usage;
}

Usage Usages::program(const expr::Program& program, int member, bool of_sets) {
    const Reading reading(facts_, program, member, of_sets);
    if (!reading.is_cut()) return node(reading, program.root(), {});
    Usage usage;
    for (const Named& named : reading.all_names()) usage.add(of_name(named, of_sets));
    return usage;
}

// What is unknown for one operand decided nothing with the figures of the others.
Usage Usages::children(const Reading& reading, NodeId id, const Reading::Path& path) {
    const bool is_unknown = reading.is_unknown(id, path);
    Usage usage;
    for (const NodeId child : reading.children(id)) {
        Usage one = node(reading, child, path);
        if (is_unknown && !reading.is_unknown(child, path)) one.sample = false;
        usage.add(one);
    }
    return usage;
}

Usage Usages::node(const Reading& reading, NodeId id, const Reading::Path& path) {
    if (const Named named = reading.named(id, path); named.kind != Named::Kind::nothing)
        return of_name(named, facts_.scope_of_sets());
    const StepKind kind = reading.step(id).kind;
    if (kind == StepKind::logical_and || kind == StepKind::logical_or) {
        std::vector<Part> parts;
        for (const NodeId child : reading.children(id))
            parts.push_back({reading.value(child, path), node(reading, child, path)});
        return joined(kind == StepKind::logical_and, reading.value(id, path), parts);
    }
    if (kind == StepKind::conditional) {
        Usage usage = node(reading, reading.child(id, 0), path);
        const Value& condition = reading.value(reading.child(id, 0), path);
        if (condition.is_true()) usage.add(node(reading, reading.child(id, 1), path));
        if (condition.is_false()) usage.add(node(reading, reading.child(id, 2), path));
        return usage;
    }
    if (kind == StepKind::comprehension) return comprehension(reading, id, path);
    if (kind == StepKind::field_of || kind == StepKind::local || kind == StepKind::member_field) return {};
    return children(reading, id, path);
}

Usage Usages::comprehension(const Reading& reading, NodeId id, const Reading::Path& path) {
    const expr::Ast& ast = reading.program().ast();
    const Value& range = reading.value(reading.child(id, 0), path);
    Usage usage = node(reading, reading.child(id, 0), path);
    if (!range.is_value()) return usage;
    std::vector<Part> parts;
    for (std::uint32_t i = 0; i < range.items().size(); ++i) {
        const Reading::Path inside = path.with(ast.text(id), i, range.items()[i]);
        const NodeId first = reading.child(id, 1);
        Part part{reading.value(first, inside), node(reading, first, inside)};
        if (reading.children(id).size() == 3 && part.value.is_true())
            part.usage.add(node(reading, reading.child(id, 2), inside));
        parts.push_back(std::move(part));
    }
    const expr::Macro macro = ast.node(id).macro();
    if (macro == expr::Macro::all || macro == expr::Macro::exists) {
        usage.add(joined(macro == expr::Macro::all, reading.value(id, path), parts));
    } else {
        const bool is_unknown = reading.is_unknown(id, path);
        for (Part& part : parts) {
            if (is_unknown && !part.value.is_unknown()) part.usage.sample = false;
            usage.add(part.usage);
        }
    }
    return usage;
}

// --- categories
// -------------------------------------------------------------------------------------------------

Usage Usages::condition(const policy::Condition& when, const policy::ConditionLine* unless, int member,
                        bool of_sets) {
    std::vector<Part> parts;
    expr::Value whole = Value::boolean(true);
    bool is_unknown = false;
    bool is_no = false;
    bool is_fault = false;
    const auto take = [&](Part part) {
        is_no = is_no || part.value.is_false();
        is_unknown = is_unknown || part.value.is_unknown();
        is_fault = is_fault || (!part.value.is_true() && !part.value.is_false() && !part.value.is_unknown());
        parts.push_back(std::move(part));
    };
    for (const policy::ConditionLine& line : when)
        take({facts_.evaluate(line.program, member, of_sets), program(line.program, member, of_sets)});
    if (unless != nullptr)
        take({negation_of(facts_.evaluate(unless->program, member, of_sets)),
              program(unless->program, member, of_sets)});
    if (is_fault) whole = Value::error(expr::Fault::type);
    if (is_unknown) whole = Value::unknown(expr::FactId{0});
    if (is_no) whole = Value::boolean(false);
    return joined(true, whole, parts);
}

Usage Usages::any_member(bool set, int category) {
    std::vector<Part> parts;
    for (int member = 0; member < facts_.members(); ++member) {
        parts.push_back({set ? facts_.in_set(category, member) : facts_.verdict(category, member),
                         set ? in_set(category, member) : verdict(category, member)});
    }
    return joined(false, set ? facts_.in_set(category, -1) : facts_.verdict(category, -1), parts);
}

Usage Usages::verdict(int category, int member) {
    const policy::Category& asked = facts_.law().categories[static_cast<std::size_t>(category)];
    const bool of_person = asked.subject == policy::Subject::person;
    if (of_person && member < 0) return any_member(false, category);
    const int whose = of_person ? member : -1;
    const std::tuple key(of_verdict, category, whose);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    Usage usage;
    if (asked.when.empty()) {
        const Value value = facts_.verdict(category, whose);
        usage.numbers.assign(value.facts().begin(), value.facts().end());
    } else {
        usage = condition(asked.when, asked.unless ? &*asked.unless : nullptr, whose, false);
    }
    return known_.emplace(key, std::move(usage)).first->second;
}

Usage Usages::belongs(int category, int member) {
    const policy::Category& asked = facts_.law().categories[static_cast<std::size_t>(category)];
    if (asked.subject == policy::Subject::person) return verdict(category, member);
    Usage covered;
    if (asked.covers) {
        covered = program(asked.covers->program, member);
    } else if (facts_.counted_fact() >= 0) {
        covered = fact(facts_.counted_fact(), member);
    }
    const std::vector<Part> parts{{facts_.verdict(category, -1), verdict(category, -1)},
                                  {facts_.covers(category, member), covered}};
    return joined(true, facts_.belongs(category, member), parts);
}

Usage Usages::membership(int category, int member) {
    std::vector<Part> parts;
    for (const int feeding : facts_.fed_by(category))
        parts.push_back({facts_.belongs(feeding, member), belongs(feeding, member)});
    return joined(false, facts_.membership(category, member), parts);
}

Usage Usages::in_set(int category, int member) {
    if (member < 0) return any_member(true, category);
    const std::tuple key(of_set, category, member);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    Usage usage = computed_in_set(category, member);
    return known_.emplace(key, std::move(usage)).first->second;
}

Usage Usages::computed_in_set(int category, int member) {
    std::vector<Part> parts;
    if (facts_.is_exclusive(category)) {
        parts.push_back({facts_.membership(category, member), membership(category, member)});
        for (const int earlier : facts_.before(category))
            parts.push_back({negation_of(facts_.membership(earlier, member)), membership(earlier, member)});
    } else {
        parts.push_back({facts_.belongs(category, member), belongs(category, member)});
        const int into = facts_.becomes(category);
        if (into != category) parts.push_back({facts_.in_set(into, member), in_set(into, member)});
    }
    return joined(true, facts_.in_set(category, member), parts);
}

// --- as shown
// -------------------------------------------------------------------------------------------------------

UsedFact Usages::shown_fact(const FactKey& key) const {
    UsedFact used{.key = key};
    const policy::Law& law = facts_.law();
    if (key.kind == FactKey::Kind::parameter) {
        const int index = law.parameter_of(key.id);
        used.value = facts_.parameter(index);
        const policy::ParameterValue* figure = facts_.figure(index);
        if (figure == nullptr) {
            used.silence = Silence::unset;
            return used;
        }
        used.sample = figure->sample;
        used.source = figure->source;
        used.as_of = figure->from;
        return used;
    }
    const int index = key.kind == FactKey::Kind::fact ? law.fact_of(key.of, key.id) : -1;
    if (index < 0) {  // a rule that is still open, or what is built in
        used.value = Value::unknown(facts_.number(key));
        used.silence = key.kind == FactKey::Kind::fact ? Silence::never_told : Silence::unset;
        return used;
    }
    used.value = facts_.fact(index, key.member);
    used.silence = facts_.silence(index, key.member);
    if (const ToldFact* told = facts_.told(key); told != nullptr) {
        used.source = told->source;
        used.as_of = told->as_of;
    }
    return used;
}

std::vector<UsedFact> Usages::shown(const Usage& usage, int member) const {
    // Of a large household most are other people's: they go before anything is put in order.
    std::vector<expr::FactId> own;
    for (const expr::FactId number : usage.numbers) {
        const FactKey& key = facts_.key(number);
        const bool of_another = key.of == policy::Subject::person && key.kind == FactKey::Kind::fact &&
                                member >= 0 && key.member != member;
        if (!of_another) own.push_back(number);
    }
    std::vector<UsedFact> facts;
    for (const FactKey& key : facts_.keys(own)) facts.push_back(shown_fact(key));
    return facts;
}

}  // namespace doudi::determine
