// SPDX-License-Identifier: Apache-2.0
#include "expr/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "expr/ast_builder.h"
#include "expr/lexer.h"
#include "expr/source_error.h"

namespace doudi::expr {

namespace {

constexpr auto reserved = std::to_array<std::string_view>(
    {"as",   "break",     "const",   "continue", "else", "for",  "function", "if",   "import", "in",  "let",
     "loop", "namespace", "package", "return",   "var",  "void", "while",    "true", "false",  "null"});

std::optional<Macro> macro_named(std::string_view name) {
    if (name == "all") return Macro::all;
    if (name == "exists") return Macro::exists;
    if (name == "exists_one") return Macro::exists_one;
    if (name == "filter") return Macro::filter;
    if (name == "map") return Macro::map;
    return std::nullopt;
}

struct Operator {
    BinaryOp op;
    int precedence;
};

std::optional<Operator> operator_of(const Token& token) {
    if (token.kind == TokenKind::identifier && token.text == "in") return Operator{BinaryOp::in, 1};
    if (token.kind != TokenKind::mark) return std::nullopt;
    const std::string& mark = token.text;
    if (mark == "==") return Operator{BinaryOp::equal, 1};
    if (mark == "!=") return Operator{BinaryOp::not_equal, 1};
    if (mark == "<") return Operator{BinaryOp::less, 1};
    if (mark == "<=") return Operator{BinaryOp::less_equal, 1};
    if (mark == ">") return Operator{BinaryOp::greater, 1};
    if (mark == ">=") return Operator{BinaryOp::greater_equal, 1};
    if (mark == "+") return Operator{BinaryOp::add, 2};
    if (mark == "-") return Operator{BinaryOp::subtract, 2};
    if (mark == "*") return Operator{BinaryOp::multiply, 3};
    if (mark == "/") return Operator{BinaryOp::divide, 3};
    if (mark == "%") return Operator{BinaryOp::remainder, 3};
    return std::nullopt;
}
constexpr int lowest_precedence = 1;
constexpr int highest_precedence = 3;

class Parser {
  public:
    Parser(std::string_view source, std::vector<Token> tokens)
        : builder_(source), tokens_(std::move(tokens)) {}

    Result<Ast> run() {
        TRY(parse_expression());
        if (peek().kind != TokenKind::end)
            return refuse(peek(), {"表达式在这里已经结束，后面多了内容", "the expression ends before this"});
        return std::move(builder_).finish();
    }

  private:
    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    Token take() { return tokens_[std::min(at_++, tokens_.size() - 1)]; }
    bool accept(std::string_view mark) {
        if (!peek().is_mark(mark)) return false;
        ++at_;
        return true;
    }
    std::uint32_t last_end() const { return at_ == 0 ? 0 : tokens_[std::min(at_, tokens_.size()) - 1].end; }

    std::unexpected<Error> refuse(const Token& token, Text text) const {
        return std::unexpected(
            source_error(builder_.source(), token.begin, ErrorKind::invalid, "cel_syntax", std::move(text)));
    }
    Result<void> expect(std::string_view mark) {
        if (accept(mark)) return {};
        return refuse(peek(), {fmt::format("这里应当是 {}", mark), fmt::format("expected {} here", mark)});
    }

    Result<NodeId> parse_expression() {
        if (++nesting_ > max_depth)
            return std::unexpected(source_error(builder_.source(), peek().begin, ErrorKind::limit,
                                                "cel_too_deep",
                                                {fmt::format("嵌套超过 {} 层", max_depth),
                                                 fmt::format("nested deeper than {} levels", max_depth)}));
        auto result = parse_conditional();
        --nesting_;
        return result;
    }

    Result<NodeId> parse_conditional() {
        const NodeId condition = TRY(parse_logical(false));
        if (!peek().is_mark("?")) return condition;
        const Token mark = take();
        const NodeId then = TRY(parse_logical(false));
        TRY_VOID(expect(":"));
        const NodeId otherwise = TRY(parse_expression());
        return builder_.add({.kind = NodeKind::conditional, .point = mark.begin},
                            {condition, then, otherwise});
    }

    // `a && b && c` is one node of three: both operators fold, and the depth of a tree is not that of a
    // chain.
    Result<NodeId> parse_logical(bool is_and) {
        const std::string_view mark = is_and ? "&&" : "||";
        std::vector<NodeId> operands{TRY(parse_operand_of(is_and))};
        const std::uint32_t point = peek().begin;
        while (accept(mark)) operands.push_back(TRY(parse_operand_of(is_and)));
        if (operands.size() == 1) return operands[0];
        const NodeKind kind = is_and ? NodeKind::logical_and : NodeKind::logical_or;
        return builder_.add({.kind = kind, .point = point}, operands);
    }
    Result<NodeId> parse_operand_of(bool is_and) {
        return is_and ? parse_binary(lowest_precedence) : parse_logical(true);
    }

