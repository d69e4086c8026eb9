// SPDX-License-Identifier: Apache-2.0
#include "expr/guards.h"

#include <utility>

namespace doudi::expr {

namespace {

void append(std::vector<std::string>& out, std::vector<std::string> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// `x == null`, `null != x`: the path beside null.
std::string path_beside_null(const Ast& ast, NodeId id) {
    const NodeId left = ast.child(id, 0);
    const NodeId right = ast.child(id, 1);
    if (ast.node(right).kind == NodeKind::null_literal) return path_text(ast, left);
    if (ast.node(left).kind == NodeKind::null_literal) return path_text(ast, right);
    return {};
}

Guards binary_guards(const Ast& ast, NodeId id) {
    const BinaryOp op = ast.node(id).binary_op();
    if (op != BinaryOp::equal && op != BinaryOp::not_equal) return {};
    std::string path = path_beside_null(ast, id);
    if (path.empty()) return {};
    Guards guards;
    (op == BinaryOp::equal ? guards.if_false : guards.if_true).push_back(std::move(path));
    return guards;
}

}  // namespace

Guards guards_of(const Ast& ast, NodeId id) {
    Guards guards;
    switch (ast.node(id).kind) {
        case NodeKind::has:
            if (std::string path = path_text(ast, ast.child(id, 0)); !path.empty())
                guards.if_true.push_back(std::move(path));
            break;
        case NodeKind::binary:
            return binary_guards(ast, id);
        case NodeKind::logical_not:
            guards = guards_of(ast, ast.child(id, 0));
            std::swap(guards.if_true, guards.if_false);
            break;
        case NodeKind::logical_and:
            for (const NodeId child : ast.children_of(id))
                append(guards.if_true, guards_of(ast, child).if_true);
            break;
        case NodeKind::logical_or:
            for (const NodeId child : ast.children_of(id))
                append(guards.if_false, guards_of(ast, child).if_false);
            break;
        default:
            break;
    }
    return guards;
}

}  // namespace doudi::expr
