// SPDX-License-Identifier: Apache-2.0
// The specification's own tests (tests/cel, from github.com/google/cel-spec) in full CEL mode.
// tests/cel/left_out.tsv names those that are not passed yet, each with its reason; one that passes must not
// stand there.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "expr/notation.h"

namespace doudi::expr {
namespace {

std::string read_whole(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

// file/section/name → reason
std::map<std::string, std::string> left_out() {
    std::map<std::string, std::string> reasons;
    std::ifstream in(std::filesystem::path(DOUDI_SOURCE_DIR) / "tests/cel/left_out.tsv");
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto tab = line.find('\t');
        REQUIRE_MESSAGE(tab != std::string::npos, line);
        reasons[line.substr(0, tab)] = line.substr(tab + 1);
    }
    return reasons;
}

TEST_CASE("the specification's tests pass, but for those that are named with a reason") {
    const auto reasons = left_out();
    std::set<std::string> seen;
    std::size_t passed = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(DOUDI_SOURCE_DIR) / "tests/cel")) {
        if (entry.path().extension() != ".json") continue;
        const auto outcomes = run_tests(read_whole(entry.path()));
        REQUIRE_MESSAGE(outcomes, entry.path().string());
        for (const TestOutcome& outcome : *outcomes) {
            const bool is_left_out = reasons.contains(outcome.id);
            seen.insert(outcome.id);
            if (!outcome.failure) ++passed;
            CHECK_MESSAGE(outcome.failure.has_value() == is_left_out,
                          outcome.id << ": " << outcome.expression << " "
                                     << (outcome.failure ? outcome.failure->en : "gave the expected value"));
        }
    }
    CHECK(passed + reasons.size() == 670);
    for (const auto& [id, reason] : reasons) {
        CHECK_MESSAGE(seen.contains(id), id << " is no test");
        CHECK_MESSAGE(!reason.empty(), id << " has no reason");
    }
}

std::string answered(std::string_view line) {
    const auto one = read_case(line);
    if (!one) return "no case: " + one.error().text.en;
    const auto value = answer_of(*one);
    return value ? answer_json(*value) : error_json(value.error().message(Lang::en));
}

TEST_CASE("a value that goes in comes out in the same notation") {
    for (const char* typed :
         {R"({"bool":true})", R"({"int":"-9223372036854775808"})", R"({"uint":"18446744073709551615"})",
          R"({"double":"0.1"})", R"({"double":"-inf"})", R"({"double":"nan"})", R"({"string":"a\"有效\n"})",
          R"({"bytes_hex":"00ff"})", R"({"type":"int"})", R"({"null":null})", R"({"date":"2024-02-29"})",
          R"({"money":"-0.05"})", R"({"amount":"1/3"})", R"({"ratio":"3/2"})",
          R"({"timestamp":{"seconds":"-62135596800","nanos":1}})", R"({"duration":{}})",
          R"({"list":[{"int":"1"},{"list":[]}]})", R"({"map":[[{"string":"k"},{"int":"1"}]]})"}) {
        const std::string line = std::string(R"({"expr":"x","bindings":{"x":)") + typed + "}}";
        CHECK(answered(line) == std::string(R"({"value":)") + typed + "}");
    }
    CHECK(answered(R"({"expr":"x || y","bindings":{"x":{"unknown":[7]},"y":{"unknown":[3]}}})") ==
          R"({"unknown":[3,7]})");
    CHECK(answered(R"({"expr":"1 / x","bindings":{"x":{"int":0}}})") == R"({"error":"divide by zero"})");
}

TEST_CASE("what is no case and what is no value is said") {
    CHECK(answered("{").starts_with("no case: this is no JSON"));
    CHECK(answered("[]") == "no case: a case is a JSON object");
    CHECK(answered("{}") == "no case: there is no text \"expr\"");
    CHECK(answered(R"({"expr":"x","bindings":[]})") ==
          "no case: \"bindings\" is an object of names and values");
    for (const char* typed :
         {R"({"int":"1x"})", R"({"int":"9223372036854775808"})", R"({"uint":"-1"})", R"({"double":"one"})",
          R"({"bytes_hex":"0"})", R"({"bytes_hex":"0g"})", R"({"date":"2023-02-29"})", R"({"money":"0.001"})",
          R"({"ratio":"1/0"})", R"({"bool":"true"})", R"({"list":{}})", R"({"map":[[{"int":"1"}]]})",
          R"({"nosuch":1})", R"({})", R"(7)", R"({"unknown":["x"]})", R"({"list":[{"unknown":[1]}]})",
          R"({"map":[[{"int":"1"},{"int":"1"}],[{"uint":"1"},{"int":"2"}]]})"}) {
        const std::string told = answered(std::string(R"({"expr":"x","bindings":{"x":)") + typed + "}}");
        CHECK_MESSAGE(told.starts_with("no case: "), typed << ": " << told);
    }
    CHECK(answered(R"({"expr":"1 = 2"})").find("^") != std::string::npos);
}

TEST_CASE("a test that gives something else than it should has failed, and so has one that cannot be read") {
    const auto outcomes = run_tests(R"j({"file":"f","tests":[
        {"section":"s","name":"right","expr":"1 + 1","value":{"int":"2"}},
        {"section":"s","name":"wrong","expr":"1 + 1","value":{"int":"3"}},
        {"section":"s","name":"no_error","expr":"1","error":"divide by zero"},
        {"section":"s","name":"no_function","expr":"nosuch(1)","error":"divide by zero"},
        {"section":"s","name":"no_text","expr":"1 +","value":{"int":"3"}},
        {"section":"s","name":"no_value","expr":"1"},
        7]})j");
    REQUIRE(outcomes);
    REQUIRE(outcomes->size() == 7);
    CHECK(!(*outcomes)[0].failure);
    CHECK((*outcomes)[1].id == "f/s/wrong");
    CHECK((*outcomes)[6].id == "f/#7");
    for (std::size_t i = 1; i < 7; ++i) CHECK((*outcomes)[i].failure);
    CHECK(!run_tests("{}"));
    CHECK(!run_tests("[1"));
}

}  // namespace
}  // namespace doudi::expr
