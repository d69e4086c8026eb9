// SPDX-License-Identifier: Apache-2.0
#include "synth/numbers.h"

#include "synth/draw.h"

namespace doudi::synth {
namespace {

constexpr std::size_t county_length = 6;

void append_full_width(std::string& out, char character) {
    // U+FF10..FF19 and U+FF38 stand 0xFEE0 above their ASCII twins.
    const unsigned code = 0xFEE0u + static_cast<unsigned char>(character);
    out.push_back(static_cast<char>(0xE0u | (code >> 12)));
    out.push_back(static_cast<char>(0x80u | ((code >> 6) & 0x3Fu)));
    out.push_back(static_cast<char>(0x80u | (code & 0x3Fu)));
}

void put_digits(char* at, std::uint32_t value, int digits) {
    for (int i = digits - 1; i >= 0; --i) {
        at[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

}  // namespace

char check_character(const Number& number) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (number[i] - '0');
    return "10X98765432"[sum % 11];
}

bool check_holds(const Number& number) {
    return check_character(number) == number[17];
}

Number make_number(std::uint32_t county, std::uint32_t birth, std::uint32_t sequence) {
    Number number;
    put_digits(number.data(), county, 6);
    put_digits(number.data() + 6, birth, 8);
    put_digits(number.data() + 14, sequence, 3);
    number[17] = check_character(number);
    return number;
}

bool form_fits(NumberForm form, const Number& number) {
    if (form == NumberForm::lower_x) return number[17] == 'X';
    if (form == NumberForm::fifteen) return number[6] == '1';
    return true;
}

bool is_undoable(NumberForm form) {
    return form < NumberForm::scientific;
}

Number substitute(const Number& number, std::uint32_t salt) {
    Draw draw(salt, 0x5b5, 0);
    Number damaged = number;
    const std::size_t at = county_length + draw.below(12);
    if (number[at] == 'X') {
        damaged[at] = static_cast<char>('0' + draw.below(10));
    } else {
        damaged[at] = static_cast<char>('0' + (number[at] - '0' + 1 + static_cast<int>(draw.below(9))) % 10);
    }
    return damaged;
}

void append_number(std::string& out, const Number& number, NumberForm form, std::uint32_t salt) {
    const std::string_view text = text_of(number);
    switch (form) {
        case NumberForm::plain:
            out += text;
            break;
        case NumberForm::full_width:
            for (const char character : text) append_full_width(out, character);
            break;
        case NumberForm::spaced:
            out.append(text.substr(0, 6))
                .append(" ")
                .append(text.substr(6, 8))
                .append(" ")
                .append(text.substr(14));
            break;
        case NumberForm::trailing_space:
            out.append(text).append(" ");
            break;
        case NumberForm::quoted:
            out.append("'").append(text);
            break;
        case NumberForm::lower_x:
            out.append(text.substr(0, 17)).append("x");
            break;
        case NumberForm::fifteen:
            out.append(text.substr(0, 6)).append(text.substr(8, 9));
            break;
        case NumberForm::scientific:
            out.append(text.substr(0, 1)).append(".").append(text.substr(1, 5)).append("E+17");
            break;
        case NumberForm::empty:
            break;
        case NumberForm::substituted:
            out += text_of(substitute(number, salt));
            break;
    }
}

}  // namespace doudi::synth
