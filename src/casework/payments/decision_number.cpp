// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/decision_number.h"

#include <span>
#include <utility>

#include "base/text_fold.h"
#include "base/utf8.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

constexpr std::string_view before_digits = "第";
constexpr std::string_view after_digits = "号";

constexpr bool is_digit(char32_t code) {
    return code >= U'0' && code <= U'9';
}

// Of the Latin alphabet or Chinese; 〇 is one of these. What cannot be read is not left out.
constexpr bool is_letter(char32_t code) {
    const bool is_latin = (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
    const bool is_chinese = code == U'〇' || (code >= 0x3400 && code <= 0x9FFF) ||
                            (code >= 0xF900 && code <= 0xFAFF) || code >= 0x20000;
    return is_latin || is_chinese || code == replacement_character;
}

class Plain {
  public:
    void add(char32_t code) {
        if (is_digit(code)) return add_digit(code);
        end_digits();
        if (!is_letter(code)) return;
        std::string letter;
        append_utf8(letter, code >= U'A' && code <= U'Z' ? code - U'A' + U'a' : code);
        if (plain_.ends_with('.') && letter == after_digits) return;
        plain_ += letter;
    }
    [[nodiscard]] std::string text() && {
        end_digits();
        return std::move(plain_);
    }

  private:
    void add_digit(char32_t code) {
        if (digits_.empty() && plain_.ends_with(before_digits))
            plain_.resize(plain_.size() - before_digits.size());
        if (digits_ == "0") digits_.clear();
        append_utf8(digits_, code);
    }
    // A point ends each group: 2024 8 is not 20248.
    void end_digits() {
        if (digits_.empty()) return;
        plain_ += digits_ + '.';
        digits_.clear();
    }

    std::string plain_;
    std::string digits_;
};

}  // namespace

std::string plain_number(std::string_view number) {
    Plain plain;
    for (std::size_t at = 0; at < number.size();) {
        const CodePoint one = decode_utf8(number, at);
        plain.add(half_width_code(one.code));
        at += one.length;
    }
    return std::move(plain).text();
}

bool is_one_number(std::string_view one, std::string_view other) {
    return plain_number(one) == plain_number(other);
}

std::string digest_of_number(std::string_view number) {
    const std::string plain = plain_number(number);
    store::Sha256 digest;
    digest.add(std::as_bytes(std::span(plain)));
    return digest.hex();
}

}  // namespace doudi::casework
