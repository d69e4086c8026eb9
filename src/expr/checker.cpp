// SPDX-License-Identifier: Apache-2.0
#include "expr/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "expr/guards.h"
#include "expr/parse.h"
#include "expr/source_error.h"

namespace doudi::expr {

Checker::Checker(Ast ast, const Schema& schema, CheckMode mode) : schema_(schema) {
    program_.ast_ = std::move(ast);
    program_.steps_.resize(program_.ast_.nodes.size());
    program_.mode_ = mode;
}

std::expected<Program, std::vector<Error>> Checker::run() {
    const NodeId root = program_.root();
    const Type type = visit(root);
    if (program_.mode_ == CheckMode::pack_condition) {
        expect(root, type, TypeKind::boolean);
        require_present(root);
    }
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    const auto tidy = [](auto& list) {
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    tidy(program_.referenced_fields_);
    tidy(program_.referenced_members_);
    return std::move(program_);
}

Type Checker::refuse(NodeId id, std::string code, Text text) {
    const std::size_t offset = ast().node(id).point;
    errors_.push_back(
        source_error(ast().source, offset, ErrorKind::invalid, std::move(code), std::move(text)));
    return TypeKind::poison;
}

Type Checker::refuse_in_packs(NodeId id, const Text& what) {
    return refuse(id, "cel_not_in_packs",
                  {fmt::format("政策包里不能用{}", what.zh), fmt::format("packs cannot use {}", what.en)});
}

bool Checker::expect(NodeId id, Type actual, TypeKind wanted) {
    if (is_open(actual) || actual.kind == wanted) return true;
    const Text is = type_text(actual);
    const Text should = type_text(wanted);
    refuse(id, "cel_type",
           {fmt::format("这里应当是{}，却是{}", should.zh, is.zh),
            fmt::format("expected {} here, found {}", should.en, is.en)});
    return false;
}

bool Checker::is_guarded(const std::string& path) const {
    return !path.empty() && std::ranges::find(guarded_, path) != guarded_.end();
}

void Checker::require_present(NodeId id) {
    if (is_full() || !step(id).may_be_none) return;
    const std::string path = path_text(ast(), id);
    if (is_guarded(path)) return;
    const std::string guard = path.empty() ? "has(…)" : fmt::format("has({})", path);
    refuse(id, "cel_maybe_none",
           {fmt::format("这里可能没有值：先用 {} 判断", guard),
            fmt::format("this may be none: guard it with {}", guard)});
}

Type Checker::visit_guarded(NodeId id, const std::vector<std::string>& guards) {
    const std::size_t before = guarded_.size();
    guarded_.insert(guarded_.end(), guards.begin(), guards.end());
    const Type type = visit(id);
    require_present(id);
    guarded_.resize(before);
    return type;
}

const Checker::Local* Checker::find_local(std::string_view name) const {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
        if (local->name == name) return &*local;
    return nullptr;
}

Type Checker::visit(NodeId id) {
    const Type type = visit_kind(id);
    step(id).type = type;
    return type;
}

Type Checker::visit_kind(NodeId id) {
    switch (ast().node(id).kind) {
        case NodeKind::null_literal:
        case NodeKind::bool_literal:
        case NodeKind::int_literal:
        case NodeKind::uint_literal:
        case NodeKind::string_literal:
        case NodeKind::bytes_literal:
            return visit_literal(id);
        case NodeKind::decimal_literal:
            return visit_decimal(id);
        case NodeKind::name:
            return visit_name(id);
        case NodeKind::select:
            return visit_select(id);
        case NodeKind::index:
            return visit_index(id);
        case NodeKind::call:
        case NodeKind::method:
            return visit_call(id);
        case NodeKind::list:
            return visit_list(id);
        case NodeKind::map:
            return visit_map(id);
        case NodeKind::negate:
            return visit_negate(id);
        case NodeKind::logical_not:
            return visit_not(id);
        case NodeKind::logical_and:
        case NodeKind::logical_or:
            return visit_logical(id);
        case NodeKind::binary:
            return visit_binary(id);
        case NodeKind::conditional:
            return visit_conditional(id);
        case NodeKind::has:
            return visit_has(id);
        case NodeKind::comprehension:
            return visit_comprehension(id);
    }
    return TypeKind::poison;
}

Type Checker::set_constant(NodeId id, Value value, Type type) {
    step(id).kind = StepKind::constant;
    step(id).constant = static_cast<std::uint32_t>(program_.constants_.size());
    program_.constants_.push_back(std::move(value));
    return type;
}

Type Checker::visit_literal(NodeId id) {
    const Node& node = ast().node(id);
    switch (node.kind) {
        case NodeKind::null_literal:
            step(id).may_be_none = true;
            return set_constant(id, Value::none(), TypeKind::null);
        case NodeKind::bool_literal:
            return set_constant(id, Value::boolean(node.number != 0), TypeKind::boolean);
        case NodeKind::int_literal:
            return set_constant(id, Value::integer(node.number), TypeKind::integer);
        case NodeKind::string_literal:
            return set_constant(id, Value::string(ast().text(id)), TypeKind::string);
        case NodeKind::uint_literal:
            if (!is_full()) return refuse_in_packs(id, {"无符号整数", "uint"});
            return set_constant(id, Value::uinteger(std::bit_cast<std::uint64_t>(node.number)),
                                TypeKind::uinteger);
        default:
            if (!is_full()) return refuse_in_packs(id, {"字节串", "bytes"});
            return set_constant(id, Value::bytes(ast().text(id)), TypeKind::bytes);
    }
}

// A ratio in packs, exactly; a double in CEL (semantics 15).
Type Checker::visit_decimal(NodeId id) {
    const std::string& text = ast().text(id);
    if (is_full())
        return set_constant(id, Value::floating(std::strtod(text.c_str(), nullptr)), TypeKind::floating);
    const auto ratio = Rational::parse_decimal(text);
    if (!ratio)
        return refuse(id, "cel_decimal", {"这个小数不能精确表示", "this decimal cannot be held exactly"});
    return set_constant(id, Value::ratio(*ratio), TypeKind::ratio);
}

Type Checker::visit_name(NodeId id) {
    std::string_view name = ast().text(id);
    const bool is_rooted = name.starts_with('.');
    if (is_rooted) name.remove_prefix(1);
    if (const Local* local = is_rooted ? nullptr : find_local(name)) {
        step(id).kind = StepKind::local;
        step(id).slot = local->slot;
        return local->type;
    }
    if (const auto variable = schema_.find_variable(name)) {
        step(id).kind = StepKind::variable;
        step(id).ref = {*variable, FieldRef::whole};
        step(id).may_be_none = schema_.variable(*variable).presence == Presence::maybe_none;
        note_field(step(id).ref);
        return schema_.variable(*variable).type;
    }
    if (is_full()) {
        if (is_type_name(name)) return set_constant(id, Value::type(std::string(name)), TypeKind::type);
        step(id).kind = StepKind::fault;
        step(id).fault = Fault::name;
        return TypeKind::dyn;
    }
    return refuse(id, "cel_unknown_name",
                  {fmt::format("没有名为 {} 的量", name), fmt::format("there is nothing called {}", name)});
}

// In full CEL `a.b.c` may be one name that holds points: the longest one that there is wins, but a member's
// name wins over all.
std::optional<VariableId> Checker::qualified_variable(NodeId id) const {
    const std::string path = path_text(ast(), id);
    if (!is_full() || path.empty() || find_local(path.substr(0, path.find('.'))) != nullptr)
        return std::nullopt;
    return schema_.find_variable(path.starts_with('.') ? path.substr(1) : path);
}

// google.protobuf.Timestamp: a type whose name holds points. Empty if it is none.
std::string Checker::qualified_type(NodeId id) const {
    std::string path = path_text(ast(), id);
    if (!is_full() || path.empty() || find_local(path.substr(0, path.find('.'))) != nullptr) return {};
    if (path.starts_with('.')) path.erase(0, 1);
    return is_type_name(path) ? path : std::string{};
}

Type Checker::visit_select(NodeId id) {
    const NodeId operand = ast().child(id, 0);
    if (const auto variable = qualified_variable(id)) {
        step(id).kind = StepKind::variable;
        step(id).ref = {*variable, FieldRef::whole};
        note_field(step(id).ref);
        return schema_.variable(*variable).type;
    }
    if (const std::string name = qualified_type(id); !name.empty())
        return set_constant(id, Value::type(name), TypeKind::type);
    const std::size_t notes = program_.referenced_fields_.size();
    const Type type = visit(operand);
    if (type.kind == TypeKind::structure) {
        const Step& below = step(operand);
        const bool of_variable = below.kind == StepKind::variable;
        if (of_variable) program_.referenced_fields_.resize(notes);  // only the field is read, not the whole
        return select_of_struct(id, type);
    }
    if (is_full()) {
        step(id).kind = StepKind::key;
        return TypeKind::dyn;
    }
    if (is_open(type)) return TypeKind::poison;
    const Text is = type_text(type);
    return refuse(id, "cel_no_fields",
                  {fmt::format("{}没有字段", is.zh), fmt::format("a value of type {} has no fields", is.en)});
}

Type Checker::select_of_struct(NodeId id, Type operand) {
    const NodeId below = ast().child(id, 0);
    require_present(below);
    const auto field = schema_.find_field(operand.structure, ast().text(id));
    if (!field) {
        const std::string& owner = schema_.struct_name(operand.structure);
        if (is_full()) {
            step(id).kind = StepKind::fault;
            step(id).fault = Fault::key;
            return TypeKind::dyn;
        }
        return refuse(id, "cel_unknown_name",
                      {fmt::format("{} 没有字段 {}", owner, ast().text(id)),
                       fmt::format("{} has no field {}", owner, ast().text(id))});
    }
    const NamedType& named = schema_.field(operand.structure, *field);
    step(id).may_be_none = named.presence == Presence::maybe_none;
    if (step(below).kind == StepKind::variable) {
        step(id).kind = StepKind::field_of;
        step(id).ref = {step(below).ref.variable, *field};
        note_field(step(id).ref);
    } else {
        step(id).kind = StepKind::member_field;
        step(id).member = {operand.structure, *field};
        program_.referenced_members_.push_back(step(id).member);
    }
    return named.type;
}

Type Checker::visit_has(NodeId id) {
    const NodeId operand = ast().child(id, 0);
    step(id).kind = StepKind::has;
    visit(operand);
    const NodeKind kind = ast().node(operand).kind;
    const bool is_path = is_full() ? kind == NodeKind::select : !path_text(ast(), operand).empty();
    if (!is_path)
        return refuse(operand, "cel_has",
                      {"has 里只能是字段，如 has(row.status)", "has takes a field, as in has(row.status)"});
    return TypeKind::boolean;
}

Type Checker::visit_list(NodeId id) {
    step(id).kind = StepKind::list;
    Type element;
    for (const NodeId child : ast().children_of(id)) {
        const Type type = visit(child);
        if (is_full()) continue;
        require_present(child);
        if (type.kind == TypeKind::list) {
            refuse(child, "cel_nested_list", {"列表里不能再有列表", "a list cannot hold lists"});
        } else if (element.kind == TypeKind::poison) {
            element = type;
        } else {
            expect(child, type, element.kind);
        }
    }
    return is_full() ? Type(TypeKind::dyn) : Type::list_of(element);
}

Type Checker::visit_map(NodeId id) {
    step(id).kind = StepKind::map;
    for (const NodeId child : ast().children_of(id)) visit(child);
    return is_full() ? Type(TypeKind::dyn) : refuse_in_packs(id, {"映射", "maps"});
}

Type Checker::visit_comprehension(NodeId id) {
    const Node& node = ast().node(id);
    const NodeId range = ast().child(id, 0);
    const Type type = visit(range);
    require_present(range);
    if (!is_full()) expect(range, type, TypeKind::list);
    if (!is_full() && locals_.size() >= max_pack_nesting)
        refuse(id, "cel_nesting",
               {fmt::format("成员遍历最多嵌套 {} 层", max_pack_nesting),
                fmt::format("members nest at most {} deep", max_pack_nesting)});
    const std::string& name = ast().text(id);
    if (!is_full() && (find_local(name) != nullptr || schema_.find_variable(name)))
        refuse(id, "cel_shadowed",
               {fmt::format("成员名 {} 已经有别的含义", name),
                fmt::format("the member's name {} means something else already", name)});
    const auto slot = static_cast<std::uint16_t>(locals_.size());
    program_.slots_ = std::max<std::uint16_t>(program_.slots_, static_cast<std::uint16_t>(slot + 1));
    step(id).kind = StepKind::comprehension;
    step(id).slot = slot;
    const Type element = type.kind == TypeKind::list ? type.element_type() : Type(TypeKind::dyn);
    locals_.push_back({name, element, slot});
    const Type result = body_type(id, node.macro(), element);
    locals_.pop_back();
    return result;
}

Type Checker::body_type(NodeId id, Macro macro, Type element) {
    const auto children = ast().children_of(id);
    Type result;
    const std::size_t before = guarded_.size();
    for (std::size_t i = 1; i < children.size(); ++i) {
        result = visit(children[i]);
        require_present(children[i]);
        const bool is_predicate = macro != Macro::map || i + 1 < children.size();
        if (is_predicate && !is_full()) expect(children[i], result, TypeKind::boolean);
        if (is_predicate && macro == Macro::map) {
            const Guards guards = guards_of(ast(), children[i]);
            guarded_.insert(guarded_.end(), guards.if_true.begin(), guards.if_true.end());
        }
    }
    guarded_.resize(before);
    if (is_full()) return TypeKind::dyn;
    if (macro == Macro::filter) return Type::list_of(element);
    if (macro != Macro::map) return TypeKind::boolean;
    if (result.kind == TypeKind::list)
        return refuse(id, "cel_nested_list", {"列表里不能再有列表", "a list cannot hold lists"});
    return Type::list_of(result);
}

std::expected<Program, std::vector<Error>> check_all(Ast ast, const Schema& schema, CheckMode mode) {
    return Checker(std::move(ast), schema, mode).run();
}

Result<Program> check(Ast ast, const Schema& schema, CheckMode mode) {
    auto checked = check_all(std::move(ast), schema, mode);
    if (checked) return std::move(*checked);
    std::vector<Error>& errors = checked.error();
    Error all = errors.front();
    for (std::size_t i = 1; i < errors.size(); ++i) {
        all.text.zh += "\n" + errors[i].message(Lang::zh);
        all.text.en += "\n" + errors[i].message(Lang::en);
    }
    return std::unexpected(std::move(all));
}

Result<Program> compile(std::string_view source, const Schema& schema, CheckMode mode) {
    return check(TRY(parse(source)), schema, mode);
}

}  // namespace doudi::expr
