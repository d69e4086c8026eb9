// SPDX-License-Identifier: Apache-2.0
#include "http/cases/placed_case.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

namespace doudi::http {
namespace {

namespace json = boost::json;

Error fault_at(std::string where, std::string code = "case_unknown_fact") {
    return {ErrorKind::invalid, std::move(code), {"无", "none"}, std::move(where)};
}

TEST_CASE("a case with its values on lines is the same case") {
    const auto told = json::parse(R"({"a": {"x": 1, "y": [true, null, "two\nlines"]}, "b": {}, "c": []})");
    CHECK(json::parse(PlacedCase(told, "/case").text()) == told);
    CHECK(PlacedCase(json::value(5), "/case").text() == "5");
}

TEST_CASE("the line of a fault tells its field, each key as JSON pointers write it") {
    const auto told = json::parse(R"({"a": {"x": 1, "y": [true, 2]}, "b/c~d": "z"})");
    const PlacedCase placed(told, "/case");
    CHECK(placed.pointer_to(fault_at("case:1:1")) == "/case");
    CHECK(placed.pointer_to(fault_at("case:2:1")) == "/case/a");
    CHECK(placed.pointer_to(fault_at("case:3:6")) == "/case/a/x");
    CHECK(placed.pointer_to(fault_at("case:4:6")) == "/case/a/y");
    CHECK(placed.pointer_to(fault_at("case:5:1")) == "/case/a/y/0");
    CHECK(placed.pointer_to(fault_at("case:6:1")) == "/case/a/y/1");
    CHECK(placed.pointer_to(fault_at("case:7:1")) == "/case/a/y");
    CHECK(placed.pointer_to(fault_at("case:8:1")) == "/case/a");
    CHECK(placed.pointer_to(fault_at("case:9:10")) == "/case/b~1c~0d");
}

TEST_CASE("a fault without a line, or beyond the last one, is of the case as a whole") {
    const PlacedCase placed(json::parse(R"({"a": 1})"), "/case");
    for (const char* where : {"", "case", "case:0:0", "case:4:1", "case:x:y"})
        CHECK(placed.pointer_to(fault_at(where)) == "/case");
}

TEST_CASE("what is missing is told at its own place") {
    const PlacedCase placed(json::parse(R"({"members": [{"age": 1}]})"), "/case");
    CHECK(placed.pointer_to(fault_at("case:1:1", "case_no_day")) == "/case/as_of");
    CHECK(placed.pointer_to(fault_at("case:3:1", "case_no_name")) == "/case/members/0/name");
    CHECK(placed.pointer_to(fault_at("case:2:12", "case_no_members")) == "/case/members");
}

}  // namespace
}  // namespace doudi::http
