// SPDX-License-Identifier: Apache-2.0
// The looks of papers (papers/layouts.yaml): fonts, sheets, margins, type sizes. Lengths in points but where
// it says mm.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/faults.h"
#include "policy/yaml_reader.h"
#include "print/paper.h"

namespace doudi::print {

inline constexpr double pt_of_mm = 72.0 / 25.4;

struct FontFamily {
    std::string family;   // as fontconfig knows it
    std::string package;  // that brings it
};
// A face for words, and after it the families in which its missing characters are looked for.
struct FontChoice {
    std::string id;
    std::vector<FontFamily> families;
};

struct TypeStyle {
    std::string font;  // id of a FontChoice
    bool bold = false;
    double size = 0;  // of type
    double line = 0;  // from one line to the next
    double above = 0, below = 0;
    double indent = 0;  // of a paragraph's first line, in characters
    Align align = Align::left;
    bool justified = false;
};

// Beside the styles of text blocks.
enum class TableStyle : std::uint8_t { label, value, seal, page };

struct Layout {
    std::string id;
    double width = 0, height = 0;  // of the sheet
    double top = 0, right = 0, bottom = 0, left = 0;
    double cell_padding = 0;  // left and right of a cell's text; half of it above and below
    double table_gap = 0;     // above and below a table
    std::string page_number;  // with {page} and {pages}; empty: none
    std::map<std::string, TypeStyle, std::less<>> styles;

    [[nodiscard]] const TypeStyle& style(TextStyle style) const;
    [[nodiscard]] const TypeStyle& style(TableStyle style) const;
    [[nodiscard]] double inner_width() const { return width - left - right; }
    [[nodiscard]] double inner_height() const { return height - top - bottom; }
};

// Words that no template states.
struct Words {
    std::string unknown, yes, no, ticked, open;
};

struct Layouts {
    std::vector<FontChoice> fonts;
    std::vector<Layout> layouts;
    Words words;

    [[nodiscard]] const Layout* find(std::string_view id) const;
};

// Reports what is wrong; what comes out is to be used only if nothing was.
[[nodiscard]] Layouts read_layouts(const policy::YamlValue& top);

}  // namespace doudi::print
