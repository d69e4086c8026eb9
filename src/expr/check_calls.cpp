// SPDX-License-Identifier: Apache-2.0
// The functions' arguments, and what can be computed once: date("…"), yuan("…"), the pattern of matches.
#include <fmt/format.h>
#include <re2/re2.h>

#include "expr/checker.h"

namespace doudi::expr {

namespace {

bool is_sum_type(TypeKind kind) {
    return kind == TypeKind::integer || kind == TypeKind::money || kind == TypeKind::amount ||
           kind == TypeKind::ratio;
}

}  // namespace

Type Checker::visit_call(NodeId id) {
    const bool is_method = ast().node(id).kind == NodeKind::method;
    const std::string& name = ast().text(id);
    std::vector<Type> arguments;
    for (const NodeId child : ast().children_of(id)) arguments.push_back(visit(child));
    const FunctionEntry* entry = find_function(name, is_method);
    step(id).kind = StepKind::call;
    step(id).constant = Program::no_constant;
    const bool unknown = entry == nullptr || arguments.size() < entry->least_arguments ||
                         arguments.size() > entry->most_arguments;
    if (unknown && is_full()) {
        step(id).kind = StepKind::fault;
        step(id).fault = entry == nullptr ? Fault::name : Fault::type;
        return TypeKind::dyn;
    }
    if (entry == nullptr)
        return refuse(id, "cel_unknown_function",
                      {fmt::format("没有函数 {}", name), fmt::format("there is no function {}", name)});
    if (unknown)
        return refuse(id, "cel_arguments",
                      {fmt::format("{} 的参数个数不对", name),
                       fmt::format("{} takes another number of arguments", name)});
    step(id).function = entry->function;
    if (!is_full() && !entry->in_packs) return refuse_in_packs(id, {"函数 " + name, "the function " + name});
    if (!is_full() && entry->function != Function::known)
        for (const NodeId child : ast().children_of(id)) require_present(child);
    if (entry->function == Function::date || entry->function == Function::yuan)
        return constant_call(id, entry->function);
    if (entry->function == Function::matches) compile_pattern(id);
    return is_full() ? Type(TypeKind::dyn) : call_type(id, entry->function, arguments);
}

Type Checker::call_type(NodeId id, Function function, const std::vector<Type>& arguments) {
    switch (function) {
        case Function::size: {
            const bool has_size = arguments[0].kind == TypeKind::list || is_open(arguments[0]);
            if (!has_size) expect(ast().child(id, 0), arguments[0], TypeKind::string);
            return TypeKind::integer;
        }
        case Function::starts_with:
        case Function::ends_with:
        case Function::contains:
        case Function::matches:
            return text_call_type(id, arguments);
        case Function::add_days:
        case Function::add_months:
            return date_call_type(id, arguments);
        case Function::round_fen:
            return round_call_type(id, arguments);
        case Function::sum:
        case Function::min:
        case Function::max:
            return aggregate_type(id, function, arguments);
        case Function::known:
            if (program_.mode_ == CheckMode::pack_condition)
                return refuse(id, "cel_known",
                              {"when 和 unless 里不能用 known", "known cannot be used in when and unless"});
            if (path_text(ast(), ast().child(id, 0)).empty())
                return refuse(id, "cel_known", {"known 里只能是字段", "known takes a field"});
            return TypeKind::boolean;
        default:
            return TypeKind::poison;
    }
}

Type Checker::text_call_type(NodeId id, const std::vector<Type>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i)
        expect(ast().child(id, i), arguments[i], TypeKind::string);
    return TypeKind::boolean;
}

Type Checker::date_call_type(NodeId id, const std::vector<Type>& arguments) {
    expect(ast().child(id, 0), arguments[0], TypeKind::date);
    expect(ast().child(id, 1), arguments[1], TypeKind::integer);
    return TypeKind::date;
}

Type Checker::round_call_type(NodeId id, const std::vector<Type>& arguments) {
    const NodeId mode = ast().child(id, 1);
    if (arguments[0].kind != TypeKind::money) expect(ast().child(id, 0), arguments[0], TypeKind::amount);
    const bool is_text = ast().node(mode).kind == NodeKind::string_literal;
    if (!is_text || !parse_rounding(ast().text(mode)))
        refuse(mode, "cel_rounding",
               {"取整方式是 \"down\"、\"up\"、\"half_up\" 或 \"half_even\"",
                "the rounding is \"down\", \"up\", \"half_up\" or \"half_even\""});
    return TypeKind::money;
}

// Of a list, or for min and max of two arguments and more.
Type Checker::aggregate_type(NodeId id, Function function, const std::vector<Type>& arguments) {
    Type element = arguments[0];
    if (arguments.size() == 1) {
        if (!expect(ast().child(id, 0), element, TypeKind::list) || is_open(element)) return TypeKind::poison;
        element = element.element_type();
    }
    for (std::size_t i = 1; i < arguments.size(); ++i) expect(ast().child(id, i), arguments[i], element.kind);
    if (is_open(element)) return function == Function::sum ? Type(TypeKind::integer) : element;
    const bool fits = function == Function::sum
                          ? is_sum_type(element.kind)
                          : is_ordered(element.kind, element.kind) && element.kind != TypeKind::boolean;
    if (fits) return element;
    const Text is = type_text(element);
    return refuse(id, "cel_type",
                  {fmt::format("{}不能这样汇总", is.zh), fmt::format("{} cannot be aggregated so", is.en)});
}

// date("2025-01-01") and yuan("1234.50") are literals that CEL has no spelling for: read once, here.
Type Checker::constant_call(NodeId id, Function function) {
    const NodeId argument = ast().child(id, 0);
    const TypeKind type = function == Function::date ? TypeKind::date : TypeKind::money;
    if (step(argument).kind == StepKind::constant) {
        Value value = call_function(function, {&program_.constants_[step(argument).constant], 1}, {});
        if (value.is_value()) return set_constant(id, std::move(value), type);
    }
    if (is_full()) return TypeKind::dyn;
    if (function == Function::date)
        return refuse(id, "cel_date",
                      {"写作 date(\"2025-01-31\")，须是有这一天的日期",
                       "write date(\"2025-01-31\"), a day that there is"});
    return refuse(
        id, "cel_money",
        {"写作 yuan(\"1234.50\")，最多两位小数", "write yuan(\"1234.50\"), with at most two decimals"});
}

void Checker::compile_pattern(NodeId id) {
    const NodeId argument = ast().child(id, 1);
    if (ast().node(argument).kind != NodeKind::string_literal) {
        if (!is_full())
            refuse(argument, "cel_pattern",
                   {"正则式必须写成文字", "the pattern must be written out as text"});
        return;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_shared<const re2::RE2>(ast().text(argument), options);
    if (!pattern->ok()) {
        if (!is_full())
            refuse(argument, "cel_pattern",
                   {fmt::format("正则式有误：{}", pattern->error()),
                    fmt::format("the pattern is wrong: {}", pattern->error())});
        return;
    }
    step(id).constant = static_cast<std::uint32_t>(program_.patterns_.size());
    program_.patterns_.push_back(std::move(pattern));
}

}  // namespace doudi::expr
