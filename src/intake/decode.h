// SPDX-License-Identifier: Apache-2.0
// Bytes of a text file → UTF-8. The order of judgement: byte order mark, UTF-16 by its zero bytes, strict
// UTF-8, strict GB18030, and last line by line (offices paste files together). What no encoding explains
// becomes U+FFFD, so that the row is refused and not guessed. (ICU's detector calls short Chinese texts
// Hebrew: it is not asked.)
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/gb18030.h"
#include "intake/sheet.h"

namespace doudi::intake {

// Reads the whole file once, with bounded memory. NUL bytes that no UTF-16 explains make it "not a text".
[[nodiscard]] Result<TextEncoding> detect_encoding(const std::filesystem::path& path);
// The same of a text in memory. With is_head, more bytes follow: a character cut off at the end is no fault.
[[nodiscard]] Result<TextEncoding> detect_encoding_of(std::string_view bytes, bool is_head = false);

// A text file piece by piece as valid UTF-8, without its byte order mark.
class TextDecoder {
  public:
    [[nodiscard]] static Result<std::unique_ptr<TextDecoder>> open(const std::filesystem::path& path,
                                                                   TextEncoding encoding);
    virtual ~TextDecoder() = default;
    // The next piece (a few hundred KiB at most, whole characters), good until the next call; empty at the
    // end.
    [[nodiscard]] virtual Result<std::string_view> next() = 0;
};

// A whole text of a known encoding. For `mixed`, line by line.
[[nodiscard]] std::string decode_text(std::string_view bytes, TextEncoding encoding);

}  // namespace doudi::intake
