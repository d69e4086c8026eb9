// SPDX-License-Identifier: Apache-2.0
// The marks of moves that the program itself looks for, whatever the move is called (packs,
// procedures/*.yaml).
#pragma once
#include <string_view>

namespace doudi::casework {

// Somebody is given help: statistics count it.
inline constexpr std::string_view help_mark = "help_given";
// A relative of staff applied and was registered apart: there is a list of those cases.
inline constexpr std::string_view relatives_mark = "relatives_listed";
// A payment stands still, and goes on.
inline constexpr std::string_view held_mark = "payment_held";
inline constexpr std::string_view resumed_mark = "payment_resumed";
// A person has confirmed what was told (a death).
inline constexpr std::string_view confirmed_mark = "confirmed";
// An office is reminded of a case; and the field that says what it is to do.
inline constexpr std::string_view reminded_mark = "reminded";
inline constexpr std::string_view instruction_field = "instruction";

}  // namespace doudi::casework
