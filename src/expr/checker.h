// SPDX-License-Identifier: Apache-2.0
// Internal to the room: the walk behind check.h. Names and trees in checker.cpp, operators in
// check_operators.cpp, functions in check_calls.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "expr/check.h"

namespace doudi::expr {

class Checker {
  public:
    Checker(Ast ast, const Schema& schema, CheckMode mode);
    [[nodiscard]] std::expected<Program, std::vector<Error>> run();

  private:
    struct Local {
        std::string name;
        Type type;
        std::uint16_t slot = 0;
    };

    // checker.cpp
    Type visit(NodeId id);
    Type visit_kind(NodeId id);
    Type visit_literal(NodeId id);
    Type visit_decimal(NodeId id);
    Type visit_name(NodeId id);
    Type visit_select(NodeId id);
    [[nodiscard]] std::optional<VariableId> qualified_variable(NodeId id) const;
    [[nodiscard]] std::string qualified_type(NodeId id) const;
    Type select_of_struct(NodeId id, Type operand);
    Type visit_has(NodeId id);
    Type visit_list(NodeId id);
    Type visit_map(NodeId id);
    Type visit_comprehension(NodeId id);
    Type body_type(NodeId id, Macro macro, Type element);

    // check_operators.cpp
    Type visit_logical(NodeId id);
    Type visit_not(NodeId id);
    Type visit_negate(NodeId id);
    Type visit_conditional(NodeId id);
    Type visit_binary(NodeId id);
    Type check_arithmetic(NodeId id, Arithmetic op, Type left, Type right);
    bool refuse_decimal_beside_int(NodeId id, Type left, Type right);
    Type check_equality(NodeId id, Type left, Type right);
    Type check_order(NodeId id, Type left, Type right);
    Type check_in(NodeId id, Type left, Type right);
    Type visit_index(NodeId id);

    // check_calls.cpp
    Type visit_call(NodeId id);
    Type call_type(NodeId id, Function function, const std::vector<Type>& arguments);
    Type text_call_type(NodeId id, const std::vector<Type>& arguments);
    Type aggregate_type(NodeId id, Function function, const std::vector<Type>& arguments);
    Type date_call_type(NodeId id, const std::vector<Type>& arguments);
    Type round_call_type(NodeId id, const std::vector<Type>& arguments);
    Type constant_call(NodeId id, Function function);
    void compile_pattern(NodeId id);

    // What all of them use.
    [[nodiscard]] bool is_full() const { return program_.mode_ == CheckMode::full_cel; }
    [[nodiscard]] const Ast& ast() const { return program_.ast_; }
    [[nodiscard]] Step& step(NodeId id) { return program_.steps_[id]; }
    Type set_constant(NodeId id, Value value, Type type);
    Type refuse(NodeId id, std::string code, Text text);
    Type refuse_in_packs(NodeId id, const Text& what);
    bool expect(NodeId id, Type actual, TypeKind wanted);  // dyn and poison fit everything
    void require_present(NodeId id);
    [[nodiscard]] bool is_guarded(const std::string& path) const;
    Type visit_guarded(NodeId id, const std::vector<std::string>& guards);
    [[nodiscard]] const Local* find_local(std::string_view name) const;
    void note_field(FieldRef ref) { program_.referenced_fields_.push_back(ref); }

    const Schema& schema_;
    Program program_;
    std::vector<Error> errors_;
    std::vector<Local> locals_;
    std::vector<std::string> guarded_;
};

[[nodiscard]] inline bool is_open(Type type) {
    return type.kind == TypeKind::poison || type.kind == TypeKind::dyn;
}

}  // namespace doudi::expr
