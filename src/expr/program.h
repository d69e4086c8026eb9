// SPDX-License-Identifier: Apache-2.0
// A checked condition: the tree, and beside each of its nodes one step that says what to do there, with every
// name resolved to a number and every type known. Both evaluators (one subject; columns) run this same
// vector. Immutable: threads share it.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "expr/ast.h"
#include "expr/functions.h"
#include "expr/schema.h"
#include "expr/type.h"
#include "expr/value.h"

namespace doudi::expr {

enum class CheckMode : std::uint8_t {
    pack_condition,  // `when`, `unless`: a bool; known() is refused
    pack_value,      // an amount or another value of a pack, of any type
    full_cel,        // the specification's language; names and types are judged when it runs
};

enum class StepKind : std::uint8_t {
    constant,      // constant
    variable,      // ref
    field_of,      // ref: a field of a variable that is a structure; the child is not run
    local,         // slot: the member of a comprehension
    member_field,  // member: a field of the structure that the child gives
    key,           // a key of the map that the child gives (full CEL)
    index,
    call,  // function
    list,
    map,
    negate,
    logical_not,
    logical_and,
    logical_or,
    arithmetic,  // arithmetic_op
    relation,    // the node's BinaryOp
    conditional,
    has,            // the child is a path
    comprehension,  // slot
    fault,          // fault: a name that full CEL does not know
};

struct Step {
    StepKind kind = StepKind::constant;
    Function function = Function::size;
    Arithmetic arithmetic_op = Arithmetic::add;
    Fault fault = Fault::nothing;
    bool may_be_none = false;  // as the Schema allows it; guards are not counted
    Type type;
    FieldRef ref;
    MemberField member;
    std::uint16_t slot = 0;
    std::uint32_t constant = 0;  // into constants; of a call of matches, into patterns
};

class Program {
  public:
    static constexpr std::uint32_t no_constant = 0xFFFFFFFF;

    [[nodiscard]] const Ast& ast() const { return ast_; }
    [[nodiscard]] NodeId root() const { return ast_.root(); }
    [[nodiscard]] const Step& step(NodeId id) const { return steps_[id]; }
    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
    [[nodiscard]] const Value& constant(std::uint32_t i) const { return constants_[i]; }
    [[nodiscard]] const re2::RE2* pattern(std::uint32_t i) const {
        return i == no_constant ? nullptr : patterns_[i].get();
    }
    [[nodiscard]] Type result_type() const { return steps_.back().type; }
    [[nodiscard]] CheckMode mode() const { return mode_; }
    [[nodiscard]] std::uint16_t slots() const { return slots_; }  // how many nested members at most
    // What the condition reads, each once, sorted: an answer may be remembered by the values of these.
    [[nodiscard]] const std::vector<FieldRef>& referenced_fields() const { return referenced_fields_; }
    [[nodiscard]] const std::vector<MemberField>& referenced_members() const { return referenced_members_; }

  private:
    friend class Checker;
    Ast ast_;
    std::vector<Step> steps_;
    std::vector<Value> constants_;
    std::vector<std::shared_ptr<const re2::RE2>> patterns_;
    std::vector<FieldRef> referenced_fields_;
    std::vector<MemberField> referenced_members_;
    CheckMode mode_ = CheckMode::pack_condition;
    std::uint16_t slots_ = 0;
};

}  // namespace doudi::expr
