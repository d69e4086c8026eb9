// SPDX-License-Identifier: Apache-2.0
// A program run for one subject. With a trace every sub-expression is evaluated and remembered; without one,
// work is skipped where that cannot be seen (semantics 12): the answer is the same.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "expr/program.h"
#include "expr/value.h"

namespace doudi::expr {

inline constexpr std::size_t max_members =
    1'000;  // of a list that a pack walks; beyond it E(limit) (semantics 28)

// The facts of one subject. Numbers are the Schema's.
class Activation {
  public:
    virtual ~Activation() = default;
    // A variable (ref.field == FieldRef::whole) or a field of one.
    [[nodiscard]] virtual Value get(FieldRef ref) const = 0;
    // A field of an element of a list of structures. Only activations with members need it.
    [[nodiscard]] virtual Value get_member(StructHandle owner, FieldId field) const;
};

struct TraceEntry {
    NodeId node = 0;
    std::uint32_t begin = 0;  // of the sub-expression, in bytes of the source
    std::uint32_t end = 0;
    std::vector<std::uint32_t> members;  // inside of comprehensions: which element, outermost first
    Value value;
};

// In post-order; the last entry is the whole condition.
struct Trace {
    static constexpr std::size_t max_entries = 100'000;
    std::vector<TraceEntry> entries;
    bool is_cut = false;  // more than max_entries: the rest was evaluated, but not remembered
};

[[nodiscard]] Value evaluate(const Program& program, const Activation& activation);
[[nodiscard]] Value evaluate(const Program& program, const Activation& activation, Trace& trace);
// One node of it, which must not hang on the member of a comprehension around it.
[[nodiscard]] Value evaluate_node(const Program& program, NodeId node, const Activation& activation);
// One node of a comprehension's body, whose member is this one.
[[nodiscard]] Value evaluate_node(const Program& program, NodeId node, const Activation& activation,
                                  const Value& member);

}  // namespace doudi::expr
