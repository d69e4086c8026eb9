// SPDX-License-Identifier: Apache-2.0
// A parsed condition: nodes in one vector in post-order, so that every sub-expression is the contiguous range
// [subtree_first, itself] and children stand before their parent. Offsets are bytes of the source text.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::expr {

using NodeId = std::uint32_t;

enum class NodeKind : std::uint8_t {
    null_literal,
    bool_literal,     // number: 0 or 1
    int_literal,      // number
    uint_literal,     // number, by its bits
    decimal_literal,  // text: as written, exact; what it means (ratio or double) is the checker's question
    string_literal,   // text: UTF-8
    bytes_literal,    // text: octets
    name,             // text; a leading '.' stays in it
    select,           // text: the field; child: the operand
    index,            // children: operand, index
    call,             // text: the function; children: arguments
    method,           // text: the function; children: receiver, arguments
    list,             // children: items
    map,              // children: key, value, key, value …
    negate,
    logical_not,
    logical_and,    // two children or more
    logical_or,     // two children or more
    binary,         // op: BinaryOp
    conditional,    // children: condition, then, else
    has,            // child
    comprehension,  // op: Macro; text: the member's name; children: range, body (map with three: range,
                    // filter, body)
};

enum class BinaryOp : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    remainder,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
};

enum class Macro : std::uint8_t { all, exists, exists_one, filter, map };

struct Node {
    NodeKind kind = NodeKind::null_literal;
    std::uint8_t op = 0;
    std::uint16_t depth = 1;           // of the tree below, itself counted
    std::uint32_t begin = UINT32_MAX;  // where it stands in the source, brackets included
    std::uint32_t end = 0;
    std::uint32_t point = 0;        // what an error points at: the operator, the field, the function's name
    std::uint32_t child_first = 0;  // into Ast::children
    std::uint32_t child_count = 0;
    NodeId subtree_first = 0;
    std::uint32_t text = 0;  // into Ast::texts, where the kind has one
    std::int64_t number = 0;

    [[nodiscard]] BinaryOp binary_op() const { return static_cast<BinaryOp>(op); }
    [[nodiscard]] Macro macro() const { return static_cast<Macro>(op); }
};

struct Ast {
    std::string source;
    std::vector<Node> nodes;  // the root is the last one
    std::vector<NodeId> children;
    std::vector<std::string> texts;

    [[nodiscard]] NodeId root() const { return static_cast<NodeId>(nodes.size() - 1); }
    [[nodiscard]] const Node& node(NodeId id) const { return nodes[id]; }
    [[nodiscard]] std::span<const NodeId> children_of(NodeId id) const {
        return std::span(children).subspan(nodes[id].child_first, nodes[id].child_count);
    }
    [[nodiscard]] NodeId child(NodeId id, std::size_t i) const { return children_of(id)[i]; }
    [[nodiscard]] const std::string& text(NodeId id) const { return texts[nodes[id].text]; }
};

// The same tree, wherever it stands in its source.
[[nodiscard]] bool same_tree(const Ast& left, const Ast& right);
// "row.status" for a name and the fields behind it; empty for any other expression.
[[nodiscard]] std::string path_text(const Ast& ast, NodeId id);
// CEL text that parses to the same tree.
[[nodiscard]] std::string to_text(const Ast& ast);

}  // namespace doudi::expr
