// SPDX-License-Identifier: Apache-2.0
#include "expr/source_error.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace doudi::expr {

namespace {

// Characters shown on either side of the place, so that a condition in one long line stays readable.
constexpr std::size_t window = 50;

// East Asian Wide, as far as conditions hold it: CJK, its punctuation, full-width forms, emoji.
bool is_wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = decode_utf8(text, i);
        const bool shown = c.valid && (c.code >= 0x20 || c.code == '\t') && c.code != 0x7F;
        out += shown ? text.substr(i, c.length) : std::string_view("?");
        i += c.length;
    }
    return out;
}

std::string blanks_under(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = decode_utf8(text, i);
        if (c.code == '\t')
            out += '\t';
        else
            out += is_wide(c.code) ? "  " : " ";
        i += c.length;
    }
    return out;
}

// Steps back over continuation bytes, so that a cut does not split a character.
std::size_t character_start(std::string_view text, std::size_t offset) {
    while (offset > 0 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80)
        --offset;
    return offset;
}

}  // namespace

SourcePosition position_of(std::string_view source, std::size_t offset) {
    offset = std::min(offset, source.size());
    SourcePosition position;
    for (std::size_t i = 0; i < offset;) {
        const CodePoint c = decode_utf8(source, i);
        i += c.length;
        if (c.code == '\n') {
            ++position.line;
            position.column = 1;
        } else if (i <= offset) {
            ++position.column;
        }
    }
    return position;
}

std::string caret_excerpt(std::string_view source, std::size_t offset) {
    offset = std::min(offset, source.size());
    const std::size_t newline = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
    std::size_t first = newline == std::string_view::npos ? 0 : newline + 1;
    std::size_t last = std::min(source.find('\n', offset), source.size());
    if (last > first && source[last - 1] == '\r' && last > offset) --last;
    const bool cut_front = offset - first > window * 2;
    if (cut_front) first = character_start(source, offset - window);
    const bool cut_back = last - offset > window * 2;
    if (cut_back) last = character_start(source, offset + window);
    const std::string_view before = source.substr(first, offset - first);
    const std::string_view dots = "... ";
    std::string out{cut_front ? dots : ""};
    out += printable(before);
    out += printable(source.substr(offset, last - offset));
    if (cut_back) out += " ...";
    out += '\n';
    out += std::string(cut_front ? dots.size() : 0, ' ') + blanks_under(before) + "^";
    return out;
}

Error source_error(std::string_view source, std::size_t offset, ErrorKind kind, std::string code, Text text) {
    const SourcePosition position = position_of(source, offset);
    const std::string excerpt = "\n" + caret_excerpt(source, offset);
    return Error{kind, std::move(code), Text{text.zh + excerpt, text.en + excerpt},
                 fmt::format("{}:{}", position.line, position.column)};
}

}  // namespace doudi::expr
