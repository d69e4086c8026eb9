// SPDX-License-Identifier: Apache-2.0
// For the room's tests: a small subject (a row, a household with members, parameters) and its facts by name.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "expr/check.h"
#include "expr/evaluate.h"
#include "expr/parse.h"

namespace doudi::expr::test {

// a, b, c: bool. i, j: int. m, n: money. r: ratio. d: date. s, t: string. maybe_i, maybe_s, maybe_b: may be
// none. row.status: string, row.amount: money (both may be none). household.size: int, household.members:
// list of Member (age: int, name: string, income: money that may be none, student: bool, kind: string that
// may be none, share: ratio, since: date, level: int that may be none). param.standard: money. as_of: date.
struct Subject : Activation {
    Schema schema;
    StructId member = 0;
    std::map<FieldRef, Value> facts;
    std::vector<std::map<FieldId, Value>> members;

    Subject() {
        for (const char* name : {"a", "b", "c"}) schema.add_variable(name, TypeKind::boolean);
        for (const char* name : {"i", "j"}) schema.add_variable(name, TypeKind::integer);
        for (const char* name : {"m", "n"}) schema.add_variable(name, TypeKind::money);
        schema.add_variable("r", TypeKind::ratio);
        schema.add_variable("d", TypeKind::date);
        for (const char* name : {"s", "t"}) schema.add_variable(name, TypeKind::string);
        schema.add_variable("maybe_i", TypeKind::integer, Presence::maybe_none);
        schema.add_variable("maybe_s", TypeKind::string, Presence::maybe_none);
        schema.add_variable("maybe_b", TypeKind::boolean, Presence::maybe_none);
        schema.add_variable("numbers", Type::list_of(TypeKind::integer));
        schema.add_variable("as_of", TypeKind::date);
        const StructId row = schema.add_struct("Row");
        schema.add_field(row, "status", TypeKind::string);
        schema.add_field(row, "amount", TypeKind::money);
        schema.add_variable("row", Type::structure_of(row));
        member = schema.add_struct("Member");
        schema.add_field(member, "age", TypeKind::integer, Presence::always);
        schema.add_field(member, "name", TypeKind::string, Presence::always);
        schema.add_field(member, "income", TypeKind::money);
        schema.add_field(member, "student", TypeKind::boolean, Presence::always);
        schema.add_field(member, "kind", TypeKind::string);
        schema.add_field(member, "share", TypeKind::ratio, Presence::always);
        schema.add_field(member, "since", TypeKind::date, Presence::always);
        schema.add_field(member, "level", TypeKind::integer);
        const StructId household = schema.add_struct("Household");
        schema.add_field(household, "size", TypeKind::integer, Presence::always);
        schema.add_field(household, "members", Type::list_of(Type::structure_of(member)), Presence::always);
        schema.add_variable("household", Type::structure_of(household));
        const StructId param = schema.add_struct("Param");
        schema.add_field(param, "standard", TypeKind::money, Presence::always);
        schema.add_variable("param", Type::structure_of(param));
    }

    [[nodiscard]] FieldRef ref(std::string_view path) const {
        const auto point = path.find('.');
        const VariableId variable = schema.find_variable(path.substr(0, point)).value();
        if (point == std::string_view::npos) return {variable, FieldRef::whole};
        const StructId structure = schema.variable(variable).type.structure;
        return {variable, schema.find_field(structure, path.substr(point + 1)).value()};
    }
    Subject& set(std::string_view path, Value value) {
        facts[ref(path)] = std::move(value);
        return *this;
    }
    // Adds a member with these fields.
    Subject& add_member(std::vector<std::pair<std::string, Value>> fields) {
        std::map<FieldId, Value> values;
        for (auto& [name, value] : fields) values[schema.find_field(member, name).value()] = std::move(value);
        members.push_back(std::move(values));
        return *this;
    }

    // What was never told is unknown, by a number of its own.
    [[nodiscard]] Value get(FieldRef field) const override {
        if (field == ref("household.members") && !facts.contains(field)) {
            std::vector<Value> handles;
            for (std::size_t i = 0; i < members.size(); ++i) handles.push_back(Value::structure({member, i}));
            return Value::list(std::move(handles));
        }
        const auto found = facts.find(field);
        return found == facts.end() ? Value::unknown(1'000U + field.variable) : found->second;
    }
    [[nodiscard]] Value get_member(StructHandle owner, FieldId field) const override {
        const auto& values = members[owner.row];
        const auto found = values.find(field);
        return found == values.end() ? Value::unknown(static_cast<FactId>(2'000 + owner.row)) : found->second;
    }

    // The answer, with and without a trace the same; "refused: …" if it does not compile.
    [[nodiscard]] Value run(std::string_view text, CheckMode mode = CheckMode::pack_value) const {
        const auto program = compile(text, schema, mode);
        if (!program) return Value::string("refused: " + program.error().code);
        Trace trace;
        const Value value = evaluate(*program, *this);
        const Value traced = evaluate(*program, *this, trace);
        const bool same = same_answer(value, traced) && std::ranges::equal(value.facts(), traced.facts());
        return same ? value : Value::string("differs with a trace: " + traced.text());
    }
    [[nodiscard]] std::string answer(std::string_view text, CheckMode mode = CheckMode::pack_value) const {
        return run(text, mode).text();
    }
    // The codes of what the checker refuses, in order; empty if nothing.
    [[nodiscard]] std::string refusals(std::string_view text, CheckMode mode = CheckMode::pack_value) const {
        auto ast = parse(text);
        if (!ast) return ast.error().code;
        const auto program = check_all(std::move(*ast), schema, mode);
        std::string codes;
        if (program) return codes;
        for (const Error& error : program.error()) codes += (codes.empty() ? "" : " ") + error.code;
        return codes;
    }
};

}  // namespace doudi::expr::test
