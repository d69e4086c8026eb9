// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/id_number.h"
#include "base/utf8.h"

namespace doudi {
namespace {

constexpr std::size_t most_in_front = 6;
constexpr std::size_t most_behind = 4;
constexpr std::size_t most_stars = 32;  // a cell of megabytes must not become a message of megabytes

// What breaks a line of a report is not shown as it is.
void append_visible(std::string& out, const CodePoint& point) {
    const bool control = point.code < 0x20 || (point.code >= 0x7F && point.code < 0xA0);
    if (!point.valid || control) {
        out.push_back('?');
    } else {
        append_utf8(out, point.code);
    }
}

// A third in front and a quarter behind: 6 + 4 of an identity number, 3 + 2 of a telephone number, nothing of
// a name.
struct Shown {
    std::size_t front = 0;
    std::size_t behind = 0;

    [[nodiscard]] static Shown of(std::size_t length) {
        constexpr std::size_t least = 6;
        if (length < least) return {};
        return {std::min(most_in_front, length / 3), std::min(most_behind, length / 4)};
    }
};

[[nodiscard]] bool is_printing(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

// The numbers of nearly all findings: each byte is a character, and shown as it is.
[[nodiscard]] std::string mask_printing(std::string_view text) {
    const Shown shown = Shown::of(text.size());
    std::string out;
    out.reserve(shown.front + most_stars + shown.behind);
    out.append(text.substr(0, shown.front));
    out.append(std::min(text.size() - shown.front - shown.behind, most_stars), '*');
    out.append(text.substr(text.size() - shown.behind));
    return out;
}

}  // namespace

std::string mask_text(std::string_view utf8) {
    if (is_printing(utf8)) return mask_printing(utf8);
    const std::size_t length = count_code_points(utf8);
    const Shown shown = Shown::of(length);
    std::string out;
    std::size_t index = 0;
    std::size_t stars = 0;
    for (std::size_t at = 0; at < utf8.size(); ++index) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        if (index < shown.front || index >= length - shown.behind) {
            append_visible(out, point);
        } else if (stars < most_stars) {
            out.push_back('*');
            ++stars;
        }
    }
    return out;
}

}  // namespace doudi
