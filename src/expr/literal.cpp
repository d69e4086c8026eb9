// SPDX-License-Identifier: Apache-2.0
#include "expr/literal.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/utf8.h"

namespace doudi::expr {

namespace {

// No surrogate, nothing beyond U+10FFFF.
bool is_character(std::uint32_t code) {
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

struct Prefix {
    bool raw = false;
    bool bytes = false;
    std::size_t length = 0;
    bool opens = false;  // a quote follows
};

Prefix read_prefix(std::string_view source, std::size_t offset) {
    Prefix prefix;
    for (; offset + prefix.length < source.size(); ++prefix.length) {
        const char c = source[offset + prefix.length];
        if ((c == 'r' || c == 'R') && !prefix.raw) {
            prefix.raw = true;
        } else if ((c == 'b' || c == 'B') && !prefix.bytes) {
            prefix.bytes = true;
        } else {
            prefix.opens = c == '"' || c == '\'';
            break;
        }
    }
    return prefix;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

char simple_escape(char c) {
    switch (c) {
        case 'a':
            return '\a';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        case '\\':
        case '?':
        case '"':
        case '\'':
        case '`':
            return c;
        default:
            return 0;
    }
}

class Reader {
  public:
    Reader(std::string_view source, std::size_t offset, LiteralProblem& problem)
        : source_(source), start_(offset), at_(offset), problem_(problem) {}

    std::optional<QuotedLiteral> read() {
        const Prefix prefix = read_prefix(source_, at_);
        at_ += prefix.length;
        bytes_ = prefix.bytes;
        const char quote = source_[at_];
        const std::string triple(3, quote);
        const bool is_triple = source_.substr(at_, 3) == triple;
        const std::string_view closing = is_triple ? std::string_view(triple) : source_.substr(at_, 1);
        at_ += closing.size();
        while (true) {
            const bool broken =
                at_ < source_.size() && !is_triple && (source_[at_] == '\n' || source_[at_] == '\r');
            if (at_ >= source_.size() || broken)
                return refuse(start_, {"引号没有闭合", "this quote is never closed"});
            if (source_.substr(at_, closing.size()) == closing) break;
            if (source_[at_] != '\\' || prefix.raw) {
                out_ += source_[at_++];
            } else if (!read_escape()) {
                return std::nullopt;
            }
        }
        return QuotedLiteral{bytes_, std::move(out_), at_ + closing.size()};
    }

  private:
    std::nullopt_t refuse(std::size_t offset, Text text) {
        problem_ = {offset, std::move(text)};
        return std::nullopt;
    }

    bool read_escape() {
        const std::size_t backslash = at_++;
        const char c = at_ < source_.size() ? source_[at_] : '\0';
        if (const char simple = simple_escape(c); simple != 0) {
            out_ += simple;
            ++at_;
            return true;
        }
        if (c >= '0' && c <= '3') return read_code(backslash, 3, 8);
        ++at_;
        if (c == 'x' || c == 'X') return read_code(backslash, 2, 16);
        if (c == 'u' && !bytes_) return read_code(backslash, 4, 16);
        if (c == 'U' && !bytes_) return read_code(backslash, 8, 16);
        refuse(backslash, {"没有这种转义", "there is no such escape"});
        return false;
    }

    bool read_code(std::size_t backslash, int digits, int base) {
        std::uint32_t code = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = at_ < source_.size() ? hex_digit(source_[at_]) : -1;
            if (digit < 0 || digit >= base) {
                refuse(backslash, {fmt::format("这种转义要 {} 位数字", digits),
                                   fmt::format("this escape wants {} digits", digits)});
                return false;
            }
            code = code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
            ++at_;
        }
        if (bytes_) {
            out_ += static_cast<char>(code);
            return true;
        }
        if (!is_character(code)) {
            refuse(backslash, {"没有这个字符", "there is no such character"});
            return false;
        }
        append_utf8(out_, code);
        return true;
    }

    std::string_view source_;
    std::size_t start_;
    std::size_t at_;
    LiteralProblem& problem_;
    bool bytes_ = false;
    std::string out_;
};

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
                out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            else
                out += c;
    }
}

}  // namespace

bool starts_quoted(std::string_view source, std::size_t offset) {
    return read_prefix(source, offset).opens;
}

std::optional<QuotedLiteral> read_quoted(std::string_view source, std::size_t offset,
                                         LiteralProblem& problem) {
    return Reader(source, offset, problem).read();
}

std::string in_quotes(std::string_view utf8) {
    std::string out = "\"";
    for (const char c : utf8) append_escaped(out, c);
    return out + "\"";
}

std::string quoted_bytes(std::string_view octets) {
    std::string out = "b\"";
    for (const char c : octets) {
        if (static_cast<unsigned char>(c) < 0x80)
            append_escaped(out, c);
        else
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    return out + "\"";
}

}  // namespace doudi::expr
