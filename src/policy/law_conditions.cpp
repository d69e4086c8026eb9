// SPDX-License-Identifier: Apache-2.0
#include "policy/law_conditions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "policy/condition.h"

namespace doudi::policy {

namespace {

using expr::NodeId;
using expr::NodeKind;
using expr::StepKind;

// The element of a list of records that a number of a name stands for; null if it stands for none.
template <class Element>
const Element* element_of(const std::vector<Element>& elements, const std::vector<int>& numbers,
                          std::size_t name) {
    const int index = name < numbers.size() ? numbers[name] : -1;
    return index < 0 ? nullptr : &elements[static_cast<std::size_t>(index)];
}

bool is_equality_or_in(const expr::Node& node) {
    if (node.kind != NodeKind::binary) return false;
    const expr::BinaryOp op = node.binary_op();
    return op == expr::BinaryOp::equal || op == expr::BinaryOp::not_equal || op == expr::BinaryOp::in;
}

std::string joined_types(const std::vector<expr::TypeKind>& kinds, Lang lang) {
    std::vector<std::string> names;
    for (const expr::TypeKind kind : kinds) names.push_back(expr::type_text(kind).in(lang));
    return fmt::format("{}", fmt::join(names, lang == Lang::zh ? "或" : " or "));
}

}  // namespace

std::optional<expr::Program> LawConditions::compile(const YamlValue& at, const ConditionPlace& place,
                                                    expr::CheckMode mode) const {
    const std::optional<std::string> text = at.text();
    if (!text) return std::nullopt;
    auto program = compile_condition(at, *text, law_.names.schema, mode);
    if (program) {
        check_names(at, place, *program);
        check_words(at, *program);
    }
    return program;
}

std::optional<expr::Program> LawConditions::condition(const YamlValue& at,
                                                      const ConditionPlace& place) const {
    return compile(at, place, expr::CheckMode::pack_condition);
}

std::optional<expr::Program> LawConditions::value(const YamlValue& at, const ConditionPlace& place,
                                                  const std::vector<expr::TypeKind>& kinds) const {
    auto program = compile(at, place, expr::CheckMode::pack_value);
    if (!program) return program;
    const expr::Type type = program->result_type();
    if (std::ranges::find(kinds, type.kind) == kinds.end()) {
        const Text is = expr::type_text(type);
        at.fault("value_type", fmt::format("这里应当是{}，却是{}", joined_types(kinds, Lang::zh), is.zh),
                 fmt::format("expected {} here, found {}", joined_types(kinds, Lang::en), is.en));
    } else if (program->step(program->root()).may_be_none) {
        at.fault("value_none", "这里可能没有值：先用 has(…) 判断", "this may be none: guard it with has(…)");
    }
    return program;
}

std::optional<expr::Program> LawConditions::fact_value(const YamlValue& at,
                                                       const FactDefinition& fact) const {
    const ConditionPlace place{fact.of, ConditionPlace::Categories::none};
    if (!fact.may_be_none) {
        auto program = value(at, place, {type_of(fact.type)});
        if (program) check_answers(at, *program, fact);
        return program;
    }
    auto program = compile(at, place, expr::CheckMode::pack_value);
    if (!program) return program;
    const expr::Type type = program->result_type();
    if (type.kind != type_of(fact.type)) {
        const Text is = expr::type_text(type);
        const Text should = expr::type_text(type_of(fact.type));
        at.fault("value_type", fmt::format("这里应当是{}，却是{}", should.zh, is.zh),
                 fmt::format("expected {} here, found {}", should.en, is.en));
    }
    check_answers(at, *program, fact);
    return program;
}

ConditionLine LawConditions::line(const YamlValue& at, std::string_view key, const ElementDraft& element,
                                  const ConditionPlace& place) const {
    ConditionLine read;
    read.place = at.place();
    if (!at.is_mapping()) {
        read.cite = element.cite_of_part(key, nullptr);
        read.text = at.is_scalar() ? at.text().value_or("") : "";
        if (auto program = condition(at, place)) read.program = std::move(*program);
        return read;
    }
    const auto record = at.record({"if", "say", "cite"});
    if (!record) return read;
    read.cite = element.cite_of_part(key, &*record);
    if (const YamlValue* say = record->find("say")) read.say = say->bilingual().value_or(Text{});
    const YamlValue* text = record->need("if");
    if (text == nullptr) return read;
    read.place = text->place();
    read.text = text->is_scalar() ? text->text().value_or("") : "";
    if (auto program = condition(*text, place)) read.program = std::move(*program);
    return read;
}

Condition LawConditions::lines(const YamlValue& at, std::string_view key, const ElementDraft& element,
                               const ConditionPlace& place) const {
    Condition read;
    for (const YamlValue& item : at.one_or_list()) read.push_back(line(item, key, element, place));
    if (read.empty()) at.fault("no_condition", "至少要有一个条件", "at least one condition is needed");
    return read;
}

void LawConditions::check_names(const YamlValue& at, const ConditionPlace& place,
                                const expr::Program& program) const {
    const expr::Ast& ast = program.ast();
    for (NodeId node = 0; node < ast.nodes.size(); ++node) {
        const expr::Step& step = program.step(node);
        if (ast.node(node).kind != NodeKind::name || step.kind != StepKind::variable) continue;
        if (step.ref.variable == law_.names.person && place.about != Subject::person) {
            at.faults().add(
                "person_of_household",
                {"这里说的是户，不能用 person；逐人判断请用 members.exists 或 members.all",
                 "this is about a household and cannot name person; use members.exists or members.all"},
                place_of_node(at, ast, node));
        }
        const std::vector<int>& numbers = law_.names.category_of_variable;
        const int category = step.ref.variable < numbers.size() ? numbers[step.ref.variable] : -1;
        if (category >= 0) check_category(at, place, program, node, category);
    }
}

void LawConditions::check_category(const YamlValue& at, const ConditionPlace& place,
                                   const expr::Program& program, NodeId node, int category) const {
    const Category& named = law_.categories[static_cast<std::size_t>(category)];
    const auto refuse = [&](std::string code, Text text) {
        at.faults().add(std::move(code), std::move(text), place_of_node(at, program.ast(), node));
    };
    if (place.categories == ConditionPlace::Categories::none) {
        refuse("category_in_fact",
               {fmt::format("推算的事实不能引用类别“{}”", named.id),
                fmt::format("a derived fact cannot name a category, as '{}' is", named.id)});
        return;
    }
    if (!named.is_determined()) {
        refuse("category_without_rule",
               {fmt::format("类别“{}”没有规则（when 或 open_rule）", named.id),
                fmt::format("the category '{}' has no rule (when or open_rule)", named.id)});
    }
    const bool of_persons_in_household = place.categories == ConditionPlace::Categories::verdicts &&
                                         place.about == Subject::household &&
                                         named.subject == Subject::person;
    if (of_persons_in_household) {
        refuse("person_of_household",
               {fmt::format("这里说的是户，“{}”却是个人的类别", named.id),
                fmt::format("this is about a household, '{}' is a category of persons", named.id)});
    }
}

// What a step may be compared with, where it is a fact of few words or the category that is left.
std::optional<std::vector<std::string_view>> LawConditions::words_of(const expr::Step& step) const {
    const LawNames& names = law_.names;
    const FactDefinition* fact = nullptr;
    if (step.kind == StepKind::variable) {
        fact = element_of(law_.facts, names.fact_of_variable, step.ref.variable);
    } else if (step.kind == StepKind::field_of && step.ref.variable == names.person) {
        fact = element_of(law_.facts, names.fact_of_person_field, step.ref.field);
    } else if (step.kind == StepKind::member_field && step.member.structure == names.person_struct) {
        fact = element_of(law_.facts, names.fact_of_person_field, step.member.field);
    } else if (step.kind == StepKind::field_of && step.ref.variable == names.application) {
        fact = element_of(law_.facts, names.fact_of_application_field, step.ref.field);
        if (step.ref.field == names.leaving) {
            std::vector<std::string_view> ids;
            for (const Category& category : law_.categories) ids.push_back(category.id);
            return ids;
        }
    }
    if (fact == nullptr || fact->type != FactType::word) return std::nullopt;
    std::vector<std::string_view> words;
    for (const FactWord& word : fact->words) words.push_back(word.id);
    return words;
}

void LawConditions::check_words(const YamlValue& at, const expr::Program& program) const {
    const expr::Ast& ast = program.ast();
    for (NodeId node = 0; node < ast.nodes.size(); ++node) {
        if (!is_equality_or_in(ast.node(node))) continue;
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            const auto words = words_of(program.step(ast.child(node, side)));
            if (!words) continue;
            const NodeId other = ast.child(node, 1 - side);
            if (ast.node(other).kind == NodeKind::list) {
                for (const NodeId item : ast.children_of(other)) check_word(at, program, item, *words);
            } else {
                check_word(at, program, other, *words);
            }
        }
    }
}

