// SPDX-License-Identifier: Apache-2.0
#include "determine/formula_builder.h"

#include <fmt/format.h>

namespace doudi::determine {

using expr::NodeId;
using expr::StepKind;
using expr::Value;

template <class Build>
FormulaId FormulaBuilder::once(Question question, int index, int member, Build build) {
    const std::tuple key(question, index, member);
    if (const auto found = built_.find(key); found != built_.end()) return found->second;
    const FormulaId id = build();
    built_.emplace(key, id);
    return id;
}

FormulaId FormulaBuilder::needs(std::span<const expr::FactId> facts) {
    std::vector<FormulaId> children;
    for (const expr::FactId fact : facts) children.push_back(formulas_.need(fact));
    return formulas_.strict(std::move(children));
}

FormulaId FormulaBuilder::settled(const Value& value, bool is_bool) {
    if (is_bool) return formulas_.truth(value);
    return value.is_error() ? formulas_.constant(is_error) : formulas_.known();
}

// --- categories, as Facts computes them
// ---------------------------------------------------------------------------

FormulaId FormulaBuilder::verdict(int category, int member) {
    const policy::Category& asked = facts_.law().categories[static_cast<std::size_t>(category)];
    const bool of_person = asked.subject == policy::Subject::person;
    if (of_person && member < 0) {
        std::vector<FormulaId> each;
        for (int one = 0; one < facts_.members(); ++one) each.push_back(verdict(category, one));
        return formulas_.any(std::move(each));
    }
    const int whose = of_person ? member : -1;
    return once(Question::verdict, category, whose, [&] {
        const Value value = facts_.verdict(category, whose);
        if (!value.is_unknown()) return formulas_.truth(value);
        if (asked.when.empty()) return as_open_rule(value);
        std::vector<FormulaId> lines;
        for (const policy::ConditionLine& line : asked.when) lines.push_back(program(line.program, whose));
        if (asked.unless) lines.push_back(formulas_.opposite(program(asked.unless->program, whose)));
        return formulas_.all(std::move(lines));
    });
}

FormulaId FormulaBuilder::as_open_rule(const Value& value) {
    return formulas_.atom(fmt::format("rule {}", value.facts()[0]), needs(value.facts()));
}

FormulaId FormulaBuilder::covers(int category, int member) {
    return once(Question::covers, category, member, [&] {
        const Value value = facts_.covers(category, member);
        if (!value.is_unknown()) return formulas_.truth(value);
        const auto& line = facts_.law().categories[static_cast<std::size_t>(category)].covers;
        return line ? program(line->program, member) : fact(facts_.counted_fact(), member);
    });
}

FormulaId FormulaBuilder::belongs(int category, int member) {
    const policy::Category& asked = facts_.law().categories[static_cast<std::size_t>(category)];
    if (asked.subject == policy::Subject::person) return verdict(category, member);
    return formulas_.all({verdict(category, -1), covers(category, member)});
}

FormulaId FormulaBuilder::membership(int category, int member) {
    std::vector<FormulaId> ways;
    for (const int feeding : facts_.fed_by(category)) ways.push_back(belongs(feeding, member));
    return formulas_.any(std::move(ways));
}

FormulaId FormulaBuilder::in_set(int category, int member) {
    if (member < 0) {
        std::vector<FormulaId> each;
        for (int one = 0; one < facts_.members(); ++one) each.push_back(in_set(category, one));
        return formulas_.any(std::move(each));
    }
    return once(Question::in_set, category, member, [&] {
        const Value value = facts_.in_set(category, member);
        if (!value.is_unknown()) return formulas_.truth(value);
        std::vector<FormulaId> parts;
        if (facts_.is_exclusive(category)) {
            parts.push_back(membership(category, member));
            for (const int earlier : facts_.before(category))
                parts.push_back(formulas_.opposite(membership(earlier, member)));
        } else {
            parts.push_back(belongs(category, member));
            if (facts_.becomes(category) != category)
                parts.push_back(in_set(facts_.becomes(category), member));
        }
        return formulas_.all(std::move(parts));
    });
}

// --- facts and conditions
// -------------------------------------------------------------------------------------------

FormulaId FormulaBuilder::fact(int index, int member) {
    const policy::FactDefinition& definition = facts_.law().facts[static_cast<std::size_t>(index)];
    const int whose = definition.of == policy::Subject::person ? member : -1;
    return once(Question::fact, index, whose, [&] {
        const bool is_bool = definition.type == policy::FactType::boolean;
        const Value value = facts_.fact(index, whose);
        if (!value.is_unknown()) return settled(value, is_bool);
        if (definition.is) return program(*definition.is, whose);
        const FormulaId known = needs(value.facts());
        return is_bool ? formulas_.atom(fmt::format("fact {} {}", index, whose), known) : known;
    });
}

FormulaId FormulaBuilder::program(const expr::Program& program, int member, bool of_sets) {
    const Value value = facts_.evaluate(program, member, of_sets);
    if (!value.is_unknown()) return settled(value, program.result_type().kind == expr::TypeKind::boolean);
    const Reading reading(facts_, program, member, of_sets);
    if (reading.is_cut()) return as_atom(reading, program.root(), {}, everything(reading));
    return node(reading, program.root(), {});
}

FormulaId FormulaBuilder::of_name(const Named& named, const Value& value, bool is_bool, bool of_sets) {
    switch (named.kind) {
        case Named::Kind::fact:
            return fact(named.index, named.member);
        case Named::Kind::category:
            return of_sets ? in_set(named.index, named.member) : verdict(named.index, named.member);
        default:
            break;
    }
    const FormulaId known = needs(value.facts());
    return is_bool ? formulas_.atom(fmt::format("figure {}", named.index), known) : known;
}

FormulaId FormulaBuilder::node(const Reading& reading, NodeId id, const Path& path) {
    const Value& value = reading.value(id, path);
    const bool is_bool = reading.step(id).type.kind == expr::TypeKind::boolean;
    if (!value.is_unknown()) return settled(value, is_bool);
    if (const Named named = reading.named(id, path); named.kind != Named::Kind::nothing)
        return of_name(named, value, is_bool, facts_.scope_of_sets());
    return open_node(reading, id, path);
}

FormulaId FormulaBuilder::open_node(const Reading& reading, NodeId id, const Path& path) {
    switch (reading.step(id).kind) {
        case StepKind::logical_and:
            return formulas_.all(child_nodes(reading, id, path));
        case StepKind::logical_or:
            return formulas_.any(child_nodes(reading, id, path));
        case StepKind::logical_not:
            return formulas_.opposite(node(reading, reading.child(id, 0), path));
        case StepKind::conditional: {
            const auto parts = child_nodes(reading, id, path);
            return formulas_.choice(parts[0], parts[1], parts[2]);
        }
        case StepKind::has:
            return has(reading, id, path);
        case StepKind::comprehension:
            return comprehension(reading, id, path);
        default:
            return strict_node(reading, id, path);
    }
}

FormulaId FormulaBuilder::has(const Reading& reading, NodeId id, const Path& path) {
    const NodeId asked = reading.child(id, 0);
    const FormulaId known = formulas_.strict({node(reading, asked, path)});
    return reading.step(asked).may_be_none ? as_atom(reading, id, path, known) : formulas_.presence(known);
}

FormulaId FormulaBuilder::as_atom(const Reading& reading, NodeId id, const Path& path, FormulaId child) {
    if (reading.step(id).type.kind != expr::TypeKind::boolean) return child;
    return formulas_.atom(reading.text(id) + reading.whose(path), child);
}

FormulaId FormulaBuilder::strict_node(const Reading& reading, NodeId id, const Path& path) {
    return as_atom(reading, id, path, formulas_.strict(child_nodes(reading, id, path)));
}

std::vector<FormulaId> FormulaBuilder::child_nodes(const Reading& reading, NodeId id, const Path& path) {
    std::vector<FormulaId> parts;
    for (const NodeId child : reading.children(id)) parts.push_back(node(reading, child, path));
    return parts;
}

// Where it is not even known which members there are, all that the condition could ask of them.
FormulaId FormulaBuilder::everything(const Reading& reading) {
    std::vector<FormulaId> parts;
    for (const Named& named : reading.all_names()) {
        if (named.kind == Named::Kind::fact) parts.push_back(fact(named.index, named.member));
        if (named.kind == Named::Kind::category)
            parts.push_back(of_name(named, {}, true, facts_.scope_of_sets()));
        if (named.kind != Named::Kind::parameter) continue;
        const Value value = facts_.parameter(named.index);
        if (value.is_unknown()) parts.push_back(needs(value.facts()));
    }
    return formulas_.strict(std::move(parts));
}

FormulaId FormulaBuilder::comprehension(const Reading& reading, NodeId id, const Path& path) {
    const Value& range = reading.value(reading.child(id, 0), path);
    if (!range.is_value()) return as_atom(reading, id, path, everything(reading));
    const expr::Ast& ast = reading.program().ast();
    std::vector<FormulaId> parts;
    for (std::uint32_t i = 0; i < range.items().size(); ++i) {
        const Path inside = path.with(ast.text(id), i, range.items()[i]);
        FormulaId part = node(reading, reading.child(id, 1), inside);
        if (reading.children(id).size() == 3)
            part = formulas_.choice(part, node(reading, reading.child(id, 2), inside), formulas_.known());
        parts.push_back(part);
    }
    const expr::Macro macro = ast.node(id).macro();
    if (macro == expr::Macro::all) return formulas_.all(std::move(parts));
    if (macro == expr::Macro::exists) return formulas_.any(std::move(parts));
    return as_atom(reading, id, path, formulas_.strict(std::move(parts)));
}

}  // namespace doudi::determine
