// SPDX-License-Identifier: Apache-2.0
// What is left of conditions once everything known is put in: and, or, not, choices, over atoms that hang on
// missing facts. With it a set of facts is tried for all of their values at once (semantics 25): each node
// has the set of outcomes it may still have, of false, unknown, error and true.
//
// An atom is a comparison, a bool fact or a call; the same text of the same person is the same atom, and
// atoms that occur more than once are tried both ways. Different atoms are taken to be independent of each
// other: `x < 1` and `x < 2` are thought to come out in any of four ways. So a set that is said to settle
// always does; with atoms that hang together a smaller one may exist.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "expr/value.h"

namespace doudi::determine {

// A set of outcomes. What is no bool is `known` or unknown.
enum Outcome : std::uint8_t { is_false = 1, is_unknown = 2, is_error = 4, is_true = 8, is_known = 16 };
using Outcomes = std::uint8_t;

using FormulaId = std::uint32_t;

struct FormulaNode {
    enum class Kind : std::uint8_t {
        constant,  // of `outcomes`
        need,      // known once the fact `number` is
        strict,    // known once every child is
        atom,      // true or false once its child is known; `number` is the atom's
        presence,  // true once its child is known: has() of what is never none
        all,
        any,
        opposite,
        choice,  // children: condition, then, else
    };
    Kind kind = Kind::constant;
    Outcomes outcomes = is_known;
    std::uint32_t number = 0;
    std::uint32_t child_first = 0;
    std::uint32_t child_count = 0;
    auto operator<=>(const FormulaNode&) const = default;
};

// All formulas of one case. Children stand before their parents; equal nodes are one node.
class Formulas {
  public:
    [[nodiscard]] FormulaId constant(Outcomes outcomes);
    [[nodiscard]] FormulaId known() { return constant(is_known); }
    [[nodiscard]] FormulaId truth(const expr::Value& value);  // of V, N and E
    [[nodiscard]] FormulaId need(expr::FactId fact);
    [[nodiscard]] FormulaId strict(std::vector<FormulaId> children);
    [[nodiscard]] FormulaId atom(const std::string& text, FormulaId child);
    [[nodiscard]] FormulaId presence(FormulaId child);
    [[nodiscard]] FormulaId all(std::vector<FormulaId> children) {
        return fold(FormulaNode::Kind::all, std::move(children));
    }
    [[nodiscard]] FormulaId any(std::vector<FormulaId> children) {
        return fold(FormulaNode::Kind::any, std::move(children));
    }
    [[nodiscard]] FormulaId opposite(FormulaId child);
    [[nodiscard]] FormulaId choice(FormulaId condition, FormulaId then, FormulaId otherwise);

    [[nodiscard]] const FormulaNode& node(FormulaId id) const { return nodes_[id]; }
    [[nodiscard]] std::span<const FormulaId> children(FormulaId id) const {
        return std::span(children_).subspan(nodes_[id].child_first, nodes_[id].child_count);
    }

  private:
    FormulaId add(FormulaNode node, std::vector<FormulaId> children);
    FormulaId fold(FormulaNode::Kind kind, std::vector<FormulaId> children);

    std::vector<FormulaNode> nodes_;
    std::vector<FormulaId> children_;
    std::map<std::string, std::uint32_t> atoms_;
    std::map<std::tuple<FormulaNode::Kind, std::uint32_t, std::vector<FormulaId>>, FormulaId> same_;
};

}  // namespace doudi::determine
