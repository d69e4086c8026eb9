// SPDX-License-Identifier: Apache-2.0
// Purpose: identity numbers (GB 11643) written by formula, and the damage that offices do to them (domain.md
// §4.6, 4). Invariant: the county code is one that was never assigned (441699 and a few below it), and damage
// never touches it: no number written here belongs to anybody. Shares no code with base/id_number.h, which it
// serves to test.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace doudi::synth {

using Number = std::array<char, 18>;

[[nodiscard]] inline std::string_view text_of(const Number& number) {
    return {number.data(), number.size()};
}

// The 18th character for the first 17.
[[nodiscard]] char check_character(const Number& number);
[[nodiscard]] bool check_holds(const Number& number);

// county 441699, birth 19740612, sequence 979.
[[nodiscard]] Number make_number(std::uint32_t county, std::uint32_t birth, std::uint32_t sequence);

enum class NumberForm : std::uint8_t {
    plain,
    // An importer can undo these.
    full_width,
    spaced,
    trailing_space,
    quoted,
    lower_x,
    fifteen,
    // These it cannot.
    scientific,
    empty,
    substituted,  // one digit wrong: perhaps a probable match
};

// Lower-case x needs an X, fifteen digits a birth before 2000.
[[nodiscard]] bool form_fits(NumberForm form, const Number& number);
[[nodiscard]] bool is_undoable(NumberForm form);

// One character after the county code replaced; which one and by what the salt tells. The check digit is
// always wrong then.
[[nodiscard]] Number substitute(const Number& number, std::uint32_t salt);

// Appends the number in the form.
void append_number(std::string& out, const Number& number, NumberForm form, std::uint32_t salt);

}  // namespace doudi::synth
