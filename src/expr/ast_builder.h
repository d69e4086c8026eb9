// SPDX-License-Identifier: Apache-2.0
// Puts nodes into an Ast in post-order and keeps its bounds: nodes, depth.
#pragma once
#include <initializer_list>
#include <span>
#include <string_view>

#include "base/result.h"
#include "expr/ast.h"

namespace doudi::expr {

class AstBuilder {
  public:
    explicit AstBuilder(std::string_view source) { ast_.source = source; }

    [[nodiscard]] std::string_view source() const { return ast_.source; }
    // begin and end are widened to hold the children; children must be in the order of their text.
    [[nodiscard]] Result<NodeId> add(Node node, std::span<const NodeId> children, std::string_view text = {});
    [[nodiscard]] Result<NodeId> add(Node node, std::initializer_list<NodeId> children,
                                     std::string_view text = {}) {
        return add(node, std::span(children.begin(), children.size()), text);
    }
    // Brackets around an expression belong to it.
    void widen(NodeId id, std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] Ast finish() && { return std::move(ast_); }

  private:
    Ast ast_;
};

}  // namespace doudi::expr
