// SPDX-License-Identifier: Apache-2.0
#include "expr/ast.h"

#include <fmt/format.h>

#include <algorithm>

#include "expr/ast_builder.h"
#include "expr/parse.h"
#include "expr/source_error.h"

namespace doudi::expr {

namespace {

bool has_text(NodeKind kind) {
    switch (kind) {
        case NodeKind::decimal_literal:
        case NodeKind::string_literal:
        case NodeKind::bytes_literal:
        case NodeKind::name:
        case NodeKind::select:
        case NodeKind::call:
        case NodeKind::method:
        case NodeKind::comprehension:
            return true;
        default:
            return false;
    }
}

}  // namespace

Result<NodeId> AstBuilder::add(Node node, std::span<const NodeId> children, std::string_view text) {
    const auto limit = [&](std::string code, Text message) {
        return std::unexpected(
            source_error(ast_.source, node.point, ErrorKind::limit, std::move(code), std::move(message)));
    };
    const auto id = static_cast<NodeId>(ast_.nodes.size());
    if (id >= max_nodes)
        return limit("cel_too_large", {fmt::format("表达式超过 {} 个节点", max_nodes),
                                       fmt::format("the expression has more than {} nodes", max_nodes)});
    node.subtree_first = id;
    if (!children.empty()) {
        node.subtree_first = ast_.nodes[children.front()].subtree_first;
        node.begin = std::min(node.begin, ast_.nodes[children.front()].begin);
        node.end = std::max(node.end, ast_.nodes[children.back()].end);
    }
    for (const NodeId child : children)
        node.depth = std::max(node.depth, static_cast<std::uint16_t>(ast_.nodes[child].depth + 1));
    if (node.depth > max_depth)
        return limit("cel_too_deep", {fmt::format("嵌套超过 {} 层", max_depth),
                                      fmt::format("nested deeper than {} levels", max_depth)});
    node.child_first = static_cast<std::uint32_t>(ast_.children.size());
    node.child_count = static_cast<std::uint32_t>(children.size());
    ast_.children.insert(ast_.children.end(), children.begin(), children.end());
    if (has_text(node.kind)) {
        node.text = static_cast<std::uint32_t>(ast_.texts.size());
        ast_.texts.emplace_back(text);
    }
    ast_.nodes.push_back(node);
    return id;
}

void AstBuilder::widen(NodeId id, std::uint32_t begin, std::uint32_t end) {
    ast_.nodes[id].begin = begin;
    ast_.nodes[id].end = end;
}

bool same_tree(const Ast& left, const Ast& right) {
    if (left.nodes.size() != right.nodes.size()) return false;
    for (NodeId id = 0; id < left.nodes.size(); ++id) {
        const Node& a = left.nodes[id];
        const Node& b = right.nodes[id];
        if (a.kind != b.kind || a.op != b.op || a.number != b.number) return false;
        if (has_text(a.kind) && left.text(id) != right.text(id)) return false;
        if (!std::ranges::equal(left.children_of(id), right.children_of(id))) return false;
    }
    return true;
}

std::string path_text(const Ast& ast, NodeId id) {
    std::vector<const std::string*> fields;
    while (ast.node(id).kind == NodeKind::select) {
        fields.push_back(&ast.text(id));
        id = ast.child(id, 0);
    }
    if (ast.node(id).kind != NodeKind::name) return {};
    std::string path = ast.text(id);
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) path += "." + **field;
    return path;
}

}  // namespace doudi::expr
