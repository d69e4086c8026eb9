// SPDX-License-Identifier: Apache-2.0
// Each paper as it is to look: its lines and strokes with their places, and how much ink lies where. Places
// may differ by a hair, ink by a shade: another patch of a font engine is no change of a paper, a word or a
// line moved is. With DOUDI_WRITE_GOLDEN in the environment they are written anew, to be looked at before
// they are kept.
#include <cairo.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "policy/folder.h"
#include "print/paint.h"
#include "print/print_test_support.h"

namespace doudi::print {
namespace {

namespace fs = std::filesystem;

constexpr double hair = 0.3;  // mm
constexpr int shade = 1;
constexpr int cell = 20;  // points: a square whose ink is one digit

fs::path testdata() {
    return source_root() / "src/print/testdata";
}

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(testdata() / "fields"))
        all.push_back(entry.path().stem().string());
    std::ranges::sort(all);
    return all;
}

// Rows of digits: 0 white, 9 a third of the square and more in black.
std::vector<std::string> ink_of(const Page& page, const Sheet& sheet) {
    const int width = static_cast<int>(sheet.width);
    const int height = static_cast<int>(sheet.height);
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t* canvas = cairo_create(surface);
    paint_page(canvas, page);
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

std::string golden_of(const Sheet& sheet) {
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
        for (const std::string& row : ink_of(page, sheet)) text += "ink " + row + "\n";
    }
    return text;
}

bool same_ink(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           std::ranges::equal(left, right, [](char a, char b) { return std::abs(a - b) <= shade; });
}

// The same words, the numbers up to a hair.
bool same_line(const std::string& left, const std::string& right) {
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

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

void compare(const std::string& name, const std::string& made) {
    const fs::path file = testdata() / "goldens" / (name + ".txt");
    if (std::getenv("DOUDI_WRITE_GOLDEN") != nullptr) {
        fs::create_directories(file.parent_path());
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

TEST_CASE("each paper looks as its golden") {
    std::set<std::string> shown;
    for (const std::string& name : names()) {
        const FieldsFile file = fields_named(name);
        shown.insert(paper_of(name));
        compare(name, golden_of(laid_out(paper_of(name), file.fields).sheet));
    }
    for (const Paper& paper : own_library().papers) CHECK_MESSAGE(shown.contains(paper.id), paper.id);
}

TEST_CASE("a golden notices a word, a place and a stroke that is not drawn, and not a hair") {
    CHECK(same_line("text 10.0 20.0 30.0 甲 乙", "text 10.2 19.8 30.1 甲 乙"));
    CHECK_FALSE(same_line("text 10.0 20.0 30.0 甲", "text 10.4 20.0 30.0 甲"));
    CHECK_FALSE(same_line("text 10.0 20.0 30.0 甲", "text 10.0 20.0 30.0 乙"));
    CHECK_FALSE(same_line("line 10.0 20.0 30.0 20.0", "line 10.0 20.0 30.0 20.0 dashed"));
    CHECK_FALSE(same_line("page 1 of 2", "page 1 of 3"));
    CHECK(same_line("ink 0123", "ink 0132"));
    CHECK_FALSE(same_line("ink 0123", "ink 0143"));
    const LaidOut laid = laid_out("service_receipt", {});
    Page bare = laid.sheet.pages.front();
    const auto drawn = ink_of(bare, laid.sheet);
    bare.strokes.clear();
    const auto without = ink_of(bare, laid.sheet);
    CHECK_FALSE(std::ranges::equal(drawn, without, same_ink));
}

}  // namespace
}  // namespace doudi::print
