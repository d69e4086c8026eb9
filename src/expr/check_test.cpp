// SPDX-License-Identifier: Apache-2.0
#include "expr/check.h"

#include <doctest/doctest.h>

#include "expr/test_support.h"

namespace doudi::expr {
namespace {

using test::Subject;

TEST_CASE("every error is told at once, each with its line and column") {
    const Subject subject;
    const auto program =
        compile("nobody == 1 &&\n  m * n == m && i", subject.schema, CheckMode::pack_condition);
    REQUIRE_FALSE(program.has_value());
    CHECK(program.error().code == "cel_unknown_name");
    CHECK(program.error().message(Lang::en) ==
          "1:1: there is nothing called nobody\nnobody == 1 &&\n^\n"
          "2:5: money and money do not go together here: money times money means nothing\n"
          "  m * n == m && i\n    ^\n"
          "2:17: expected bool here, found int\n  m * n == m && i\n                ^");
    CHECK(program.error().text.zh.starts_with("没有名为 nobody 的量\n"));
}

TEST_CASE("a condition must be a bool, a value may be anything") {
    const Subject subject;
    CHECK(subject.refusals("m", CheckMode::pack_condition) == "cel_type");
    CHECK(subject.refusals("m", CheckMode::pack_value).empty());
    const auto value = compile("m / i", subject.schema, CheckMode::pack_value);
    REQUIRE(value.has_value());
    CHECK(value->result_type() == Type(TypeKind::amount));
}

TEST_CASE("one mistake is told once") {
    const Subject subject;
    CHECK(subject.refusals("nobody + 1 < nobody.x && !nobody") ==
          "cel_unknown_name cel_unknown_name cel_unknown_name");
    CHECK(subject.refusals("household.members.all(x, x.nothing > 1)") == "cel_unknown_name");
}

TEST_CASE("types that do not go together are refused") {
    const Subject subject;
    for (const char* text : {"s == 1",
                             "s < 1",
                             "a < b",
                             "a + b",
                             "i && a",
                             "!i",
                             "-s",
                             "i ? 1 : 2",
                             "a ? 1 : s",
                             "[1, \"x\"] == numbers",
                             "s in numbers",
                             "1 in s",
                             "numbers[s]",
                             "s.startsWith(1)",
                             "size(i)",
                             "i == m",
                             "household == household",
                             "numbers + [\"x\"]",
                             "i.addDays(1)",
                             "numbers.all(x, x)",
                             "numbers.filter(x, x + 1)",
                             "i.all(x, true)"})
        CHECK_MESSAGE(subject.refusals(text) == "cel_type", text);
    CHECK(subject.refusals("s.status") == "cel_no_fields");
    CHECK(subject.refusals("[[1]]") == "cel_nested_list");
    CHECK(subject.refusals("has(i + 1)") == "cel_has");
    CHECK(subject.refusals("s.startsWith()") == "cel_arguments");
    CHECK(subject.refusals("numbers == [] && s in [] && [1] + [] == numbers").empty());
}

TEST_CASE("a program names the fields that it reads, each once, and no others") {
    const Subject subject;
    const auto program =
        compile("row.status == \"有效\" && row.status != s && household.members.exists(x, x.age < 16)",
                subject.schema, CheckMode::pack_condition);
    REQUIRE(program.has_value());
    const std::vector<FieldRef> fields{subject.ref("s"), subject.ref("row.status"),
                                       subject.ref("household.members")};
    CHECK(program->referenced_fields() == fields);
    CHECK(program->referenced_members() == std::vector<MemberField>{{subject.member, 0}});
    CHECK(program->slots() == 1);
}

TEST_CASE("what is checked never meets a type error, whatever the facts are") {
    const std::vector<std::string> conditions{
        "row.status == \"有效\" && i > 3",
        "has(row.amount) && row.amount < 1.5 * param.standard * i",
        "household.members.exists(x, x.student || x.age < 16) ? a : i in numbers",
        "(has(maybe_i) ? maybe_i : 0) + i < 5",
        "as_of - d > 90 || d.addMonths(12) < as_of",
        "sum(household.members.map(x, has(x.income), x.income)) / household.size < param.standard"};
    const std::vector<Value> lanes{Value::none(), Value::unknown(1)};
    for (const std::string& text : conditions) {
        Subject subject;
        subject.add_member({{"age", Value::integer(3)}, {"income", Value::none()}});
        const auto program = compile(text, subject.schema, CheckMode::pack_condition);
        REQUIRE_MESSAGE(program.has_value(), program.error().message(Lang::en));
        for (const FieldRef field : program->referenced_fields()) {
            const NamedType& variable = subject.schema.variable(field.variable);
            const bool may_be_none =
                field.field == FieldRef::whole
                    ? variable.presence == Presence::maybe_none
                    : subject.schema.field(variable.type.structure, field.field).presence ==
                          Presence::maybe_none;
            subject.facts[field] = lanes[may_be_none ? 0 : 1];
        }
        CHECK_MESSAGE(!evaluate(*program, subject).is_error(), text);
    }
}

}  // namespace
}  // namespace doudi::expr
