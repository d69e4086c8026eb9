// SPDX-License-Identifier: Apache-2.0
// Runs of text broken into lines of a width, by Pango: rare characters, punctuation that begins no line,
// justified. One thread at a time.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "print/fill.h"
#include "print/fonts.h"

namespace doudi::print {

// One line, ready to be drawn.
struct Line {
    std::shared_ptr<void> layout;  // PangoLayout, kept by all of its lines
    int index = 0;
    double x = 0;                                       // where it begins, by its alignment
    double width = 0;                                   // of its ink and blanks
    double size = 0;                                    // of its type
    std::string text;                                   // for who reads it: a blank is ＿ for each character
    std::vector<std::pair<double, double>> underlines;  // of blanks: from, to; from the line's own beginning
};

class Typesetter {
  public:
    // The fonts stay with it.
    explicit Typesetter(Fonts fonts);

    [[nodiscard]] const Fonts& fonts() const { return fonts_; }
    // At least one line, an empty one of no text.
    [[nodiscard]] std::vector<Line> lines(const Runs& runs, const TypeStyle& style, double width) const;

  private:
    Fonts fonts_;
    std::shared_ptr<void> map_;      // PangoFontMap
    std::shared_ptr<void> context_;  // PangoContext
};

}  // namespace doudi::print
