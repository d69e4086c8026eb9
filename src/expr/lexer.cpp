// SPDX-License-Identifier: Apache-2.0
#include "expr/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "expr/literal.h"
#include "expr/source_error.h"

namespace doudi::expr {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_word_start(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
    return is_word_start(c) || is_digit(c);
}
bool is_quoted_field(char c) {
    return is_word(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}

// The longer ones first.
constexpr auto marks =
    std::to_array<std::string_view>({"==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*",
                                     "/",  "%",  "?",  ":",  ".",  ",",  "(", ")", "[", "]", "{", "}"});

class Lexer {
  public:
    explicit Lexer(std::string_view source) : source_(source) {}

    Result<std::vector<Token>> run() {
        for (skip_blank(); at_ < source_.size(); skip_blank()) TRY_VOID(read_token());
        push(TokenKind::end, at_, {});
        return std::move(tokens_);
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    void skip_blank() {
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (c == '/' && peek(1) == '/') {
                at_ = std::min(source_.find('\n', at_), source_.size());
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                ++at_;
            } else {
                return;
            }
        }
    }

    void push(TokenKind kind, std::size_t begin, std::string text) {
        tokens_.push_back(
            {kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_), std::move(text)});
    }

    std::unexpected<Error> refuse(std::size_t offset, Text text) const {
        return std::unexpected(
            source_error(source_, offset, ErrorKind::invalid, "cel_syntax", std::move(text)));
    }

    Result<void> read_token() {
        const char c = peek();
        if (starts_quoted(source_, at_)) return read_string();
        if (is_word_start(c)) return read_word();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return read_number();
        if (c == '`') return read_quoted_field();
        for (const std::string_view mark : marks) {
            if (source_.substr(at_, mark.size()) != mark) continue;
            const std::size_t begin = at_;
            at_ += mark.size();
            push(TokenKind::mark, begin, std::string(mark));
            return {};
        }
        return refuse(at_, unexpected_character());
    }

    Text unexpected_character() const {
        const char c = peek();
        if (c == '=') return {"这里不能用 =；比较用 ==", "= cannot stand here; compare with =="};
        if (c == '&' || c == '|') return {"逻辑运算写作 && 和 ||", "logic is written && and ||"};
        const CodePoint character = decode_utf8(source_, at_);
        if (character.code >= 0x80)
            return {"这个字符只能写在引号里", "this character can only stand between quotes"};
        return {"这里不该有这个字符", "this character cannot stand here"};
    }

    Result<void> read_string() {
        const std::size_t begin = at_;
        LiteralProblem problem;
        auto literal = read_quoted(source_, at_, problem);
        if (!literal) return refuse(problem.offset, problem.text);
        at_ = literal->end;
        push(literal->is_bytes ? TokenKind::bytes : TokenKind::string, begin, std::move(literal->text));
        return {};
    }

    Result<void> read_word() {
        const std::size_t begin = at_;
        while (is_word(peek())) ++at_;
        push(TokenKind::identifier, begin, std::string(source_.substr(begin, at_ - begin)));
        return {};
    }

    Result<void> read_quoted_field() {
        const std::size_t begin = at_++;
        while (is_quoted_field(peek())) ++at_;
        if (peek() != '`' || at_ == begin + 1)
            return refuse(begin,
                          {"反引号里的字段名没有写完", "this field name between backquotes is not complete"});
        ++at_;
        push(TokenKind::quoted_field, begin, std::string(source_.substr(begin + 1, at_ - begin - 2)));
        return {};
    }

    Result<void> read_number() {
        const std::size_t begin = at_;
        TokenKind kind = TokenKind::integer;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            at_ += 2;
            while (is_hex(peek())) ++at_;
            if (at_ == begin + 2) return refuse(begin, {"0x 后面要有数字", "digits must follow 0x"});
        } else {
            kind = read_decimal_digits();
        }
        std::string text(source_.substr(begin, at_ - begin));
        if (kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
            kind = TokenKind::uinteger;
            ++at_;
        }
        if (is_word(peek()))
            return refuse(at_, {"数字后面紧跟着字母", "a letter cannot follow a number directly"});
        push(kind, begin, std::move(text));
        return {};
    }

    TokenKind read_decimal_digits() {
        TokenKind kind = TokenKind::integer;
        while (is_digit(peek())) ++at_;
        if (peek() == '.' && is_digit(peek(1))) {
            kind = TokenKind::decimal;
            ++at_;
            while (is_digit(peek())) ++at_;
        }
        const bool has_sign = peek(1) == '+' || peek(1) == '-';
        if ((peek() == 'e' || peek() == 'E') && is_digit(peek(has_sign ? 2 : 1))) {
            kind = TokenKind::decimal;
            at_ += has_sign ? 2 : 1;
            while (is_digit(peek())) ++at_;
        }
        return kind;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokenise(std::string_view source) {
    if (source.size() > max_source)
        return fail(
            ErrorKind::limit, "cel_too_long",
            {fmt::format("条件有 {} 字节，上限是 {}", source.size(), max_source),
             fmt::format("the condition has {} bytes, at most {} are read", source.size(), max_source)},
            "1:1");
    for (std::size_t i = 0; i < source.size();) {
        const CodePoint c = decode_utf8(source, i);
        if (!c.valid)
            return std::unexpected(source_error(source, i, ErrorKind::invalid, "cel_encoding",
                                                {"条件不是 UTF-8", "the condition is not UTF-8"}));
        i += c.length;
    }
    return Lexer(source).run();
}

}  // namespace doudi::expr
