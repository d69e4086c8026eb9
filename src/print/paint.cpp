// SPDX-License-Identifier: Apache-2.0
#include "print/paint.h"

#include <cairo-pdf.h>

namespace doudi::print {
namespace {

constexpr double stroke_width = 0.6;
constexpr double underline_width = 0.5;
constexpr double dash = 3;
constexpr double underline_depth = 0.16;  // under the baseline, of the type's size

void paint_stroke(cairo_t* canvas, const Stroke& stroke) {
    const double pattern[] = {dash, dash};
    cairo_set_dash(canvas, pattern, stroke.dashed ? 2 : 0, 0);
    cairo_set_line_width(canvas, stroke_width);
    cairo_move_to(canvas, stroke.x1, stroke.y1);
    cairo_line_to(canvas, stroke.x2, stroke.y2);
    cairo_stroke(canvas);
}

void paint_line(cairo_t* canvas, const PlacedLine& placed, const CutFonts& fonts) {
    fonts.show(canvas, placed);
    cairo_new_path(canvas);
    cairo_set_dash(canvas, nullptr, 0, 0);
    cairo_set_line_width(canvas, underline_width);
    const double y = placed.y + placed.line.size * underline_depth;
    for (const auto& [from, to] : placed.line.underlines) {
        cairo_move_to(canvas, placed.x + from, y);
        cairo_line_to(canvas, placed.x + to, y);
        cairo_stroke(canvas);
    }
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void paint_page(cairo_t* canvas, const Page& page, const CutFonts& fonts) {
    cairo_set_source_rgb(canvas, 0, 0, 0);
    cairo_set_line_cap(canvas, CAIRO_LINE_CAP_SQUARE);
    for (const Stroke& stroke : page.strokes) paint_stroke(canvas, stroke);
    cairo_set_line_cap(canvas, CAIRO_LINE_CAP_BUTT);
    for (const PlacedLine& line : page.lines) paint_line(canvas, line, fonts);
}

Result<std::string> make_pdf(const Sheet& sheet, const std::string& title, Date day) {
    const CutFonts fonts = TRY(CutFonts::of(sheet));
    std::string pdf;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &pdf, sheet.width, sheet.height);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "doudi");
    // Without a date of ours Cairo would put the time of the clock.
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   (day.iso() + "T00:00:00Z").c_str());
    cairo_t* canvas = cairo_create(surface);
    for (const Page& page : sheet.pages) {
        paint_page(canvas, page, fonts);
        cairo_show_page(canvas);
    }
    const cairo_status_t drawn = cairo_status(canvas);
    cairo_destroy(canvas);
    cairo_surface_finish(surface);
    const cairo_status_t finished = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : finished;
    if (status != CAIRO_STATUS_SUCCESS)
        return fail(ErrorKind::io, "paper_pdf",
                    {std::string("无法生成 PDF：") + cairo_status_to_string(status),
                     std::string("the PDF cannot be made: ") + cairo_status_to_string(status)});
    return pdf;
}

}  // namespace doudi::print
