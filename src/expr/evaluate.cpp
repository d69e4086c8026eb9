// SPDX-License-Identifier: Apache-2.0
#include "expr/evaluate.h"

#include <algorithm>

#include "base/result.h"
#include "expr/kleene.h"
#include "expr/operators.h"

namespace doudi::expr {

Value Activation::get_member(StructHandle, FieldId) const {
    ensure(false, "an activation with members gives their fields");
    return Value::error(Fault::type);
}

namespace {

// Recursion is bounded by the parser's max_depth.
class Evaluation {
  public:
    Evaluation(const Program& program, const Activation& activation, Trace* trace, const Value& member = {})
        : program_(program),
          ast_(program.ast()),
          activation_(activation),
          trace_(trace),
          locals_(program.slots(), member) {}

    Value run(NodeId id) {
        Value value = compute(id);
        if (trace_ != nullptr) remember(id, value);
        return value;
    }

  private:
    void remember(NodeId id, const Value& value) {
        if (trace_->entries.size() >= Trace::max_entries) {
            trace_->is_cut = true;
            return;
        }
        trace_->entries.push_back({id, ast_.node(id).begin, ast_.node(id).end, members_, value});
    }

    Value compute(NodeId id) {
        const Step& step = program_.step(id);
        switch (step.kind) {
            case StepKind::constant:
                return program_.constant(step.constant);
            case StepKind::variable:
            case StepKind::field_of:
                return activation_.get(step.ref);
            case StepKind::local:
                return locals_[step.slot];
            case StepKind::member_field:
                return member_field(id, step);
            case StepKind::key:
                return key_of(id);
            case StepKind::index: {
                const auto operands = ast_.children_of(id);
                const Value container = run(operands[0]);
                return index_of(container, run(operands[1]));
            }
            case StepKind::call:
                return call(id, step);
            case StepKind::list:
                return list(id, false);
            case StepKind::map:
                return list(id, true);
            case StepKind::negate:
                return negate(run(ast_.child(id, 0)));
            case StepKind::logical_not:
                return logical_not(run(ast_.child(id, 0)));
            case StepKind::logical_and:
                return logical(id, LogicalFold::Kind::all);
            case StepKind::logical_or:
                return logical(id, LogicalFold::Kind::any);
            case StepKind::arithmetic: {
                const Value left = run(ast_.child(id, 0));
                return arithmetic(step.arithmetic_op, left, run(ast_.child(id, 1)));
            }
            case StepKind::relation: {
                const Value left = run(ast_.child(id, 0));
                return relation(ast_.node(id).binary_op(), left, run(ast_.child(id, 1)));
            }
            case StepKind::conditional:
                return conditional(id);
            case StepKind::has:
                return has(ast_.child(id, 0));
            case StepKind::comprehension:
                return comprehension(id, step);
            case StepKind::fault:
                return Value::error(step.fault);
        }
        return Value::error(Fault::type);
    }

    Value member_field(NodeId id, const Step& step) {
        const Value owner = run(ast_.child(id, 0));
        if (owner.is_error() || owner.is_unknown()) return owner;
        if (!owner.is(TypeKind::structure)) return Value::error(Fault::type);
        return activation_.get_member(owner.as_structure(), step.member.field);
    }

    Value key_of(NodeId id) {
        const Value operand = run(ast_.child(id, 0));
        if (operand.is_error() || operand.is_unknown()) return operand;
        if (!operand.is(TypeKind::map)) return Value::error(Fault::type);
        const Value* found = find_key(operand, Value::borrowed_string(ast_.text(id)));
        return found == nullptr ? Value::error(Fault::key) : *found;
    }

    static Value logical_not(const Value& operand) {
        switch (truth_of(operand)) {
            case Truth::yes:
                return Value::boolean(false);
            case Truth::no:
                return Value::boolean(true);
            default:
                return operand.is_error() || operand.is_unknown() ? operand : Value::error(Fault::type);
        }
    }

    Value logical(NodeId id, LogicalFold::Kind kind) {
        LogicalFold fold(kind);
        for (const NodeId child : ast_.children_of(id)) {
            fold.add(run(child));
            if (fold.is_decided() && trace_ == nullptr) break;
        }
        return std::move(fold).result();
    }

    Value conditional(NodeId id) {
        const auto children = ast_.children_of(id);
        const Value condition = run(children[0]);
        const Truth truth = truth_of(condition);
        const bool chooses = truth == Truth::yes || truth == Truth::no;
        if (trace_ != nullptr) {
            const Value then = run(children[1]);
            const Value otherwise = run(children[2]);
            if (chooses) return truth == Truth::yes ? then : otherwise;
        } else if (chooses) {
            return run(children[truth == Truth::yes ? 1 : 2]);
        }
        return condition.is_error() || condition.is_unknown() ? condition : Value::error(Fault::type);
    }

    // V: T; N: F; U and E stay. In full CEL a missing key of a map is F.
    Value has(NodeId path) {
        if (program_.step(path).kind == StepKind::key) return has_key(path);
        const Value value = run(path);
        if (value.is_error() || value.is_unknown()) return value;
        return Value::boolean(value.is_value());
    }

    Value has_key(NodeId path) {
        const Value operand = run(ast_.child(path, 0));
        if (operand.is_error() || operand.is_unknown()) return operand;
        if (!operand.is(TypeKind::map)) return Value::error(Fault::type);
        return Value::boolean(find_key(operand, Value::borrowed_string(ast_.text(path))) != nullptr);
    }

