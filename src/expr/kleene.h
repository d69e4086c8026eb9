// SPDX-License-Identifier: Apache-2.0
// Three-valued logic with errors (semantics 8-12, 21, 24): folds that give one answer in any order of their
// operands, but for the code of an error, which is the leftmost one's, and the set of facts, which is the
// union.
#pragma once
#include <vector>

#include "expr/value.h"

namespace doudi::expr {

// Truth in one byte, ordered F < U < E < T: AND is the least of its operands.
enum class Truth : std::uint8_t { no, unknown, error, yes };

// N and everything that is no bool count as E(type).
[[nodiscard]] inline Truth truth_of(const Value& value) {
    if (value.is_true()) return Truth::yes;
    if (value.is_false()) return Truth::no;
    return value.is_unknown() ? Truth::unknown : Truth::error;
}

class LogicalFold {
  public:
    enum class Kind : std::uint8_t { all, any };
    explicit LogicalFold(Kind kind) : decisive_(kind == Kind::all ? Truth::no : Truth::yes) {}

    void add(const Value& operand) {
        const Truth truth = truth_of(operand);
        if (truth == decisive_) {
            decided_ = true;
        } else if (truth == Truth::unknown) {
            const auto facts = operand.facts();
            is_unknown_ = true;
            facts_.insert(facts_.end(), facts.begin(), facts.end());
        } else if (truth == Truth::error && fault_ == Fault::nothing) {
            fault_ = operand.is_error() ? operand.fault() : Fault::type;
        }
    }
    // Nothing that follows can change the answer.
    [[nodiscard]] bool is_decided() const { return decided_; }

    [[nodiscard]] Value result() && {
        if (decided_) return Value::boolean(decisive_ == Truth::yes);
        if (is_unknown_) return Value::unknown(std::move(facts_));
        if (fault_ != Fault::nothing) return Value::error(fault_);
        return Value::boolean(decisive_ == Truth::no);
    }

  private:
    Truth decisive_;
    bool decided_ = false;
    bool is_unknown_ = false;
    Fault fault_ = Fault::nothing;
    std::vector<FactId> facts_;
};

// An error or an unknown that keeps a whole list from being built: the leftmost E, else U (semantics 7, 22).
class StrictFold {
  public:
    void add(const Value& operand) {
        if (operand.is_error() && fault_ == Fault::nothing) fault_ = operand.fault();
        if (!operand.is_unknown()) return;
        const auto facts = operand.facts();
        is_unknown_ = true;
        facts_.insert(facts_.end(), facts.begin(), facts.end());
    }
    [[nodiscard]] bool stops() const { return fault_ != Fault::nothing || is_unknown_; }
    [[nodiscard]] Value result() && {
        return fault_ != Fault::nothing ? Value::error(fault_) : Value::unknown(std::move(facts_));
    }

  private:
    bool is_unknown_ = false;
    Fault fault_ = Fault::nothing;
    std::vector<FactId> facts_;
};

}  // namespace doudi::expr
