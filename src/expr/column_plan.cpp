// SPDX-License-Identifier: Apache-2.0
#include "expr/column_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "expr/column_vector.h"

namespace doudi::expr {

// What a sub-expression reads: no fact, one and which, or more; and the outermost member of a comprehension
// around it, if it reads one.
struct ColumnPlan::Needs {
    enum class Facts : std::uint8_t { none, one, several };
    Facts facts = Facts::none;
    FieldRef fact;
    static constexpr std::uint16_t no_slot = 0xFFFF;
    std::uint16_t slot = no_slot;

    void add(FieldRef other) {
        if (facts == Facts::one && fact == other) return;
        facts = facts == Facts::none ? Facts::one : Facts::several;
        fact = other;
    }
    void add(const Needs& other) {
        slot = std::min(slot, other.slot);
        if (other.facts == Facts::one) add(other.fact);
        if (other.facts == Facts::several) facts = Facts::several;
    }
};

ColumnPlan::ColumnPlan(const Program& program, const FactTable& table)
    : program_(program),
      ways_(program.steps().size(), Way::by_row),
      lifted_(program.steps().size()),
      ones_(program.steps().size()),
      on_member_(program.steps().size()) {
    find_ones();
    std::vector<Needs> needs(program.steps().size());
    for (NodeId id = 0; id < needs.size(); ++id) {  // children stand before their parent
        const Step& step = program.step(id);
        if (step.kind == StepKind::variable || step.kind == StepKind::field_of) {
            needs[id].add(step.ref);
        } else {
            for (const NodeId child : program.ast().children_of(id)) needs[id].add(needs[child]);
        }
        if (step.kind == StepKind::local) needs[id].slot = step.slot;
        const bool binds = step.kind == StepKind::comprehension && needs[id].slot >= step.slot;
        if (binds) needs[id].slot = Needs::no_slot;
        choose(id, needs[id], table);
    }
}

// Two nodes are written alike if they do the same to children that are written alike.
void ColumnPlan::find_ones() {
    std::map<std::string, NodeId> known;
    for (NodeId id = 0; id < ones_.size(); ++id) {
        const Step& step = program_.step(id);
        const Node& node = program_.ast().node(id);
        std::string key = fmt::format("{} {} {} {} {} {} {}", static_cast<int>(step.kind), node.op,
                                      static_cast<int>(step.function), static_cast<int>(step.arithmetic_op),
                                      static_cast<int>(step.type.kind), step.ref.variable, step.ref.field);
        if (step.kind == StepKind::constant) key += " = " + program_.constant(step.constant).text();
        if (step.kind == StepKind::local || step.kind == StepKind::comprehension)
            key += fmt::format(" at {}", id);
        for (const NodeId child : program_.ast().children_of(id)) key += fmt::format(" {}", ones_[child]);
        ones_[id] = known.try_emplace(std::move(key), id).first->second;
    }
}

bool ColumnPlan::is_vector(NodeId id) const {
    return is_vector_kind(program_.step(id).type.kind);
}

void ColumnPlan::choose(NodeId id, const Needs& needs, const FactTable& table) {
    const Step& step = program_.step(id);
    on_member_[id] = needs.slot != Needs::no_slot;
    if (!is_vector(id)) return;
    if (on_member_[id]) return choose_on_member(id, table);
    if (folds_members(id, table)) {
        ways_[id] = Way::members;
        return;
    }
    if (needs.facts == Needs::Facts::none) {
        ways_[id] = Way::constant;
        return;
    }
    const bool is_one = needs.facts == Needs::Facts::one;
    const FactColumn* column = is_one ? table.column(needs.fact) : nullptr;
    if (step.kind == StepKind::variable || step.kind == StepKind::field_of) {
        if (column != nullptr && column->kind == step.type.kind) ways_[id] = Way::fact;
    } else if (column != nullptr && column->kind == TypeKind::string) {
        ways_[id] = Way::lifted;
        lifted_[id] = needs.fact;
    } else if (has_kernel(id)) {
        ways_[id] = Way::kernel;
    }
}

// A node inside of a fold that hangs on the member: a column of the members, or a kernel over such.
void ColumnPlan::choose_on_member(NodeId id, const FactTable& table) {
    const Step& step = program_.step(id);
    if (step.kind == StepKind::member_field) {
        const FactColumn* column = table.member_column(step.member);
        const bool of_a_member = program_.step(program_.ast().child(id, 0)).kind == StepKind::local;
        if (of_a_member && column != nullptr && column->kind == step.type.kind) ways_[id] = Way::member_fact;
        return;
    }
    const auto children = program_.ast().children_of(id);
    const bool all_come = std::ranges::all_of(
        children, [this](NodeId child) { return !on_member_[child] || ways_[child] != Way::by_row; });
    if (all_come && has_kernel(id)) ways_[id] = Way::kernel;
}

// exists and all over a list that is a column, with a body that runs over the members' columns. A fold inside
// of a fold goes row by row.
bool ColumnPlan::folds_members(NodeId id, const FactTable& table) const {
    const Step& step = program_.step(id);
    if (step.kind != StepKind::comprehension) return false;
    const Macro macro = program_.ast().node(id).macro();
    if (macro != Macro::all && macro != Macro::exists) return false;
    const Step& list = program_.step(program_.ast().child(id, 0));
    const bool is_fact = list.kind == StepKind::variable || list.kind == StepKind::field_of;
    const NodeId body = program_.ast().child(id, 1);
    return is_fact && table.members(list.ref) != nullptr && is_vector(body) &&
           (!on_member_[body] || ways_[body] != Way::by_row);
}

// All its children are vectors, and the operator is one of those that work on vectors.
bool ColumnPlan::has_kernel(NodeId id) const {
    const Step& step = program_.step(id);
    const auto children = program_.ast().children_of(id);
    if (!std::ranges::all_of(children, [this](NodeId child) { return is_vector(child); })) return false;
    switch (step.kind) {
        case StepKind::negate:
        case StepKind::logical_not:
        case StepKind::logical_and:
        case StepKind::logical_or:
        case StepKind::arithmetic:
        case StepKind::conditional:
        case StepKind::has:
            return true;
        case StepKind::relation:
            return program_.ast().node(id).binary_op() != BinaryOp::in;
        default:
            return false;
    }
}

}  // namespace doudi::expr
