// SPDX-License-Identifier: Apache-2.0
// The fonts of one sheet, cut to the characters that stand on it: a PDF bears what it shows and not the rest
// of a font of 20 MB. Cairo cuts a font of Adobe's kind too, but keeps all of its shared outlines, which are
// some 300 KB each in fonts of Chinese.
#pragma once
#include <map>
#include <memory>

#include "base/result.h"
#include "print/sheet.h"

typedef struct _cairo cairo_t;  // NOLINT(modernize-use-using): Cairo's own name

namespace doudi::print {

class CutFonts {
  public:
    // Glyphs keep their numbers; the same sheet gives the same fonts. "paper_pdf": a font cannot be cut.
    [[nodiscard]] static Result<CutFonts> of(const Sheet& sheet);

    // The line with these fonts, from where it begins on its baseline. It must be of that sheet.
    void show(cairo_t* canvas, const PlacedLine& placed) const;

  private:
    CutFonts() = default;
    std::map<const void*, std::shared_ptr<void>> scaled_;  // PangoFont: cairo_scaled_font_t
};

}  // namespace doudi::print
