// SPDX-License-Identifier: Apache-2.0
// Text as offices write it, made comparable. Folding is for comparing only; what was written is what is kept
// and shown. Plain C++ without ICU: only the forms that change a comparison are known here.
#pragma once
#include <string>
#include <string_view>

namespace doudi {

// ASCII white space, NBSP, U+3000 and the other Unicode spaces, and what takes no width: U+200B-200F, BOM,
// bidi marks.
[[nodiscard]] bool is_space_code(char32_t code);
// U+FF01..FF5E to ASCII and U+3000 to a space; every other code point as it is.
[[nodiscard]] char32_t half_width_code(char32_t code);

// A name for comparing: no spaces, no middle dots (· • ．・ ‧ and their like), no bracketed remark （户主）
// (户主) 【…】 [...] 〔…〕, full-width ASCII in half width. A remark that is not closed goes on to the end; a
// name that is nothing but a remark keeps its words. Bytes that are no UTF-8 become U+FFFD. Folding a folded
// name changes nothing.
[[nodiscard]] std::string fold_name(std::string_view utf8);
// fold_name(x) == x, without allocation; fast for plain Chinese names.
[[nodiscard]] bool is_folded_name(std::string_view utf8);
// fold_name(left) == fold_name(right); allocates only for a side that is not folded.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);

// The text without is_space_code at either end.
[[nodiscard]] std::string_view trim(std::string_view utf8);
[[nodiscard]] std::string half_width(std::string_view utf8);
// Full-width digits to ASCII digits, everything else as it is.
[[nodiscard]] std::string fold_digits(std::string_view utf8);
// A telephone number for comparing: its digits alone, in half width, without 86 or 0086 before a mobile
// number.
[[nodiscard]] std::string fold_phone(std::string_view utf8);

}  // namespace doudi
