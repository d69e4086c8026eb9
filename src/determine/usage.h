// SPDX-License-Identifier: Apache-2.0
// What an answer stands on: of a false `and` the operands that are false, of a true `or` those that are true,
// of an unknown one what it is unknown for; else everything that was read, derived facts and named
// categories opened. An answer is marked as a sample's if it cannot stand without an invented figure; an
// unknown one only if such a figure decided another operand, not if it was merely read beside what is
// unknown.
#pragma once
#include <map>
#include <tuple>
#include <vector>

#include "determine/facts.h"
#include "determine/reading.h"

namespace doudi::determine {

struct Usage {
    std::vector<expr::FactId> numbers;  // of Facts; sorted, each once: told and derived facts, parameters
    bool sample = false;  // an invented figure decided; of what is unknown: decided a part of it
    bool day = false;     // the day of the question was read

    void add(const Usage& other);
};

class Usages {
  public:
    explicit Usages(const Facts& facts) : facts_(facts) {}

    [[nodiscard]] Usage verdict(int category, int member);
    [[nodiscard]] Usage in_set(int category, int member);
    [[nodiscard]] Usage program(const expr::Program& program, int member, bool of_sets = false);
    [[nodiscard]] Usage node(const Reading& reading, expr::NodeId id, const Reading::Path& path);
    // Of a condition whose lines and exception have these values; empty values for what is not there.
    [[nodiscard]] Usage condition(const policy::Condition& when, const policy::ConditionLine* unless,
                                  int member, bool of_sets);
    // The facts as an answer about this member shows them: its own and the household's.
    [[nodiscard]] std::vector<UsedFact> shown(const Usage& usage, int member) const;

  private:
    struct Part {
        expr::Value value;
        Usage usage;
    };

    Usage joined(bool all, const expr::Value& whole, const std::vector<Part>& parts) const;
    Usage of_name(const Named& named, bool of_sets);
    Usage fact(int index, int member);
    Usage belongs(int category, int member);
    Usage membership(int category, int member);
    Usage computed_in_set(int category, int member);
    Usage any_member(bool set, int category);
    Usage comprehension(const Reading& reading, expr::NodeId id, const Reading::Path& path);
    Usage children(const Reading& reading, expr::NodeId id, const Reading::Path& path);
    UsedFact shown_fact(const FactKey& key) const;

    const Facts& facts_;
    std::map<std::tuple<int, int, int>, Usage> known_;
};

// What the bool would be turned around: of `unless`.
[[nodiscard]] expr::Value negation_of(const expr::Value& value);

}  // namespace doudi::determine