    Result<NodeId> parse_binary(int precedence) {
        if (precedence > highest_precedence) return parse_unary();
        NodeId left = TRY(parse_binary(precedence + 1));
        while (true) {
            const auto found = operator_of(peek());
            if (!found || found->precedence != precedence) return left;
            const Token token = take();
            const NodeId right = TRY(parse_binary(precedence + 1));
            Node node{
                .kind = NodeKind::binary, .op = static_cast<std::uint8_t>(found->op), .point = token.begin};
            left = TRY(builder_.add(node, {left, right}));
        }
    }

    Result<NodeId> parse_unary() {
        std::vector<Token> marks;
        while (peek().is_mark("!") || peek().is_mark("-")) marks.push_back(take());
        std::optional<Token> sign;
        const TokenKind kind = peek().kind;
        const bool is_number = kind == TokenKind::integer || kind == TokenKind::decimal;
        if (is_number && !marks.empty() && marks.back().text == "-") {
            sign = marks.back();  // −9223372036854775808 is a literal; 9223372036854775808 is none
            marks.pop_back();
        }
        NodeId operand = TRY(parse_postfix(sign));
        for (; !marks.empty(); marks.pop_back()) {
            const Token& mark = marks.back();
            const NodeKind node_kind = mark.text == "!" ? NodeKind::logical_not : NodeKind::negate;
            operand =
                TRY(builder_.add({.kind = node_kind, .begin = mark.begin, .point = mark.begin}, {operand}));
        }
        return operand;
    }

    Result<NodeId> parse_postfix(const std::optional<Token>& sign) {
        NodeId operand = TRY(parse_primary(sign));
        while (true) {
            if (peek().is_mark(".")) {
                operand = TRY(parse_member(operand));
            } else if (peek().is_mark("[")) {
                const Token bracket = take();
                const NodeId index = TRY(parse_expression());
                TRY_VOID(expect("]"));
                operand = TRY(builder_.add(
                    {.kind = NodeKind::index, .end = last_end(), .point = bracket.begin}, {operand, index}));
            } else {
                return operand;
            }
        }
    }

    Result<NodeId> parse_member(NodeId operand) {
        take();  // the point
        const Token field = take();
        const bool is_value_word =
            field.text == "in" || field.text == "true" || field.text == "false" || field.text == "null";
        const bool is_word = field.kind == TokenKind::identifier && !is_value_word;
        if (!is_word && field.kind != TokenKind::quoted_field)
            return refuse(field, {"点号后面应当是字段名", "a field name must follow the point"});
        if (!is_word || !peek().is_mark("(")) {
            return builder_.add({.kind = NodeKind::select, .end = last_end(), .point = field.begin},
                                {operand}, field.text);
        }
        if (const auto macro = macro_named(field.text); macro && is_macro_call())
            return parse_comprehension(operand, *macro, field);
        take();  // the bracket
        std::vector<NodeId> operands{operand};
        TRY_VOID(parse_list_until(")", operands));
        return builder_.add({.kind = NodeKind::method, .end = last_end(), .point = field.begin}, operands,
                            field.text);
    }

    // A macro's first argument is a plain name, which is not an expression of its own.
    bool is_macro_call() const {
        return peek(0).is_mark("(") && peek(1).kind == TokenKind::identifier && peek(2).is_mark(",");
    }

    Result<NodeId> parse_comprehension(NodeId range, Macro macro, const Token& name) {
        take();
        const Token member = take();
        if (std::ranges::find(reserved, member.text) != reserved.end())
            return refuse(member,
                          {"这是保留字，不能作成员名", "this word is reserved and cannot name a member"});
        take();
        std::vector<NodeId> operands{range, TRY(parse_expression())};
        if (macro == Macro::map && accept(",")) operands.push_back(TRY(parse_expression()));
        TRY_VOID(expect(")"));
        Node node{.kind = NodeKind::comprehension,
                  .op = static_cast<std::uint8_t>(macro),
                  .end = last_end(),
                  .point = name.begin};
        return builder_.add(node, operands, member.text);
    }

    // Expressions between commas; a comma may stand before the closing mark.
    Result<void> parse_list_until(std::string_view closing, std::vector<NodeId>& items) {
        const bool is_call = closing == ")";
        bool first = true;
        while (!accept(closing)) {
            if (!first) {
                TRY_VOID(expect(","));
                if (!is_call && accept(closing)) break;
            }
            first = false;
            items.push_back(TRY(parse_expression()));
        }
        return {};
    }

    Result<NodeId> parse_primary(const std::optional<Token>& sign) {
        const Token token = take();
        switch (token.kind) {
            case TokenKind::integer:
                return add_integer(token, sign);
            case TokenKind::uinteger:
                return add_uinteger(token);
            case TokenKind::decimal:
                return add_decimal(token, sign);
            case TokenKind::string:
                return add_leaf(NodeKind::string_literal, token, token.text);
            case TokenKind::bytes:
                return add_leaf(NodeKind::bytes_literal, token, token.text);
            case TokenKind::identifier:
                return parse_word(token, false);
            case TokenKind::mark:
                return parse_bracketed(token);
            case TokenKind::quoted_field:
            case TokenKind::end:
                break;
        }
        return refuse(token, {"这里缺一个值", "a value is missing here"});
    }