void LawConditions::check_word(const YamlValue& at, const expr::Program& program, NodeId literal,
                               const std::vector<std::string_view>& words) const {
    const expr::Ast& ast = program.ast();
    if (ast.node(literal).kind != NodeKind::string_literal) return;
    const std::string& written = ast.text(literal);
    if (std::ranges::find(words, std::string_view(written)) != words.end()) return;
    Text hint = nearest_hint(written, words);
    if (hint.en.empty() && words.size() <= 10) {
        hint = {fmt::format("；可用：{}", fmt::join(words, "、")),
                fmt::format("; known: {}", fmt::join(words, ", "))};
    }
    at.faults().add("unknown_word",
                    {fmt::format("没有这个取值“{}”{}", written, hint.zh),
                     fmt::format("there is no word '{}' here{}", written, hint.en)},
                    place_of_node(at, ast, literal));
}

// A derived fact of few words can only give those: what stands at the ends of `? :`.
void LawConditions::check_answers(const YamlValue& at, const expr::Program& program,
                                  const FactDefinition& fact) const {
    if (fact.type != FactType::word) return;
    std::vector<std::string_view> words;
    for (const FactWord& word : fact.words) words.push_back(word.id);
    std::vector<NodeId> ends{program.root()};
    while (!ends.empty()) {
        const NodeId node = ends.back();
        ends.pop_back();
        if (program.ast().node(node).kind == NodeKind::conditional) {
            ends.push_back(program.ast().child(node, 2));
            ends.push_back(program.ast().child(node, 1));
        } else {
            check_word(at, program, node, words);
        }
    }
}

}  // namespace doudi::policy
