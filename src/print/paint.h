// SPDX-License-Identifier: Apache-2.0
// Pages onto a canvas of Cairo, and into a PDF. The same sheet gives the same bytes: nothing in it tells
// when, where or by whom it was made but what is handed in.
#pragma once
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "print/cut_fonts.h"

namespace doudi::print {

// `fonts` are those of the page's sheet.
void paint_page(cairo_t* canvas, const Page& page, const CutFonts& fonts);

// `title` and `day` stand in the file's properties.
[[nodiscard]] Result<std::string> make_pdf(const Sheet& sheet, const std::string& title, Date day);

}  // namespace doudi::print
