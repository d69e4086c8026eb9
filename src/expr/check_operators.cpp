// SPDX-License-Identifier: Apache-2.0
// The operators' types, and the guards that && || ? : give to what stands beside them.
#include <fmt/format.h>

#include "expr/checker.h"
#include "expr/guards.h"

namespace doudi::expr {

namespace {

std::optional<Arithmetic> arithmetic_of(BinaryOp op) {
    switch (op) {
        case BinaryOp::add:
            return Arithmetic::add;
        case BinaryOp::subtract:
            return Arithmetic::subtract;
        case BinaryOp::multiply:
            return Arithmetic::multiply;
        case BinaryOp::divide:
            return Arithmetic::divide;
        case BinaryOp::remainder:
            return Arithmetic::remainder;
        default:
            return std::nullopt;
    }
}

bool is_money_like(Type type) {
    return type.kind == TypeKind::money || type.kind == TypeKind::amount;
}

// Why the two do not go together, where a person would wonder.
Text arithmetic_hint(Arithmetic op, Type left, Type right) {
    const bool sum = op == Arithmetic::add || op == Arithmetic::subtract;
    if (op == Arithmetic::multiply && is_money_like(left) && is_money_like(right))
        return {"：金额不能乘金额", ": money times money means nothing"};
    if (sum && (is_money_like(left) || is_money_like(right)))
        return {"：金额只能加减金额，写作 yuan(\"100\")", ": only money adds to money; write yuan(\"100\")"};
    if (left.kind == TypeKind::date || right.kind == TypeKind::date)
        return {"：日期用 addDays、addMonths 推移", ": dates move by addDays and addMonths"};
    return {};
}

}  // namespace

Type Checker::visit_logical(NodeId id) {
    const bool is_and = ast().node(id).kind == NodeKind::logical_and;
    step(id).kind = is_and ? StepKind::logical_and : StepKind::logical_or;
    const auto children = ast().children_of(id);
    std::vector<std::vector<std::string>> given;
    for (const NodeId child : children) {
        Guards guards = guards_of(ast(), child);
        given.push_back(is_and ? std::move(guards.if_true) : std::move(guards.if_false));
    }
    for (std::size_t i = 0; i < children.size(); ++i) {
        std::vector<std::string> guards;
        for (std::size_t other = 0; other < given.size(); ++other)
            if (other != i) guards.insert(guards.end(), given[other].begin(), given[other].end());
        const Type type = visit_guarded(children[i], guards);
        if (!is_full()) expect(children[i], type, TypeKind::boolean);
    }
    return TypeKind::boolean;
}

Type Checker::visit_not(NodeId id) {
    const NodeId operand = ast().child(id, 0);
    step(id).kind = StepKind::logical_not;
    const Type type = visit(operand);
    require_present(operand);
    if (!is_full()) expect(operand, type, TypeKind::boolean);
    return TypeKind::boolean;
}

Type Checker::visit_negate(NodeId id) {
    const NodeId operand = ast().child(id, 0);
    step(id).kind = StepKind::negate;
    const Type type = visit(operand);
    if (is_full()) return TypeKind::dyn;
    require_present(operand);
    const bool has_sign =
        type.kind == TypeKind::integer || type.kind == TypeKind::ratio || is_money_like(type);
    if (has_sign || is_open(type)) return type;
    const Text is = type_text(type);
    return refuse(id, "cel_type",
                  {fmt::format("{}没有相反数", is.zh), fmt::format("{} cannot be negated", is.en)});
}

Type Checker::visit_conditional(NodeId id) {
    const auto children = ast().children_of(id);
    step(id).kind = StepKind::conditional;
    const Type condition = visit(children[0]);
    const Guards guards = guards_of(ast(), children[0]);
    const auto branch = [&](NodeId child, const std::vector<std::string>& given) {
        const std::size_t before = guarded_.size();
        guarded_.insert(guarded_.end(), given.begin(), given.end());
        const Type type = visit(child);
        if (step(child).may_be_none && !is_guarded(path_text(ast(), child))) step(id).may_be_none = true;
        guarded_.resize(before);
        return type;
    };
    const Type then = branch(children[1], guards.if_true);
    const Type otherwise = branch(children[2], guards.if_false);
    if (is_full()) return TypeKind::dyn;
    require_present(children[0]);
    expect(children[0], condition, TypeKind::boolean);
    if (then.kind == TypeKind::null) return otherwise;
    if (otherwise.kind == TypeKind::null || is_open(otherwise)) return then;
    if (is_open(then) || then == otherwise) return otherwise;
    const Text left = type_text(then);
    const Text right = type_text(otherwise);
    return refuse(id, "cel_type",
                  {fmt::format("两个分支类型不同：{}和{}", left.zh, right.zh),
                   fmt::format("the two branches differ in type: {} and {}", left.en, right.en)});
}

Type Checker::visit_binary(NodeId id) {
    const BinaryOp op = ast().node(id).binary_op();
    const Type left = visit(ast().child(id, 0));
    const Type right = visit(ast().child(id, 1));
    if (const auto arithmetic = arithmetic_of(op)) {
        step(id).kind = StepKind::arithmetic;
        step(id).arithmetic_op = *arithmetic;
        return is_full() ? Type(TypeKind::dyn) : check_arithmetic(id, *arithmetic, left, right);
    }
    step(id).kind = StepKind::relation;
    if (is_full()) return TypeKind::boolean;
    if (op == BinaryOp::in) return check_in(id, left, right);
    if (op == BinaryOp::equal || op == BinaryOp::not_equal) return check_equality(id, left, right);
    return check_order(id, left, right);
}

// Semantics 15: a decimal stands beside money or a ratio. True, and refused, if it stands beside an int.
bool Checker::refuse_decimal_beside_int(NodeId id, Type left, Type right) {
    const auto is_decimal = [&](std::size_t i) {
        return ast().node(ast().child(id, i)).kind == NodeKind::decimal_literal;
    };
    const bool beside_int = (is_decimal(0) && right.kind == TypeKind::integer) ||
                            (is_decimal(1) && left.kind == TypeKind::integer);
    if (beside_int)
        refuse(id, "cel_decimal",
               {"小数只能与金额或比率运算；先乘金额",
                "a decimal goes with money or a ratio; multiply the money first"});
    return beside_int;
}

Type Checker::check_arithmetic(NodeId id, Arithmetic op, Type left, Type right) {
    for (const NodeId child : ast().children_of(id)) require_present(child);
    if (is_open(left) || is_open(right)) return TypeKind::poison;
    if (refuse_decimal_beside_int(id, left, right)) return TypeKind::poison;
    const auto kind = arithmetic_result(op, left.kind, right.kind);
    const bool lists_differ = kind == TypeKind::list && left.element != TypeKind::poison &&
                              right.element != TypeKind::poison && left != right;
    if (kind && !lists_differ) {
        if (*kind != TypeKind::list) return *kind;
        return left.element == TypeKind::poison ? right : left;
    }
    const Text from = type_text(left);
    const Text with = type_text(right);
    const Text hint = arithmetic_hint(op, left, right);
    return refuse(id, "cel_type",
                  {fmt::format("{}与{}不能这样运算{}", from.zh, with.zh, hint.zh),
                   fmt::format("{} and {} do not go together here{}", from.en, with.en, hint.en)});
}

Type Checker::check_equality(NodeId id, Type left, Type right) {
    const bool beside_null = left.kind == TypeKind::null || right.kind == TypeKind::null;
    if (is_open(left) || is_open(right) || beside_null) return TypeKind::boolean;
    const bool is_struct = left.kind == TypeKind::structure || left.element == TypeKind::structure;
    const bool is_empty_list = left.kind == TypeKind::list && right.kind == TypeKind::list &&
                               (left.element == TypeKind::poison || right.element == TypeKind::poison);
    const bool comparable = (left == right || is_empty_list) && !is_struct;
    if (comparable) return TypeKind::boolean;
    return check_order(id, left, right);
}

Type Checker::check_order(NodeId id, Type left, Type right) {
    const BinaryOp op = ast().node(id).binary_op();
    const bool is_equality = op == BinaryOp::equal || op == BinaryOp::not_equal;
    if (!is_equality)
        for (const NodeId child : ast().children_of(id)) require_present(child);
    if (is_open(left) || is_open(right)) return TypeKind::boolean;
    if (refuse_decimal_beside_int(id, left, right)) return TypeKind::boolean;
    const bool orders_truth = left.kind == TypeKind::boolean && !is_equality;
    if (is_ordered(left.kind, right.kind) && !orders_truth) return TypeKind::boolean;
    const Text from = type_text(left);
    const Text with = type_text(right);
    const bool money_beside_int = (is_money_like(left) && right.kind == TypeKind::integer) ||
                                  (is_money_like(right) && left.kind == TypeKind::integer);
    const Text hint =
        money_beside_int ? Text{"：金额写作 yuan(\"100\")", ": money is written yuan(\"100\")"} : Text{};
    return refuse(id, "cel_type",
                  {fmt::format("{}与{}不能比较{}", from.zh, with.zh, hint.zh),
                   fmt::format("{} and {} cannot be compared{}", from.en, with.en, hint.en)});
}

Type Checker::check_in(NodeId id, Type left, Type right) {
    require_present(ast().child(id, 1));
    if (!expect(ast().child(id, 1), right, TypeKind::list)) return TypeKind::boolean;
    const bool known_element = right.kind == TypeKind::list && right.element != TypeKind::poison;
    if (known_element && left.kind != TypeKind::null) expect(ast().child(id, 0), left, right.element);
    return TypeKind::boolean;
}

Type Checker::visit_index(NodeId id) {
    const NodeId operand = ast().child(id, 0);
    const NodeId index = ast().child(id, 1);
    step(id).kind = StepKind::index;
    const Type type = visit(operand);
    const Type index_type = visit(index);
    if (is_full()) return TypeKind::dyn;
    require_present(operand);
    require_present(index);
    expect(index, index_type, TypeKind::integer);
    if (!expect(operand, type, TypeKind::list) || type.kind != TypeKind::list) return TypeKind::poison;
    return type.element_type();
}

}  // namespace doudi::expr
