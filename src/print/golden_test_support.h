// SPDX-License-Identifier: Apache-2.0
// Each paper as it is to look: its lines and strokes with their places, and how much ink lies where. Places
// may differ by a hair, ink by a shade: another patch of a font engine is no change of a paper, a word or a
// line moved is. With DOUDI_WRITE_GOLDEN in the environment they are written anew, to be looked at before
// they are kept.
#pragma once
#include <cairo.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "policy/folder.h"
#include "print/layouts.h"
#include "print/paint.h"

namespace doudi::print {

inline constexpr double hair = 0.3;  // mm
inline constexpr int shade = 1;
inline constexpr int cell = 20;  // points: a square whose ink is one digit

// Rows of digits: 0 white, 9 a third of the square and more in black.
inline std::vector<std::string> ink_of(const Page& page, const Sheet& sheet, const CutFonts& fonts) {
    const int width = static_cast<int>(sheet.width);
    const int height = static_cast<int>(sheet.height);
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t* canvas = cairo_create(surface);
    paint_page(canvas, page, fonts);
    cairo_destroy(canvas);
    cairo_surface_flush(surface);
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    std::vector<std::string> rows;
    for (int top = 0; top + cell <= height; top += cell) {
        std::string row;
        for (int left = 0; left + cell <= width; left += cell) {
            long sum = 0;
            for (int y = top; y < top + cell; ++y)
                for (int x = left; x < left + cell; ++x) sum += data[y * stride + x];
            const double black = static_cast<double>(sum) / (255.0 * cell * cell);
            row += static_cast<char>('0' + std::min(9L, std::lround(black * 27)));
        }
        rows.push_back(row);
    }
    cairo_surface_destroy(surface);
    return rows;
}

inline std::string golden_of(const Sheet& sheet) {
    const auto fonts = CutFonts::of(sheet);
    REQUIRE(fonts.has_value());
    std::string text;
    for (std::size_t i = 0; i < sheet.pages.size(); ++i) {
        const Page& page = sheet.pages[i];
        text += fmt::format("page {} of {}\n", i + 1, sheet.pages.size());
        for (const auto& [x, y, line] : page.lines)
            if (!line.text.empty())
                text += fmt::format("text {:.1f} {:.1f} {:.1f} {}\n", x / pt_of_mm, y / pt_of_mm,
                                    line.width / pt_of_mm, line.text);
        for (const Stroke& stroke : page.strokes)
            text += fmt::format("line {:.1f} {:.1f} {:.1f} {:.1f}{}\n", stroke.x1 / pt_of_mm,
                                stroke.y1 / pt_of_mm, stroke.x2 / pt_of_mm, stroke.y2 / pt_of_mm,
                                stroke.dashed ? " dashed" : "");
        for (const std::string& row : ink_of(page, sheet, *fonts)) text += "ink " + row + "\n";
    }
    return text;
}

inline bool same_ink(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           std::ranges::equal(left, right, [](char a, char b) { return std::abs(a - b) <= shade; });
}

// The same words, the numbers up to a hair.
inline bool same_line(const std::string& left, const std::string& right) {
    if (left == right) return true;
    if (left.starts_with("ink ") && right.starts_with("ink ")) return same_ink(left, right);
    const int numbers = left.starts_with("text ") ? 3 : 4;
    std::istringstream one(left);
    std::istringstream other(right);
    std::string word;
    std::string other_word;
    one >> word;
    other >> other_word;
    if (word != other_word || word == "page") return false;
    for (int i = 0; i < numbers; ++i) {
        double a = 0;
        double b = 0;
        if (!(one >> a) || !(other >> b) || std::abs(a - b) > hair) return false;
    }
    std::getline(one, word);
    std::getline(other, other_word);
    return word == other_word;
}

inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

inline void compare(const std::filesystem::path& file, const std::string& made) {
    const std::string name = file.stem().string();
    if (std::getenv("DOUDI_WRITE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << made;
        return;
    }
    const auto kept = policy::read_whole_file(file);
    REQUIRE_MESSAGE(kept.has_value(), name);
    const auto left = lines_of(*kept);
    const auto right = lines_of(made);
    std::size_t told = 0;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()) && told < 5; ++i) {
        if (same_line(left[i], right[i])) continue;
        CHECK_MESSAGE(false, name, ":", i + 1, ": kept '", left[i], "', made '", right[i], "'");
        ++told;
    }
    CHECK_MESSAGE(left.size() == right.size(), name);
}

}  // namespace doudi::print
