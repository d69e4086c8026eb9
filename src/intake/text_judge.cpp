// SPDX-License-Identifier: Apache-2.0
#include "intake/text_judge.h"

#include <algorithm>

#include "base/utf8.h"

namespace doudi::intake {
namespace {

// How many bytes at the end belong to a character that may go on in the next piece.
[[nodiscard]] std::size_t unfinished_tail(std::string_view bytes) {
    const std::size_t most = std::min<std::size_t>(3, bytes.size());
    for (std::size_t back = 1; back <= most; ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte >= 0xC0) {
            const std::size_t needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return needs > back ? back : 0;
        }
        if (byte < 0x80) return 0;
    }
    return 0;
}

}  // namespace

void Utf8Judge::feed(std::string_view bytes) {
    if (!good_) return;
    while (!rest_.empty() && !bytes.empty()) {
        rest_.push_back(bytes.front());
        bytes.remove_prefix(1);
        if (unfinished_tail(rest_) == 0) {
            good_ = is_valid_utf8(rest_);
            rest_.clear();
        }
    }
    const std::size_t tail = unfinished_tail(bytes);
    good_ = good_ && is_valid_utf8(bytes.substr(0, bytes.size() - tail));
    rest_.append(bytes.substr(bytes.size() - tail));
}

void Gb18030Judge::feed(std::string_view bytes) {
    if (!good_) return;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        switch (state_) {
            case 0:
                if (byte < 0x80) continue;
                if (byte == 0x80 || byte == 0xFF) {
                    good_ = false;
                    return;
                }
                state_ = 1;
                continue;
            case 1:
                if (byte >= 0x30 && byte <= 0x39) {
                    state_ = 2;
                    continue;
                }
                good_ = byte >= 0x40 && byte != 0x7F && byte != 0xFF;
                state_ = 0;
                break;
            case 2:
                good_ = byte >= 0x81 && byte != 0xFF;
                state_ = 3;
                break;
            default:
                good_ = byte >= 0x30 && byte <= 0x39;
                state_ = 0;
                break;
        }
        if (!good_) return;
    }
}

}  // namespace doudi::intake
