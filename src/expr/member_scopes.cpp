// SPDX-License-Identifier: Apache-2.0
#include "expr/member_scopes.h"

namespace doudi::expr {

MemberScopes::MemberScopes(const Program& program)
    : program_(program), scopes_(program.steps().size(), no_node) {
    const Ast& ast = program.ast();
    for (NodeId id = 0; id < scopes_.size(); ++id) {
        if (program.step(id).kind != StepKind::comprehension) continue;
        for (const NodeId body : ast.children_of(id).subspan(1)) {
            for (NodeId inside = ast.node(body).subtree_first; inside <= body; ++inside) {
                const Step& step = program.step(inside);
                if (step.kind == StepKind::local && step.slot == program.step(id).slot) scopes_[inside] = id;
            }
        }
    }
}

bool MemberScopes::is_macro(NodeId id, Macro macro) const {
    return program_.step(id).kind == StepKind::comprehension && program_.ast().node(id).macro() == macro;
}

NodeId MemberScopes::element_of(NodeId list) const {
    while (is_macro(list, Macro::filter)) list = program_.ast().child(list, 0);
    if (!is_macro(list, Macro::map)) return no_node;
    const NodeId body = program_.ast().children_of(list).back();
    return program_.step(body).kind == StepKind::local ? meaning_of(body) : body;
}

NodeId MemberScopes::meaning_of(NodeId local) const {
    return element_of(program_.ast().child(scopes_[local], 0));
}

NodeId MemberScopes::base_of(NodeId list) const {
    while (is_macro(list, Macro::filter) || is_macro(list, Macro::map)) list = program_.ast().child(list, 0);
    return list;
}

}  // namespace doudi::expr
