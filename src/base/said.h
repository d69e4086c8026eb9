// SPDX-License-Identifier: Apache-2.0
// Whether a text that somebody must write says anything: a reason of a blank is no reason.
#pragma once
#include <string_view>

namespace doudi {

// Blanks and what takes no width, marks of punctuation, signs and pictures: what no sentence is made of
// alone. Letters and digits of any script are none; what is not known here is taken for a letter.
[[nodiscard]] bool is_mark_code(char32_t code);
// One letter or digit at least. Bytes that are no UTF-8 say nothing.
[[nodiscard]] bool says_something(std::string_view utf8);

}  // namespace doudi
