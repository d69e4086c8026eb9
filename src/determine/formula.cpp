// SPDX-License-Identifier: Apache-2.0
#include "determine/formula.h"

#include <algorithm>

namespace doudi::determine {

using Kind = FormulaNode::Kind;

FormulaId Formulas::add(FormulaNode node, std::vector<FormulaId> children) {
    const std::uint32_t mark = node.kind == Kind::constant ? node.outcomes : node.number;
    const auto [found, fresh] =
        same_.emplace(std::tuple(node.kind, mark, children), static_cast<FormulaId>(nodes_.size()));
    if (!fresh) return found->second;
    node.child_first = static_cast<std::uint32_t>(children_.size());
    node.child_count = static_cast<std::uint32_t>(children.size());
    children_.insert(children_.end(), children.begin(), children.end());
    nodes_.push_back(node);
    return found->second;
}

FormulaId Formulas::constant(Outcomes outcomes) {
    return add({.kind = Kind::constant, .outcomes = outcomes}, {});
}

FormulaId Formulas::truth(const expr::Value& value) {
    if (value.is_true()) return constant(is_true);
    return constant(value.is_false() ? is_false : is_error);
}

FormulaId Formulas::need(expr::FactId fact) {
    return add({.kind = Kind::need, .number = fact}, {});
}

FormulaId Formulas::strict(std::vector<FormulaId> children) {
    std::vector<FormulaId> open;
    for (const FormulaId child : children) {
        const FormulaNode& part = nodes_[child];
        if (part.kind == Kind::constant && part.outcomes == is_error) return child;
        if (part.kind != Kind::constant) open.push_back(child);
    }
    std::ranges::sort(open);
    open.erase(std::unique(open.begin(), open.end()), open.end());
    if (open.empty()) return known();
    const Kind only = nodes_[open[0]].kind;
    if (open.size() == 1 && (only == Kind::need || only == Kind::strict)) return open[0];
    return add({.kind = Kind::strict}, std::move(open));
}

FormulaId Formulas::atom(const std::string& text, FormulaId child) {
    const auto [found, fresh] = atoms_.emplace(text, static_cast<std::uint32_t>(atoms_.size()));
    return add({.kind = Kind::atom, .number = found->second}, {child});
}

FormulaId Formulas::presence(FormulaId child) {
    return add({.kind = Kind::presence}, {child});
}

FormulaId Formulas::opposite(FormulaId child) {
    const FormulaNode& part = nodes_[child];
    if (part.kind == Kind::opposite) return children(child)[0];
    if (part.kind != Kind::constant) return add({.kind = Kind::opposite}, {child});
    if (part.outcomes == is_true) return constant(is_false);
    return part.outcomes == is_false ? constant(is_true) : child;
}

FormulaId Formulas::choice(FormulaId condition, FormulaId then, FormulaId otherwise) {
    const FormulaNode& part = nodes_[condition];
    if (part.kind == Kind::constant) {
        if (part.outcomes == is_true) return then;
        return part.outcomes == is_false ? otherwise : condition;
    }
    return add({.kind = Kind::choice}, {condition, then, otherwise});
}

FormulaId Formulas::fold(Kind kind, std::vector<FormulaId> children) {
    const Outcomes decisive = kind == Kind::all ? is_false : is_true;
    const Outcomes neutral = kind == Kind::all ? is_true : is_false;
    std::vector<FormulaId> open;
    for (const FormulaId child : children) {
        const FormulaNode& part = nodes_[child];
        if (part.kind == Kind::constant && part.outcomes == decisive) return child;
        if (part.kind == Kind::constant && part.outcomes == neutral) continue;
        open.push_back(child);
    }
    std::ranges::sort(open);
    open.erase(std::unique(open.begin(), open.end()), open.end());
    if (open.empty()) return constant(neutral);
    if (open.size() == 1) return open[0];
    return add({.kind = kind}, std::move(open));
}

}  // namespace doudi::determine
