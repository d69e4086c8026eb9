// SPDX-License-Identifier: Apache-2.0
#include "expr/member_fold.h"

#include <algorithm>

namespace doudi::expr {
namespace {

std::optional<MemberFold::End> end_of_macro(Macro macro) {
    switch (macro) {
        case Macro::all:
            return MemberFold::End::all;
        case Macro::exists:
            return MemberFold::End::exists;
        case Macro::exists_one:
            return MemberFold::End::exists_one;
        case Macro::filter:
        case Macro::map:
            break;
    }
    return std::nullopt;
}

std::optional<MemberFold::End> end_of_function(Function function) {
    switch (function) {
        case Function::size:
            return MemberFold::End::size;
        case Function::sum:
            return MemberFold::End::sum;
        case Function::min:
            return MemberFold::End::least;
        case Function::max:
            return MemberFold::End::most;
        default:
            return std::nullopt;
    }
}

std::optional<MemberFold::End> end_of(const Program& program, NodeId id) {
    const Step& step = program.step(id);
    if (step.kind == StepKind::comprehension) return end_of_macro(program.ast().node(id).macro());
    const bool of_a_list = step.kind == StepKind::call && program.ast().children_of(id).size() == 1 &&
                           program.step(program.ast().child(id, 0)).type.kind == TypeKind::list;
    return of_a_list ? end_of_function(step.function) : std::nullopt;
}

// A body that is the member itself is no number to be looked at.
NodeId value_of(const Program& program, const MemberScopes& scopes, NodeId body) {
    const bool is_member = program.step(body).kind == StepKind::local && scopes.meaning_of(body) == no_node;
    return is_member ? no_node : body;
}

// The filters and maps between the list and `node`, and the list; false if it is no fact.
bool take_stages(const Program& program, const MemberScopes& scopes, NodeId node, MemberFold& fold) {
    while (program.step(node).kind == StepKind::comprehension) {
        const auto children = program.ast().children_of(node);
        const Macro macro = program.ast().node(node).macro();
        if (macro != Macro::filter && macro != Macro::map) return false;
        MemberFold::Stage stage;
        if (macro == Macro::filter || children.size() == 3) stage.condition = children[1];
        if (macro == Macro::map) stage.value = value_of(program, scopes, children.back());
        fold.stages.push_back(stage);
        fold.walks = true;
        node = children[0];
    }
    std::ranges::reverse(fold.stages);
    const Step& list = program.step(node);
    fold.list = list.ref;
    return list.kind == StepKind::variable || list.kind == StepKind::field_of;
}

}  // namespace

std::vector<NodeId> MemberFold::bodies() const {
    std::vector<NodeId> all;
    for (const Stage& stage : stages) {
        if (stage.condition != no_node) all.push_back(stage.condition);
        if (stage.value != no_node) all.push_back(stage.value);
    }
    if (body != no_node) all.push_back(body);
    return all;
}

std::optional<MemberFold> member_fold_of(const Program& program, const MemberScopes& scopes, NodeId id) {
    const auto end = end_of(program, id);
    if (!end) return std::nullopt;
    MemberFold fold;
    fold.end = *end;
    const NodeId list = program.ast().child(id, 0);
    if (!take_stages(program, scopes, list, fold)) return std::nullopt;
    const bool is_macro = program.step(id).kind == StepKind::comprehension;
    fold.walks |= is_macro;
    if (fold.end == MemberFold::End::exists_one) {
        fold.stages.push_back({program.ast().child(id, 1), no_node});
    } else if (is_macro) {
        fold.body = program.ast().child(id, 1);
    } else if (fold.end != MemberFold::End::size) {
        fold.body = scopes.element_of(list);
        if (fold.body == no_node) return std::nullopt;
    }
    return fold;
}

}  // namespace doudi::expr
