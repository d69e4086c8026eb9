// SPDX-License-Identifier: Apache-2.0
#include "expr/column_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string>

#include "expr/column_vector.h"

namespace doudi::expr {

// What a sub-expression reads: no fact, one and which, or more; and of which comprehensions around it the
// members.
struct ColumnPlan::Needs {
    enum class Facts : std::uint8_t { none, one, several };
    Facts facts = Facts::none;
    const FactColumn* column = nullptr;  // of the one; null if that is no column
    bool of_member = false;
    std::uint32_t members = 0;  // a bit for each slot: packs nest two deep
    static std::uint32_t bit(std::uint16_t slot) { return std::uint32_t{1} << slot; }

    void add_fact(const FactColumn* other, bool is_of_member) {
        if (facts == Facts::one && column == other && column != nullptr) return;
        facts = facts == Facts::none ? Facts::one : Facts::several;
        column = other;
        of_member = is_of_member;
    }
    void add(const Needs& other) {
        members |= other.members;
        if (other.facts == Facts::one) add_fact(other.column, other.of_member);
        if (other.facts == Facts::several) facts = Facts::several;
    }
};

ColumnPlan::ColumnPlan(const Program& program, const FactTable& table)
    : program_(program),
      table_(table),
      scopes_(program),
      ways_(program.steps().size(), Way::by_row),
      texts_(program.steps().size()),
      ones_(program.steps().size()),
      on_member_(program.steps().size()) {
    find_ones();
    std::vector<Needs> needs(program.steps().size());
    for (NodeId id = 0; id < needs.size(); ++id) {  // children stand before their parent
        needs[id] = needs_of(id, needs);
        choose(id, needs[id]);
    }
}

ColumnPlan::Needs ColumnPlan::needs_of(NodeId id, std::span<const Needs> needs) const {
    const Step& step = program_.step(id);
    Needs all;
    if (step.kind == StepKind::variable || step.kind == StepKind::field_of) {
        all.add_fact(table_.column(step.ref), false);
        return all;
    }
    if (step.kind == StepKind::local) {
        if (const NodeId meaning = scopes_.meaning_of(id); meaning != no_node) all = needs[meaning];
        all.members = Needs::bit(step.slot);
        return all;
    }
    for (const NodeId child : program_.ast().children_of(id)) all.add(needs[child]);
    if (step.kind == StepKind::member_field) all.add_fact(table_.member_column(step.member), true);
    if (step.kind == StepKind::comprehension) all.members &= ~Needs::bit(step.slot);
    return all;
}

void ColumnPlan::find_ones() {
    std::map<std::string, NodeId> known;
    for (NodeId id = 0; id < ones_.size(); ++id) ones_[id] = one_for(id, known);
}

// Two nodes are written alike if they do the same to children that are written alike; two members are the
// same if they walk the same list.
NodeId ColumnPlan::one_for(NodeId id, std::map<std::string, NodeId>& known) const {
    const Step& step = program_.step(id);
    std::string key =
        fmt::format("{} {} {} {} {} {} {} {} {}", static_cast<int>(step.kind), program_.ast().node(id).op,
                    static_cast<int>(step.function), static_cast<int>(step.arithmetic_op),
                    static_cast<int>(step.type.kind), step.ref.variable, step.ref.field,
                    step.member.structure, step.member.field);
    if (step.kind == StepKind::constant) key += " = " + program_.constant(step.constant).text();
    if (step.kind == StepKind::local) {
        if (const NodeId meaning = scopes_.meaning_of(id); meaning != no_node) return ones_[meaning];
        const NodeId list = scopes_.base_of(program_.ast().child(scopes_.scope_of(id), 0));
        key += fmt::format(" of {} at {}", ones_[list], step.slot);
    }
    for (const NodeId child : program_.ast().children_of(id)) key += fmt::format(" {}", ones_[child]);
    return known.try_emplace(std::move(key), id).first->second;
}

bool ColumnPlan::is_number(NodeId id) const {
    return is_vector_kind(program_.step(id).type.kind) && (!on_member_[id] || ways_[id] != Way::by_row);
}

bool ColumnPlan::is_text(NodeId id) const {
    const bool is_column = ways_[id] == Way::fact || ways_[id] == Way::member_fact;
    return program_.step(id).type.kind == TypeKind::string && is_column;
}

void ColumnPlan::choose(NodeId id, const Needs& needs) {
    const Step& step = program_.step(id);
    on_member_[id] = needs.members != 0;
    if (step.kind == StepKind::local) return choose_local(id);
    if (step.kind == StepKind::variable || step.kind == StepKind::field_of) {
        ways_[id] = way_of_fact(id, table_.column(step.ref));
    } else if (step.kind == StepKind::member_field) {
        const NodeId owner = program_.ast().child(id, 0);
        const bool of_a_member =
            program_.step(owner).kind == StepKind::local && scopes_.meaning_of(owner) == no_node;
        if (of_a_member && way_of_fact(id, table_.member_column(step.member)) == Way::fact)
            ways_[id] = Way::member_fact;
    } else if (!is_vector_kind(step.type.kind)) {
        return;
    } else if (needs.facts == Needs::Facts::none && !on_member_[id]) {
        ways_[id] = Way::constant;
    } else if (lift(id, needs)) {
        ways_[id] = Way::lifted;
    } else if (!on_member_[id] && folds_members(id)) {
        ways_[id] = Way::members;
    } else if (has_kernel(id)) {
        ways_[id] = Way::kernel;
    }
}

// What stands for the member; a subject's own is spread over its members.
void ColumnPlan::choose_local(NodeId id) {
    const NodeId meaning = scopes_.meaning_of(id);
    if (meaning == no_node) return;
    const bool is_column = is_vector_kind(program_.step(id).type.kind) || is_text(meaning);
    if (is_column) ways_[id] = on_member_[meaning] ? ways_[meaning] : Way::fact;
    texts_[id] = texts_[meaning];
}

Way ColumnPlan::way_of_fact(NodeId id, const FactColumn* column) {
    const bool fits = column != nullptr && column->kind == program_.step(id).type.kind;
    if (!fits) return Way::by_row;
    if (column->kind == TypeKind::string) texts_[id] = column;
    return Way::fact;
}

bool ColumnPlan::lift(NodeId id, const Needs& needs) {
    const bool hangs_on_one_text = needs.facts == Needs::Facts::one && needs.column != nullptr &&
                                   needs.column->kind == TypeKind::string &&
                                   needs.of_member == on_member_[id] && std::popcount(needs.members) < 2;
    if (hangs_on_one_text) texts_[id] = needs.column;
    return hangs_on_one_text;
}

bool ColumnPlan::folds_members(NodeId id) {
    auto fold = member_fold_of(program_, scopes_, id);
    if (!fold || !can_fold(*fold)) return false;
    for (const NodeId body : fold->bodies()) find_outside(body, fold->outside);
    folds_.emplace(id, std::move(*fold));
    return true;
}

// The list is a column and all its bodies run over the members' columns. A fold inside of a fold that hangs
// on the outer member goes row by row.
bool ColumnPlan::can_fold(const MemberFold& fold) const {
    return table_.members(fold.list) != nullptr && std::ranges::all_of(fold.bodies(), [this](NodeId body) {
               return is_number(body) || is_text(body);
           });
}

void ColumnPlan::find_outside(NodeId written, std::vector<NodeId>& outside) const {
    const NodeId id = ones_[written];
    const bool has_column = is_vector_kind(program_.step(id).type.kind) || is_text(id);
    if (!on_member_[id] && has_column) {
        outside.push_back(id);
    } else if (ways_[id] == Way::kernel || program_.step(id).kind == StepKind::list) {
        for (const NodeId child : program_.ast().children_of(id)) find_outside(child, outside);
    }
}

std::size_t ColumnPlan::most_stages() const {
    std::size_t most = 0;
    for (const auto& [id, fold] : folds_) most = std::max(most, fold.stages.size());
    return most;
}

// The operator is one of those that work on vectors, and all its children are such.
bool ColumnPlan::has_kernel(NodeId id) const {
    const Step& step = program_.step(id);
    switch (step.kind) {
        case StepKind::negate:
        case StepKind::logical_not:
        case StepKind::logical_and:
        case StepKind::logical_or:
        case StepKind::arithmetic:
        case StepKind::conditional:
        case StepKind::has:
            return std::ranges::all_of(program_.ast().children_of(id),
                                       [this](NodeId child) { return is_number(child); });
        case StepKind::relation:
            return relation_has_kernel(id);
        case StepKind::call:
            return call_has_kernel(id);
        default:
            return false;
    }
}

bool ColumnPlan::relation_has_kernel(NodeId id) const {
    const NodeId left = program_.ast().child(id, 0);
    const NodeId right = program_.ast().child(id, 1);
    if (program_.ast().node(id).binary_op() != BinaryOp::in)
        return (is_number(left) && is_number(right)) || (is_text(left) && is_text(right));
    const bool is_written_out = program_.step(right).kind == StepKind::list;
    return is_number(left) && is_written_out &&
           std::ranges::all_of(program_.ast().children_of(right),
                               [this](NodeId item) { return is_number(item); });
}

bool ColumnPlan::call_has_kernel(NodeId id) const {
    const auto children = program_.ast().children_of(id);
    switch (program_.step(id).function) {
        case Function::min:
        case Function::max:
            return children.size() > 1 &&
                   std::ranges::all_of(children, [this](NodeId child) { return is_number(child); });
        case Function::add_days:
        case Function::add_months:
            return is_number(children[0]) && is_number(children[1]);
        case Function::round_fen:  // the rounding is written out
        case Function::known:
            return is_number(children[0]);
        default:
            return false;
    }
}

}  // namespace doudi::expr
