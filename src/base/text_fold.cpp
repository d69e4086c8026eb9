// SPDX-License-Identifier: Apache-2.0
#include "base/text_fold.h"

#include <cstddef>

#include "base/utf8.h"

namespace doudi {
namespace {

enum class NamePart { plain, dropped, opening, closing };

[[nodiscard]] bool is_middle_dot(char32_t code) {
    switch (code) {
        case U'.':    // what U+FF0E becomes in half width
        case 0x00B7:  // · middle dot
        case 0x0387:  // · Greek ano teleia
        case 0x2022:  // • bullet
        case 0x2024:  // ․ one dot leader
        case 0x2027:  // ‧ hyphenation point
        case 0x2219:  // ∙ bullet operator
        case 0x22C5:  // ⋅ dot operator
        case 0x30FB:  // ・ katakana middle dot
        case 0xFF65:  // ･ its half-width form
            return true;
        default:
            return false;
    }
}

// Of a code point in half width.
[[nodiscard]] NamePart part_of(char32_t code) {
    switch (code) {
        case U'(':
        case U'[':
        case 0x3010:  // 【
        case 0x3014:  // 〔
            return NamePart::opening;
        case U')':
        case U']':
        case 0x3011:
        case 0x3015:
            return NamePart::closing;
        default:
            return is_space_code(code) || is_middle_dot(code) ? NamePart::dropped : NamePart::plain;
    }
}

// Kinds of brackets are not told apart: offices write （户主) too.
[[nodiscard]] std::string fold(std::string_view utf8, bool drop_remarks) {
    std::string out;
    out.reserve(utf8.size());
    int depth = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        const char32_t code = half_width_code(point.code);
        switch (part_of(code)) {
            case NamePart::opening:
                ++depth;
                break;
            case NamePart::closing:
                if (depth > 0) --depth;
                break;
            case NamePart::dropped:
                break;
            case NamePart::plain:
                if (depth == 0 || !drop_remarks) append_utf8(out, code);
                break;
        }
    }
    return out;
}

[[nodiscard]] bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// U+4000..U+9FFF: no character that folding changes stands there.
[[nodiscard]] bool is_plain_ideograph(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    return lead >= 0xE4 && lead <= 0xE9 && text.size() - at >= 3 && is_continuation(text[at + 1]) &&
           is_continuation(text[at + 2]);
}

[[nodiscard]] std::size_t leading_space(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const CodePoint point = decode_utf8(text, at);
        if (!point.valid || !is_space_code(point.code)) break;
        at += point.length;
    }
    return at;
}

// The start of the last code point; an invalid tail is a step of one byte.
[[nodiscard]] std::size_t last_start(std::string_view text) {
    for (std::size_t back = 1; back <= 4 && back <= text.size(); ++back) {
        const CodePoint point = decode_utf8(text, text.size() - back);
        if (point.valid && point.length == back) return text.size() - back;
    }
    return text.size() - 1;
}

}  // namespace

bool is_space_code(char32_t code) {
    if (code <= 0x20) return code == 0x20 || (code >= 0x09 && code <= 0x0D);
    if (code < 0x2000)
        return code == 0x85 || code == 0xA0 || code == 0xAD || code == 0x1680 || code == 0x180E;
    if (code <= 0x206F) {
        return code <= 0x200F || (code >= 0x2028 && code <= 0x202F) || code >= 0x205F;
    }
    return code == 0x3000 || code == 0xFEFF;
}

char32_t half_width_code(char32_t code) {
    if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFEE0;
    return code == 0x3000 ? U' ' : code;
}

std::string fold_name(std::string_view utf8) {
    if (is_folded_name(utf8)) return std::string(utf8);
    std::string folded = fold(utf8, true);
    if (folded.empty()) folded = fold(utf8, false);
    return folded;
}

bool is_folded_name(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        if (is_plain_ideograph(utf8, at)) {
            at += 3;
            continue;
        }
        const CodePoint point = decode_utf8(utf8, at);
        if (!point.valid || half_width_code(point.code) != point.code ||
            part_of(point.code) != NamePart::plain) {
            return false;
        }
        at += point.length;
    }
    return true;
}

bool same_name(std::string_view left, std::string_view right) {
    if (left == right) return true;
    const bool left_folded = is_folded_name(left);
    const bool right_folded = is_folded_name(right);
    if (left_folded && right_folded) return false;
    if (left_folded) return left == fold_name(right);
    if (right_folded) return fold_name(left) == right;
    return fold_name(left) == fold_name(right);
}

namespace {

bool is_printing_ascii(unsigned char byte) {
    return byte > 0x20 && byte < 0x7F;
}

// The lead byte of U+4000 to U+9FFF, where no space is.
bool leads_ideograph(unsigned char byte) {
    return byte >= 0xE4 && byte <= 0xE9;
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

// Nearly every cell: its ends are plainly no spaces. False says nothing.
bool has_plain_ends(std::string_view utf8) {
    const auto byte = [utf8](std::size_t at) { return static_cast<unsigned char>(utf8[at]); };
    const std::size_t size = utf8.size();
    if (size == 0 || !(is_printing_ascii(byte(0)) || leads_ideograph(byte(0)))) return false;
    if (is_printing_ascii(byte(size - 1))) return true;
    return size >= 3 && leads_ideograph(byte(size - 3)) && is_continuation(byte(size - 2)) &&
           is_continuation(byte(size - 1));
}

}  // namespace

std::string_view trim(std::string_view utf8) {
    if (has_plain_ends(utf8)) return utf8;
    utf8.remove_prefix(leading_space(utf8));
    while (!utf8.empty()) {
        const std::size_t start = last_start(utf8);
        const CodePoint point = decode_utf8(utf8, start);
        if (!point.valid || !is_space_code(point.code)) break;
        utf8 = utf8.substr(0, start);
    }
    return utf8;
}

std::string half_width(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        const char32_t code = half_width_code(point.code);
        if (point.valid && code != point.code) {
            append_utf8(out, code);
        } else {
            out.append(utf8.substr(at, point.length));
        }
        at += point.length;
    }
    return out;
}

std::string fold_digits(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        if (point.valid && point.code >= 0xFF10 && point.code <= 0xFF19) {
            out.push_back(static_cast<char>(half_width_code(point.code)));
        } else {
            out.append(utf8.substr(at, point.length));
        }
        at += point.length;
    }
    return out;
}

std::string fold_phone(std::string_view utf8) {
    std::string digits;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = decode_utf8(utf8, at);
        const char32_t code = half_width_code(point.code);
        if (code >= U'0' && code <= U'9') digits.push_back(static_cast<char>(code));
        at += point.length;
    }
    // A mobile number has 11 digits and begins with 1; only before one is 86 surely the country's code.
    if (digits.size() == 13 && digits.starts_with("861")) return digits.substr(2);
    if (digits.size() == 15 && digits.starts_with("00861")) return digits.substr(4);
    return digits;
}

}  // namespace doudi
