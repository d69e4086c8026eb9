// SPDX-License-Identifier: Apache-2.0
// What a text must be before YAML is looked for in it, and what YAML's own complaints mean.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace doudi::policy {

struct TextFault {
    std::string code;
    Text text;
    int line = 0;         // from 0
    int byte_column = 0;  // from 0
};
// The first place where the text is none: a byte that is not UTF-8, a control character.
[[nodiscard]] std::optional<TextFault> find_text_fault(std::string_view text);

// Characters that a screen obeys instead of showing: controls, and those that turn the direction of writing.
// A line end and a tab are none.
[[nodiscard]] bool is_unprintable(char32_t code);

// yaml-cpp's English in both languages.
[[nodiscard]] Text syntax_in_words(const std::string& said);

}  // namespace doudi::policy
