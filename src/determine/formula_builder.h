// SPDX-License-Identifier: Apache-2.0
// From conditions to formulas: what is known is put in, derived facts and named categories are opened, and
// what stays are atoms over missing facts. The formula comes out as the condition does (formula_test.cpp).
#pragma once
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "determine/facts.h"
#include "determine/formula.h"
#include "determine/reading.h"

namespace doudi::determine {

class FormulaBuilder {
  public:
    explicit FormulaBuilder(const Facts& facts) : facts_(facts) {}

    [[nodiscard]] const Formulas& formulas() const { return formulas_; }
    [[nodiscard]] Formulas& formulas() { return formulas_; }

    [[nodiscard]] FormulaId verdict(int category, int member);
    [[nodiscard]] FormulaId in_set(int category, int member);
    [[nodiscard]] FormulaId program(const expr::Program& program, int member, bool of_sets = false);
    [[nodiscard]] FormulaId fact(int index, int member);

  private:
    enum class Question : std::uint8_t { verdict, covers, in_set, fact };
    using Path = Reading::Path;
    template <class Build>
    FormulaId once(Question question, int index, int member, Build build);

    FormulaId as_open_rule(const expr::Value& value);
    FormulaId covers(int category, int member);
    FormulaId belongs(int category, int member);
    FormulaId membership(int category, int member);
    FormulaId needs(std::span<const expr::FactId> facts);
    FormulaId settled(const expr::Value& value, bool is_bool);
    FormulaId of_name(const Named& named, const expr::Value& value, bool is_bool, bool of_sets);
    FormulaId node(const Reading& reading, expr::NodeId id, const Path& path);
    FormulaId open_node(const Reading& reading, expr::NodeId id, const Path& path);
    FormulaId has(const Reading& reading, expr::NodeId id, const Path& path);
    FormulaId comprehension(const Reading& reading, expr::NodeId id, const Path& path);
    FormulaId strict_node(const Reading& reading, expr::NodeId id, const Path& path);
    FormulaId as_atom(const Reading& reading, expr::NodeId id, const Path& path, FormulaId child);
    FormulaId everything(const Reading& reading);
    std::vector<FormulaId> child_nodes(const Reading& reading, expr::NodeId id, const Path& path);

    const Facts& facts_;
    Formulas formulas_;
    std::map<std::tuple<Question, int, int>, FormulaId> built_;
};

}  // namespace doudi::determine