    Value call(NodeId id, const Step& step) {
        std::vector<Value> arguments;
        for (const NodeId child : ast_.children_of(id)) arguments.push_back(run(child));
        const re2::RE2* pattern =
            step.function == Function::matches ? program_.pattern(step.constant) : nullptr;
        return call_function(step.function, arguments, {step.type.kind, pattern});
    }

    Value list(NodeId id, bool is_map) {
        std::vector<Value> items;
        StrictFold strict;
        for (const NodeId child : ast_.children_of(id)) {
            items.push_back(run(child));
            strict.add(items.back());
        }
        if (strict.stops()) return std::move(strict).result();
        if (!is_map) return Value::list(std::move(items));
        for (std::size_t i = 0; i < items.size(); i += 2)
            for (std::size_t earlier = 0; earlier < i; earlier += 2)
                if (equal_values(items[i], items[earlier])) return Value::error(Fault::key);
        for (std::size_t i = 0; i < items.size(); i += 2)
            if (!is_key(items[i])) return Value::error(Fault::key);
        return Value::map(std::move(items));
    }
    static bool is_key(const Value& value) {
        return value.is(TypeKind::string) || value.is(TypeKind::integer) || value.is(TypeKind::uinteger) ||
               value.is(TypeKind::boolean);
    }

    // The elements that a comprehension walks: of a list, or the keys of a map.
    Value range_of(NodeId id) {
        const Value range = run(ast_.child(id, 0));
        if (range.is_error() || range.is_unknown() || range.is(TypeKind::list)) return range;
        if (!range.is(TypeKind::map)) return Value::error(Fault::type);
        std::vector<Value> keys;
        for (std::size_t i = 0; i < range.items().size(); i += 2) keys.push_back(range.items()[i]);
        return Value::list(std::move(keys));
    }

    Value comprehension(NodeId id, const Step& step) {
        const Value range = range_of(id);
        if (!range.is_value()) return range;
        if (program_.mode() != CheckMode::full_cel && range.items().size() > max_members)
            return Value::error(Fault::limit);
        members_.push_back(0);
        Value result = walk(id, step, range.items());
        members_.pop_back();
        return result;
    }

    Value walk(NodeId id, const Step& step, std::span<const Value> items) {
        switch (ast_.node(id).macro()) {
            case Macro::all:
                return fold_members(id, step, items, LogicalFold::Kind::all);
            case Macro::exists:
                return fold_members(id, step, items, LogicalFold::Kind::any);
            case Macro::exists_one:
            case Macro::filter:
                return select_members(id, step, items);
            case Macro::map:
                return map_members(id, step, items);
        }
        return Value::error(Fault::type);
    }

    Value run_for_member(NodeId body, const Step& step, const Value& item, std::size_t i) {
        locals_[step.slot] = item;
        members_.back() = static_cast<std::uint32_t>(i);
        return run(body);
    }

    Value fold_members(NodeId id, const Step& step, std::span<const Value> items, LogicalFold::Kind kind) {
        LogicalFold fold(kind);
        for (std::size_t i = 0; i < items.size(); ++i) {
            fold.add(run_for_member(ast_.child(id, 1), step, items[i], i));
            if (fold.is_decided() && trace_ == nullptr) break;
        }
        return std::move(fold).result();
    }

    static Value as_truth(Value value) {
        const bool fits = value.is(TypeKind::boolean) || value.is_error() || value.is_unknown();
        return fits ? value : Value::error(Fault::type);
    }

    Value select_members(NodeId id, const Step& step, std::span<const Value> items) {
        std::vector<Value> chosen;
        StrictFold strict;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Value truth = as_truth(run_for_member(ast_.child(id, 1), step, items[i], i));
            strict.add(truth);
            if (truth.is_true()) chosen.push_back(items[i]);
        }
        if (strict.stops()) return std::move(strict).result();
        if (ast_.node(id).macro() == Macro::exists_one) return Value::boolean(chosen.size() == 1);
        return Value::list(std::move(chosen));
    }

    Value map_members(NodeId id, const Step& step, std::span<const Value> items) {
        const auto children = ast_.children_of(id);
        const bool has_filter = children.size() == 3;
        std::vector<Value> results;
        StrictFold strict;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (has_filter) {
                const Value truth = as_truth(run_for_member(children[1], step, items[i], i));
                strict.add(truth);
                if (!truth.is_true() && trace_ == nullptr) continue;
                const Value result = run_for_member(children[2], step, items[i], i);
                if (!truth.is_true()) continue;
                strict.add(result);
                results.push_back(result);
                continue;
            }
            results.push_back(run_for_member(children[1], step, items[i], i));
            strict.add(results.back());
        }
        if (strict.stops()) return std::move(strict).result();
        return Value::list(std::move(results));
    }

    const Program& program_;
    const Ast& ast_;
    const Activation& activation_;
    Trace* trace_;
    std::vector<Value> locals_;
    std::vector<std::uint32_t> members_;
};

}  // namespace

Value evaluate(const Program& program, const Activation& activation) {
    return Evaluation(program, activation, nullptr).run(program.root());
}

Value evaluate_node(const Program& program, NodeId node, const Activation& activation) {
    return Evaluation(program, activation, nullptr).run(node);
}

Value evaluate_node(const Program& program, NodeId node, const Activation& activation, const Value& member) {
    return Evaluation(program, activation, nullptr, member).run(node);
}

Value evaluate(const Program& program, const Activation& activation, Trace& trace) {
    trace.entries.clear();
    trace.is_cut = false;
    return Evaluation(program, activation, &trace).run(program.root());
}

}  // namespace doudi::expr
