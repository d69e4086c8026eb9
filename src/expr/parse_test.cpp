// SPDX-License-Identifier: Apache-2.0
#include "expr/parse.h"

#include <doctest/doctest.h>

#include <random>

#include "expr/lexer.h"
#include "expr/source_error.h"
#include "expr/test_support.h"

namespace doudi::expr {
namespace {

std::string reprint(std::string_view text) {
    const auto ast = parse(text);
    return ast ? to_text(*ast) : ast.error().message(Lang::en);
}

std::string chain(const std::string& item, const std::string& mark, std::size_t count) {
    std::string text = item;
    for (std::size_t i = 1; i < count; ++i) text += mark + item;
    return text;
}

TEST_CASE("operators bind as the grammar says") {
    CHECK(reprint("a||b&&c==d+e*-f") == "a || b && c == d + e * -f");
    CHECK(reprint("((a || b) && c)") == "(a || b) && c");
    CHECK(reprint("a - (b - c)") == "a - (b - c)");
    CHECK(reprint("(a - b) - c") == "a - b - c");
    CHECK(reprint("(a ? b : c) ? d : (e ? f : g)") == "(a ? b : c) ? d : e ? f : g");
    CHECK(reprint("x in [1, 2,] && !(y in z)") == "x in [1, 2] && !(y in z)");
    CHECK(reprint("-(5)") == "-(5)");
    CHECK(reprint("--5") == "--5");
    CHECK(reprint("(-5).abs()") == "(-5).abs()");
    CHECK(reprint("a.b[0].`c-d`.e(f, g).all(x, x > 0)") == "a.b[0].`c-d`.e(f, g).all(x, x > 0)");
    CHECK(reprint("{'k': 1, 2: [.5, 1e3, 0xFFu]}") == "{\"k\": 1, 2: [.5, 1e3, 255u]}");
    CHECK(reprint("a // 注释\n + b") == "a + b");
}

TEST_CASE("nodes stand in post-order, and a sub-expression is one range of them") {
    const auto ast = parse("row.status == \"有效\" && has(row.amount)");
    REQUIRE(ast.has_value());
    for (NodeId id = 0; id < ast->nodes.size(); ++id) {
        const Node& node = ast->node(id);
        NodeId first = id;
        for (const NodeId child : ast->children_of(id)) {
            CHECK(child < id);
            first = std::min(first, ast->node(child).subtree_first);
        }
        CHECK(node.subtree_first == first);
        CHECK(node.begin < node.end);
    }
    const Node& equal = ast->node(ast->child(ast->root(), 0));
    CHECK(ast->source.substr(equal.begin, equal.end - equal.begin) == "row.status == \"有效\"");
}

TEST_CASE("an error says line and column and shows the place with a caret") {
    CHECK(reprint("row.status = \"x\"") ==
          "1:12: = cannot stand here; compare with ==\nrow.status = \"x\"\n           ^");
    CHECK(reprint("a &&\n  b &&") == "2:7: a value is missing here\n  b &&\n      ^");
    // A wide character takes two cells, so the caret stands below the place.
    CHECK(reprint("s == \"有效\" b") ==
          "1:11: the expression ends before this\ns == \"有效\" b\n            ^");
    CHECK(reprint("a && (b") == "1:8: expected ) here\na && (b\n       ^");
    CHECK(reprint("s == \"abc") == "1:6: this quote is never closed\ns == \"abc\n     ^");
    CHECK(reprint("s == \"a\\qc\"") == "1:8: there is no such escape\ns == \"a\\qc\"\n       ^");
    CHECK(reprint("s == 有效") == "1:6: this character can only stand between quotes\ns == 有效\n     ^");
    CHECK(reprint("9223372036854775808") == "1:1: this number does not fit 64 bits\n9223372036854775808\n^");
    CHECK(reprint("1abc") == "1:2: a letter cannot follow a number directly\n1abc\n ^");
    CHECK(reprint("if || a") == "1:1: if is a reserved word\nif || a\n^");
    CHECK(reprint("") == "1:1: a value is missing here\n\n^");
    CHECK(reprint("a.") == "1:3: a field name must follow the point\na.\n  ^");
    CHECK(reprint("f(1,)") == "1:5: a value is missing here\nf(1,)\n    ^");
    CHECK(reprint("Msg{a: 1}") == "1:4: protobuf messages are not supported\nMsg{a: 1}\n   ^");
    const auto error = parse("a = b").error();
    CHECK(error.where == "1:3");
    CHECK(error.text.zh == "这里不能用 =；比较用 ==\na = b\n  ^");
}

TEST_CASE("a long line is cut around the place") {
    const std::string excerpt = caret_excerpt(std::string(500, 'a') + "!" + std::string(500, 'b'), 500);
    CHECK(excerpt.size() < 300);
    const auto newline = excerpt.find('\n');
    CHECK(excerpt.back() == '^');
    CHECK(excerpt.size() - 1 - (newline + 1) == excerpt.find('!'));
}

TEST_CASE("depth is bounded: 250 levels parse, 251 are refused") {
    const auto brackets = [](std::size_t depth) {
        return std::string(depth, '(') + "1" + std::string(depth, ')');
    };
    CHECK(parse(brackets(max_depth - 1)).has_value());
    CHECK(parse(brackets(max_depth)).error().code == "cel_too_deep");
    CHECK(parse(std::string(max_depth - 1, '!') + "a").has_value());
    CHECK(parse(std::string(max_depth, '!') + "a").error().code == "cel_too_deep");
    CHECK(parse(chain("1", " + ", max_depth)).has_value());
    CHECK(parse(chain("1", " + ", max_depth + 1)).error().code == "cel_too_deep");
    CHECK(parse(std::string(200'000, '[')).error().code == "cel_too_deep");
    CHECK(parse(std::string(200'000, '-') + "1").error().code == "cel_too_deep");
    CHECK(parse(chain("a", ".b", 50'000)).error().code == "cel_too_deep");
    CHECK(parse(chain("true ? 1 ", ": ", 300) + ": 0").error().code == "cel_too_deep");
}

TEST_CASE("size is bounded: 10,000 nodes parse, one more is refused, and chains of && are not deep") {
    CHECK(parse(chain("a", "&&", max_nodes - 1)).has_value());
    CHECK(parse(chain("a", "&&", max_nodes)).error().code == "cel_too_large");
    CHECK(parse(std::string(max_source + 1, ' ')).error().code == "cel_too_long");
}

TEST_CASE("a megabyte of garbage is an error and not a crash") {
    std::mt19937 random(20250630);
    for (int round = 0; round < 4; ++round) {
        std::string garbage(1'000'000, '\0');
        for (char& c : garbage) c = static_cast<char>(random());
        CHECK_FALSE(parse(garbage).has_value());
    }
    const std::string_view alphabet = "ab1.0\"'()[]{}!-+*/%<>=&|?:, inu\\\n";
    for (int round = 0; round < 20'000; ++round) {
        std::string garbage(random() % 40, '\0');
        for (char& c : garbage) c = alphabet[random() % alphabet.size()];
        const auto ast = parse(garbage);
        if (!ast) {
            CHECK(ast.error().where.find(':') != std::string::npos);
            continue;
        }
        const auto again = parse(to_text(*ast));
        REQUIRE_MESSAGE(again.has_value(), garbage);
        CHECK_MESSAGE(same_tree(*ast, *again), garbage);
        const auto program = compile(garbage, Schema{}, CheckMode::full_cel);
        REQUIRE(program.has_value());
        (void)evaluate(*program, test::Subject{});
    }
    CHECK(parse("\"\xff\"").error().code == "cel_encoding");
}

// A tree of every kind, drawn at random as text with brackets everywhere.
std::string random_text(std::mt19937& random, int depth) {
    const auto sub = [&] { return "(" + random_text(random, depth - 1) + ")"; };
    static const std::vector<std::string> leaves{"a",        ".b",   "null", "true", "-7",       "7",
                                                 "3u",       "1.50", "-.5",  "2e-3", "'x\\n\"'", "b'\\xff'",
                                                 "\"有效\"", "[]",   "{}",   "0x1F"};
    static const std::vector<std::string> marks{
        "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in"};
    if (depth == 0) return leaves[random() % leaves.size()];
    switch (random() % 15) {
        case 0:
            return "!" + sub();
        case 1:
            return "-" + sub();
        case 2:
            return sub() + "&&" + sub() + "&&" + sub();
        case 3:
            return sub() + "||" + sub();
        case 4:
            return sub() + "?" + sub() + ":" + sub();
        case 5:
            return sub() + ".field";
        case 6:
            return sub() + "[" + sub() + "]";
        case 7:
            return "f(" + sub() + "," + sub() + ")";
        case 8:
            return sub() + ".g(" + sub() + ")";
        case 9:
            return "[" + sub() + "," + sub() + "]";
        case 10:
            return "{" + sub() + ":" + sub() + "}";
        case 11:
            return sub() + ".map(x," + sub() + "," + sub() + ")";
        case 12:
            return "has(" + sub() + ".`a-b`)";
        default:
            return sub() + " " + marks[random() % marks.size()] + " " + sub();
    }
}

TEST_CASE("what is printed parses to the same tree") {
    std::mt19937 random(7);
    for (int round = 0; round < 5'000; ++round) {
        const std::string text = random_text(random, 1 + static_cast<int>(random() % 5));
        const auto ast = parse(text);
        REQUIRE_MESSAGE(ast.has_value(), text);
        const std::string printed = to_text(*ast);
        const auto again = parse(printed);
        REQUIRE_MESSAGE(again.has_value(), text << " printed " << printed);
        CHECK_MESSAGE(same_tree(*ast, *again), text << " printed " << printed);
        CHECK(to_text(*again) == printed);
    }
}

}  // namespace
}  // namespace doudi::expr
