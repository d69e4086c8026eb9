// SPDX-License-Identifier: Apache-2.0
// The specification's own tests (tests/cel, from github.com/google/cel-spec) in full CEL mode.
// tests/cel/left_out.tsv names those that are not passed yet, each with its reason; one that passes must not
// stand there.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "expr/check.h"
#include "expr/evaluate.h"
#include "expr/operators.h"

namespace doudi::expr {
namespace {

namespace json = boost::json;

std::string read_whole(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string text_of(const json::value& value) {
    return std::string(value.as_string());
}

std::string from_hex(const std::string& hex) {
    std::string octets;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        octets += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return octets;
}

// Seconds and nanoseconds of one sign, either left out if zero.
Int128 nanos_of(const json::object& moment) {
    const json::value* seconds = moment.if_contains("seconds");
    const json::value* nanos = moment.if_contains("nanos");
    return Int128{seconds == nullptr ? 0 : std::stoll(text_of(*seconds))} * 1'000'000'000 +
           (nanos == nullptr ? 0 : nanos->as_int64());
}

std::optional<Value> value_of(const json::object& typed) {
    const auto& [kind, content] = *typed.begin();
    if (kind == "bool") return Value::boolean(content.as_bool());
    if (kind == "int") return Value::integer(std::stoll(text_of(content)));
    if (kind == "uint") return Value::uinteger(std::stoull(text_of(content)));
    if (kind == "double") return Value::floating(std::strtod(text_of(content).c_str(), nullptr));
    if (kind == "string") return Value::string(text_of(content));
    if (kind == "bytes_hex") return Value::bytes(from_hex(text_of(content)));
    if (kind == "type") return Value::type(text_of(content));
    if (kind == "timestamp") return Value::timestamp(timestamp_from(nanos_of(content.as_object())).value());
    if (kind == "duration") return Value::duration(duration_from(nanos_of(content.as_object())).value());
    if (kind == "null") return Value::none();
    if (kind != "list" && kind != "map") return std::nullopt;
    std::vector<Value> items;
    for (const json::value& item : content.as_array()) {
        if (kind == "list") {
            const auto value = value_of(item.as_object());
            if (!value) return std::nullopt;
            items.push_back(*value);
            continue;
        }
        for (const json::value& part : item.as_array()) {
            const auto value = value_of(part.as_object());
            if (!value) return std::nullopt;
            items.push_back(*value);
        }
    }
    return kind == "list" ? Value::list(std::move(items)) : Value::map(std::move(items));
}

class Bindings final : public Activation {
  public:
    Value get(FieldRef ref) const override { return values[ref.variable]; }
    std::vector<Value> values;
};

// Empty if the answer is the expected one, else what came instead.
std::optional<std::string> difference(const json::object& test) {
    Schema schema;
    Bindings bindings;
    if (const json::value* bound = test.if_contains("bindings")) {
        for (const auto& [name, typed] : bound->as_object()) {
            const auto value = value_of(typed.as_object());
            if (!value) return "binding of a type that is not there";
            schema.add_variable(std::string(name), TypeKind::dyn);
            bindings.values.push_back(*value);
        }
    }
    const auto program = compile(text_of(test.at("expr")), schema, CheckMode::full_cel);
    const bool wants_error = test.contains("error");
    if (!program) return wants_error ? std::nullopt : std::optional(program.error().message(Lang::en));
    const Value value = evaluate(*program, bindings);
    if (wants_error && value.is_error()) {
        // A function that is not there must not pass for the error that it would have given.
        const std::string wanted = text_of(test.at("error"));
        const bool about_name = wanted.find("un") == 0 || wanted.find("no matching overload") == 0;
        const bool fits = value.fault() != Fault::name || about_name;
        return fits ? std::nullopt : std::optional("no such function yet: " + value.text());
    }
    if (wants_error) return "no error but " + value.text();
    const auto expected = value_of(test.at("value").as_object());
    if (!expected) return "value of a type that is not there";
    return same_answer(value, *expected) ? std::nullopt : std::optional(value.text());
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
        const json::value file = json::parse(read_whole(entry.path()));
        for (const json::value& item : file.at("tests").as_array()) {
            const json::object& test = item.as_object();
            const std::string id =
                text_of(file.at("file")) + "/" + text_of(test.at("section")) + "/" + text_of(test.at("name"));
            const auto different = difference(test);
            const bool is_left_out = reasons.contains(id);
            seen.insert(id);
            if (!different) ++passed;
            CHECK_MESSAGE(different.has_value() == is_left_out,
                          id << ": " << text_of(test.at("expr")) << " gave "
                             << different.value_or("the expected value"));
        }
    }
    CHECK(passed + reasons.size() == 670);
    for (const auto& [id, reason] : reasons) {
        CHECK_MESSAGE(seen.contains(id), id << " is no test");
        CHECK_MESSAGE(!reason.empty(), id << " has no reason");
    }
}

}  // namespace
}  // namespace doudi::expr
