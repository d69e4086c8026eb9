// SPDX-License-Identifier: Apache-2.0
#include "http/request/fields.h"

#include <doctest/doctest.h>

namespace doudi::http {
namespace {

std::vector<std::pair<std::string, std::string>> told(const FieldFaults& faults) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& fault : faults.failure().fields) all.emplace_back(fault.pointer, fault.code);
    return all;
}
using Told = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("every faulty field of a body is named, each with its place") {
    const auto body = boost::json::parse(
        R"({"name": 5, "day": "2025-02-29", "count": 11, "kind": "c", "list": ["a", 1], "flag": "yes", "more": 1})");
    FieldFaults faults;
    BodyFields fields(body, faults, "/at");
    CHECK(fields.text("name").empty());
    CHECK(fields.text("missing").empty());
    CHECK(fields.date("day") == Date());
    CHECK(fields.number("count", 1, 10) == 1);
    CHECK(fields.word("kind", {"a", "b"}) == "a");
    CHECK(fields.texts("list", 5) == std::vector<std::string>{"a"});
    CHECK(fields.flag("flag", true));
    fields.finish();
    CHECK(told(faults) == Told{{"/at/name", "not_a_text"},
                               {"/at/missing", "missing"},
                               {"/at/day", "not_a_day"},
                               {"/at/count", "not_in_range"},
                               {"/at/kind", "not_one_of"},
                               {"/at/list/1", "not_a_text"},
                               {"/at/flag", "not_a_flag"},
                               {"/at/more", "unknown"}});
    CHECK(faults.failure().status == 422);
}

TEST_CASE("lengths and ranges hold at their ends") {
    const auto body = boost::json::parse(R"({"a": "1234", "b": "12345", "n": 1, "m": 10, "o": 11, "p": 0})");
    FieldFaults faults;
    BodyFields fields(body, faults);
    CHECK(fields.text("a", {.most = 4}) == "1234");
    CHECK(fields.number("n", 1, 10) == 1);
    CHECK(fields.number("m", 1, 10) == 10);
    CHECK(faults.empty());
    CHECK(fields.text("b", {.most = 4}).empty());
    (void)fields.number("o", 1, 10);
    (void)fields.number("p", 1, 10);
    CHECK(told(faults) == Told{{"/b", "too_long"}, {"/o", "not_in_range"}, {"/p", "not_in_range"}});
}

TEST_CASE("null is a field that is not there; an empty text is no required one") {
    const auto body = boost::json::parse(R"({"a": null, "b": "", "c": ""})");
    FieldFaults faults;
    BodyFields fields(body, faults);
    CHECK_FALSE(fields.optional_text("a"));
    CHECK(fields.optional_text("c") == "");
    CHECK(faults.empty());
    (void)fields.text("a");
    (void)fields.text("b");
    CHECK(told(faults) == Told{{"/a", "missing"}, {"/b", "missing"}});
}

TEST_CASE("prose says something, and is kept without blanks around it") {
    const auto body = boost::json::parse(
        R"({"a": "　核对 社保。 ", "b": " ", "c": "。", "d": "", "e": "\u200b-\ufeff", "f": 1, "g": "看"})");
    FieldFaults faults;
    BodyFields fields(body, faults);
    CHECK(fields.prose("a") == "核对 社保。");
    CHECK(fields.prose("g", {.most = 3}) == "看");
    for (const char* may : {"b", "c", "d", "e", "no"}) {
        CAPTURE(may);
        CHECK(fields.prose(may, {.required = false}).empty());
    }
    CHECK(faults.empty());
    for (const char* must : {"b", "c", "d", "e", "f", "no"}) (void)fields.prose(must);
    CHECK(told(faults) == Told{{"/b", "missing"},
                               {"/c", "missing"},
                               {"/d", "missing"},
                               {"/e", "missing"},
                               {"/f", "not_a_text"},
                               {"/no", "missing"}});
}

TEST_CASE("a query parameter stands there once, is known, and is what it must be") {
    FieldFaults faults;
    QueryFields query({{"limit", "7"}, {"day", "2025-06-30"}, {"twice", "a"}, {"twice", "b"}, {"other", "x"}},
                      faults);
    CHECK(query.number("limit", 1, 10, 5) == 7);
    CHECK(query.date("day") == Date::parse_iso("2025-06-30"));
    CHECK(query.number("absent", 1, 10, 5) == 5);
    CHECK(faults.empty());
    CHECK_FALSE(query.text("twice"));
    query.finish();
    CHECK(told(faults) == Told{{"/twice", "twice"}, {"/other", "unknown"}});
    CHECK(faults.failure().status == 400);
}

TEST_CASE("text is UTF-8 without control characters") {
    CHECK(is_plain_text("兜底\n第二行\t"));
    CHECK_FALSE(is_plain_text(std::string_view("a\0b", 3)));
    CHECK_FALSE(is_plain_text("a\x07"));
    CHECK_FALSE(is_plain_text("\xff"));
}

TEST_CASE("what is no JSON, or too deep, is said to be none") {
    CHECK(parse_json("{}"));
    CHECK_FALSE(parse_json(""));
    CHECK_FALSE(parse_json("{"));
    CHECK_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
    CHECK(parse_json("{").error().status == 400);
}

}  // namespace
}  // namespace doudi::http
