// SPDX-License-Identifier: Apache-2.0
// Cases and typed values as JSON, as the specification's tests write them (tests/cel): a value is an object
// of one key, its type: {"int": "3"}, {"list": [{"string": "有效"}]}, {"map": [[key, value], …]}. Numbers are
// texts, so that none is rounded on its way; bytes are hex. Beyond the specification: date, money (yuan),
// amount and ratio (of fen and without a unit, "3/2"), unknown (the numbers of the facts that are missing).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "expr/value.h"

namespace doudi::expr {

// {"expr": "x + 1", "bindings": {"x": {"int": "2"}}}; other keys are passed over.
struct Case {
    struct Binding {
        std::string name;
        Value value;
    };
    std::string expression;
    std::vector<Binding> bindings;
};

// Of one line. The error says what is wrong with it, not where the line stands.
[[nodiscard]] Result<Case> read_case(std::string_view json);
// In full CEL. A text that is no expression is the Result's error, with the place and a caret; an error while
// it runs is a value.
[[nodiscard]] Result<Value> answer_of(const Case& one);

// {"value": {"int": "3"}}, {"error": "divide by zero"}, {"unknown": [7]}.
[[nodiscard]] std::string answer_json(const Value& value);
// {"error": "1:3: …"}: what kept a case from an answer, with `line` if it is no case at all.
[[nodiscard]] std::string error_json(const std::string& message, std::optional<std::uint64_t> line = {});

struct TestOutcome {
    std::string id;  // file/section/name
    std::string expression;
    std::optional<Text> failure;  // what came instead of what was expected
};
// Every test of one file: {"file": …, "tests": [{"section", "name", "expr", "bindings", "value" or "error"},
// …]}. A test that cannot be read has failed; the error is of a file that is none.
[[nodiscard]] Result<std::vector<TestOutcome>> run_tests(std::string_view json);

}  // namespace doudi::expr
