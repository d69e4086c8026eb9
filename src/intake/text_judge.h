// SPDX-License-Identifier: Apache-2.0
// Judges a stream of bytes, in pieces, as UTF-8 and as GB18030 at once. Both judgements are strict: a byte
// that cannot be, ends it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace doudi::intake {

class Utf8Judge {
  public:
    void feed(std::string_view bytes);
    // Whether all bytes so far are UTF-8; the last character complete, unless more would follow.
    [[nodiscard]] bool finish(bool may_be_cut = false) const {
        return good_ && (may_be_cut || rest_.empty());
    }

  private:
    std::string rest_;  // the bytes of a character cut by the piece's end
    bool good_ = true;
};

// The shape of GB18030: one byte, two (81..FE, 40..FE without 7F) or four (81..FE, 30..39, 81..FE, 30..39).
class Gb18030Judge {
  public:
    void feed(std::string_view bytes);
    [[nodiscard]] bool finish(bool may_be_cut = false) const { return good_ && (may_be_cut || state_ == 0); }

  private:
    std::uint8_t state_ = 0;  // bytes of the character seen so far
    bool good_ = true;
};

}  // namespace doudi::intake