    Result<NodeId> add_leaf(NodeKind kind, const Token& token, std::string_view text = {},
                            std::int64_t number = 0) {
        Node node{
            .kind = kind, .begin = token.begin, .end = token.end, .point = token.begin, .number = number};
        return builder_.add(node, {}, text);
    }

    Result<NodeId> parse_word(const Token& token, bool is_rooted) {
        if (token.text == "true" || token.text == "false")
            return add_leaf(NodeKind::bool_literal, token, {}, token.text == "true" ? 1 : 0);
        if (token.text == "null") return add_leaf(NodeKind::null_literal, token);
        if (std::ranges::find(reserved, token.text) != reserved.end())
            return refuse(token, {fmt::format("{} 是保留字", token.text),
                                  fmt::format("{} is a reserved word", token.text)});
        const std::string name = (is_rooted ? "." : "") + token.text;
        const auto begin = token.begin - (is_rooted ? 1 : 0);
        if (peek().is_mark("{"))
            return refuse(peek(), {"不支持 protobuf 消息", "protobuf messages are not supported"});
        if (!accept("("))
            return builder_.add(
                {.kind = NodeKind::name, .begin = begin, .end = token.end, .point = token.begin}, {}, name);
        std::vector<NodeId> arguments;
        TRY_VOID(parse_list_until(")", arguments));
        Node node{.kind = NodeKind::call, .begin = begin, .end = last_end(), .point = token.begin};
        if (name != "has") return builder_.add(node, arguments, name);
        if (arguments.size() != 1) return refuse(token, {"has 只有一个参数", "has takes one argument"});
        node.kind = NodeKind::has;
        return builder_.add(node, arguments);
    }

    Result<NodeId> parse_bracketed(const Token& token) {
        if (token.is_mark("(")) {
            const NodeId inner = TRY(parse_expression());
            TRY_VOID(expect(")"));
            builder_.widen(inner, token.begin, last_end());
            return inner;
        }
        if (token.is_mark("[")) {
            std::vector<NodeId> items;
            TRY_VOID(parse_list_until("]", items));
            return builder_.add(
                {.kind = NodeKind::list, .begin = token.begin, .end = last_end(), .point = token.begin},
                items);
        }
        if (token.is_mark("{")) return parse_map(token);
        if (token.is_mark(".") && peek().kind == TokenKind::identifier) return parse_word(take(), true);
        return refuse(token, {"这里缺一个值", "a value is missing here"});
    }

    Result<NodeId> parse_map(const Token& brace) {
        std::vector<NodeId> items;
        while (!accept("}")) {
            if (!items.empty()) {
                TRY_VOID(expect(","));
                if (accept("}")) break;
            }
            items.push_back(TRY(parse_expression()));
            TRY_VOID(expect(":"));
            items.push_back(TRY(parse_expression()));
        }
        return builder_.add(
            {.kind = NodeKind::map, .begin = brace.begin, .end = last_end(), .point = brace.begin}, items);
    }

    Result<NodeId> add_integer(const Token& token, const std::optional<Token>& sign) {
        const bool is_hex = token.text.starts_with("0x") || token.text.starts_with("0X");
        const std::string digits = (sign ? "-" : "") + (is_hex ? token.text.substr(2) : token.text);
        std::int64_t number = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10).ec !=
            std::errc{})
            return refuse(token, {"整数超出 64 位", "this number does not fit 64 bits"});
        Node node{.kind = NodeKind::int_literal,
                  .begin = sign ? sign->begin : token.begin,
                  .end = token.end,
                  .point = token.begin,
                  .number = number};
        return builder_.add(node, {});
    }

    Result<NodeId> add_uinteger(const Token& token) {
        const bool is_hex = token.text.starts_with("0x") || token.text.starts_with("0X");
        const std::string digits = is_hex ? token.text.substr(2) : token.text;
        std::uint64_t number = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10).ec !=
            std::errc{})
            return refuse(token, {"整数超出 64 位", "this number does not fit 64 bits"});
        return add_leaf(NodeKind::uint_literal, token, {}, static_cast<std::int64_t>(number));
    }

    Result<NodeId> add_decimal(const Token& token, const std::optional<Token>& sign) {
        Node node{.kind = NodeKind::decimal_literal,
                  .begin = sign ? sign->begin : token.begin,
                  .end = token.end,
                  .point = token.begin};
        return builder_.add(node, {}, (sign ? "-" : "") + token.text);
    }

    AstBuilder builder_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
};

}  // namespace

Result<Ast> parse(std::string_view source) {
    return Parser(source, TRY(tokenise(source))).run();
}

}  // namespace doudi::expr
