// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <cctype>

#include "expr/ast.h"
#include "expr/literal.h"

namespace doudi::expr {

namespace {

constexpr auto operator_text = std::to_array<std::string_view>(
    {" + ", " - ", " * ", " / ", " % ", " == ", " != ", " < ", " <= ", " > ", " >= ", " in "});
constexpr auto macro_text = std::to_array<std::string_view>({"all", "exists", "exists_one", "filter", "map"});

// How tightly a node binds; what stands inside something tighter gets brackets.
enum Tightness {
    conditional_level,
    or_level,
    and_level,
    relation_level,
    sum_level,
    product_level,
    unary_level,
    postfix_level,
};

bool is_negative_literal(const Ast& ast, NodeId id) {
    const Node& node = ast.node(id);
    if (node.kind == NodeKind::int_literal) return node.number < 0;
    return node.kind == NodeKind::decimal_literal && ast.text(id).starts_with("-");
}

int tightness(const Ast& ast, NodeId id) {
    const Node& node = ast.node(id);
    switch (node.kind) {
        case NodeKind::conditional:
            return conditional_level;
        case NodeKind::logical_or:
            return or_level;
        case NodeKind::logical_and:
            return and_level;
        case NodeKind::negate:
        case NodeKind::logical_not:
            return unary_level;
        case NodeKind::binary:
            if (node.binary_op() <= BinaryOp::subtract) return sum_level;
            return node.binary_op() <= BinaryOp::remainder ? product_level : relation_level;
        default:
            return is_negative_literal(ast, id) ? unary_level : postfix_level;
    }
}

class Printer {
  public:
    explicit Printer(const Ast& ast) : ast_(ast) {}

    std::string print(NodeId id) {
        write(id);
        return std::move(out_);
    }

  private:
    void write_inside(NodeId id, int level) {
        const bool brackets = tightness(ast_, id) < level;
        if (brackets) out_ += '(';
        write(id);
        if (brackets) out_ += ')';
    }

    void write_list(std::span<const NodeId> ids) {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i != 0) out_ += ", ";
            write(ids[i]);
        }
    }

    void write_chain(NodeId id, std::string_view mark, int level) {
        const auto operands = ast_.children_of(id);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (i != 0) out_ += mark;
            write_inside(operands[i], level + 1);
        }
    }

    void write_binary(NodeId id) {
        const int level = tightness(ast_, id);
        write_inside(ast_.child(id, 0), level);
        out_ += operator_text[ast_.node(id).op];
        write_inside(ast_.child(id, 1), level + 1);
    }

    // −5 is a literal, −(5) a minus in front of one.
    void write_negate(NodeId id) {
        const NodeId operand = ast_.child(id, 0);
        const NodeKind kind = ast_.node(leftmost(operand)).kind;
        const bool number = kind == NodeKind::int_literal || kind == NodeKind::decimal_literal;
        const bool brackets =
            tightness(ast_, operand) < unary_level ||
            (number && !is_negative_literal(ast_, operand) && tightness(ast_, operand) == postfix_level);
        out_ += brackets ? "-(" : "-";
        write(operand);
        if (brackets) out_ += ')';
    }
    // Where the text of a postfix expression begins.
    NodeId leftmost(NodeId id) const {
        while (true) {
            const NodeKind kind = ast_.node(id).kind;
            const bool is_postfix = kind == NodeKind::select || kind == NodeKind::index ||
                                    kind == NodeKind::method || kind == NodeKind::comprehension;
            if (!is_postfix) return id;
            id = ast_.child(id, 0);
        }
    }

    void write_member(NodeId id) {
        const auto operands = ast_.children_of(id);
        write_inside(operands[0], postfix_level);
        const Node& node = ast_.node(id);
        if (node.kind == NodeKind::index) {
            out_ += '[';
            write(operands[1]);
            out_ += ']';
            return;
        }
        out_ += '.';
        if (node.kind == NodeKind::comprehension) {
            out_ += macro_text[node.op];
            out_ += "(" + ast_.text(id) + ", ";
            write_list(operands.subspan(1));
            out_ += ')';
            return;
        }
        write_field(ast_.text(id));
        if (node.kind != NodeKind::method) return;
        out_ += '(';
        write_list(operands.subspan(1));
        out_ += ')';
    }

    void write_field(const std::string& field) {
        const bool plain =
            std::ranges::all_of(
                field, [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }) &&
            std::isdigit(static_cast<unsigned char>(field[0])) == 0;
        const bool word = field != "in" && field != "true" && field != "false" && field != "null";
        out_ += plain && word ? field : "`" + field + "`";
    }

    void write_map(NodeId id) {
        const auto items = ast_.children_of(id);
        out_ += '{';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i != 0) out_ += i % 2 == 1 ? ": " : ", ";
            write(items[i]);
        }
        out_ += '}';
    }

    void write_conditional(NodeId id) {
        write_inside(ast_.child(id, 0), or_level);
        out_ += " ? ";
        write_inside(ast_.child(id, 1), or_level);
        out_ += " : ";
        write(ast_.child(id, 2));
    }

    void write_call(std::string_view name, NodeId id) {
        out_ += name;
        out_ += '(';
        write_list(ast_.children_of(id));
        out_ += ')';
    }

    void write(NodeId id) {
        const Node& node = ast_.node(id);
        switch (node.kind) {
            case NodeKind::null_literal:
                out_ += "null";
                break;
            case NodeKind::bool_literal:
                out_ += node.number != 0 ? "true" : "false";
                break;
            case NodeKind::int_literal:
                out_ += std::to_string(node.number);
                break;
            case NodeKind::uint_literal:
                out_ += std::to_string(std::bit_cast<std::uint64_t>(node.number)) + "u";
                break;
            case NodeKind::decimal_literal:
            case NodeKind::name:
                out_ += ast_.text(id);
                break;
            case NodeKind::string_literal:
                out_ += in_quotes(ast_.text(id));
                break;
            case NodeKind::bytes_literal:
                out_ += quoted_bytes(ast_.text(id));
                break;
            case NodeKind::select:
            case NodeKind::index:
            case NodeKind::method:
            case NodeKind::comprehension:
                write_member(id);
                break;
            case NodeKind::call:
                write_call(ast_.text(id), id);
                break;
            case NodeKind::has:
                write_call("has", id);
                break;
            case NodeKind::list:
                out_ += '[';
                write_list(ast_.children_of(id));
                out_ += ']';
                break;
            case NodeKind::map:
                write_map(id);
                break;
            case NodeKind::negate:
                write_negate(id);
                break;
            case NodeKind::logical_not:
                out_ += '!';
                write_inside(ast_.child(id, 0), unary_level);
                break;
            case NodeKind::logical_and:
                write_chain(id, " && ", and_level);
                break;
            case NodeKind::logical_or:
                write_chain(id, " || ", or_level);
                break;
            case NodeKind::binary:
                write_binary(id);
                break;
            case NodeKind::conditional:
                write_conditional(id);
                break;
        }
    }

    const Ast& ast_;
    std::string out_;
};

}  // namespace

std::string to_text(const Ast& ast) {
    return Printer(ast).print(ast.root());
}

}  // namespace doudi::expr
