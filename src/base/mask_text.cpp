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

}  // namespace

std::string mask_text(std::string_view utf8) {
    const std::size_t length = count_code_points(utf8);
    // A third in front and a quarter behind: 6 + 4 of an identity number, 3 + 2 of a telephone number,
    // nothing of a name.
    const std::size_t front = std::min(most_in_front, length / 3);
    const std::size_t behind = std::min(most_behind, length / 4);
    const bool shows_ends = length >= 6;
    std::string out;
    std::size_t index = 0;
    std::size_t stars = 0;
    for (std::size_t at = 0; at < utf8.size(); ++index) {
        const CodePoint point = decode_utf8(utf8, at);
        at += point.length;
        if (shows_ends && (index < front || index >= length - behind)) {
            append_visible(out, point);
        } else if (stars < most_stars) {
            out.push_back('*');
            ++stars;
        }
    }
    return out;
}

}  // namespace doudi
