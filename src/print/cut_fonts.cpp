// SPDX-License-Identifier: Apache-2.0
#include "print/cut_fonts.h"

#include <cairo-ft.h>
#include <hb-subset.h>
#include <pango/pangocairo.h>

#include <set>

namespace doudi::print {
namespace {

template <class Thing, void (*destroy)(Thing*)>
std::shared_ptr<Thing> owned(Thing* thing) {
    return {thing, [](Thing* one) {
                if (one != nullptr) destroy(one);
            }};
}

std::unexpected<Error> cannot_be_cut() {
    return fail(ErrorKind::io, "paper_pdf",
                {"无法生成 PDF：字体不能取子集", "the PDF cannot be made: a font cannot be cut"});
}

// What Cairo keeps of a font, as long as it keeps it: whoever lets go of it last may be another thread, so
// that each has a library of its own.
struct Kept {
    std::shared_ptr<hb_blob_t> bytes;
    FT_Library library = nullptr;
    FT_Face face = nullptr;

    Kept() = default;
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;
    ~Kept() {
        if (face != nullptr) FT_Done_Face(face);
        if (library != nullptr) FT_Done_FreeType(library);
    }
};

PangoLayoutLine* line_of(const PlacedLine& placed) {
    return pango_layout_get_line_readonly(static_cast<PangoLayout*>(placed.line.layout.get()),
                                          placed.line.index);
}

template <class Use>
void each_run(PangoLayoutLine* line, const Use& use) {
    for (const GSList* at = line->runs; at != nullptr; at = at->next)
        use(*static_cast<const PangoGlyphItem*>(at->data));
}

bool is_drawn(const PangoGlyphInfo& glyph) {
    return glyph.glyph != PANGO_GLYPH_EMPTY && (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
}

hb_face_t* face_of(PangoFont* font) {
    return hb_font_get_face(pango_font_get_hb_font(font));
}

// Every face of a sheet with the glyphs that it shows of it.
struct Shown {
    std::map<hb_face_t*, std::shared_ptr<hb_set_t>> glyphs;
    std::set<PangoFont*> fonts;

    void add(const PangoGlyphItem& run) {
        PangoFont* font = run.item->analysis.font;
        for (int n = 0; n < run.glyphs->num_glyphs; ++n) {
            const PangoGlyphInfo& glyph = run.glyphs->glyphs[n];
            if (!is_drawn(glyph)) continue;
            fonts.insert(font);
            auto& set = glyphs[face_of(font)];
            if (set == nullptr) set = owned<hb_set_t, hb_set_destroy>(hb_set_create());
            hb_set_add(set.get(), glyph.glyph);
        }
    }
};

std::shared_ptr<hb_blob_t> cut(hb_face_t* face, const hb_set_t& glyphs) {
    const auto input = owned<hb_subset_input_t, hb_subset_input_destroy>(hb_subset_input_create_or_fail());
    if (input == nullptr) return nullptr;
    hb_set_union(hb_subset_input_glyph_set(input.get()), &glyphs);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                               HB_SUBSET_FLAGS_NO_HINTING);
    const auto made = owned<hb_face_t, hb_face_destroy>(hb_subset_or_fail(face, input.get()));
    if (made == nullptr) return nullptr;
    return owned<hb_blob_t, hb_blob_destroy>(hb_face_reference_blob(made.get()));
}

Result<std::shared_ptr<cairo_font_face_t>> cairo_face_of(std::shared_ptr<hb_blob_t> bytes) {
    static const cairo_user_data_key_t key{};
    if (bytes == nullptr) return cannot_be_cut();
    auto kept = std::make_unique<Kept>();
    kept->bytes = std::move(bytes);
    unsigned int size = 0;
    const char* data = hb_blob_get_data(kept->bytes.get(), &size);
    if (FT_Init_FreeType(&kept->library) != 0 ||
        FT_New_Memory_Face(kept->library, reinterpret_cast<const FT_Byte*>(data), static_cast<FT_Long>(size),
                           0, &kept->face) != 0)
        return cannot_be_cut();
    auto face = owned<cairo_font_face_t, cairo_font_face_destroy>(
        cairo_ft_font_face_create_for_ft_face(kept->face, 0));
    const cairo_destroy_func_t let_go = [](void* one) { delete static_cast<Kept*>(one); };
    if (cairo_font_face_set_user_data(face.get(), &key, kept.get(), let_go) != CAIRO_STATUS_SUCCESS)
        return cannot_be_cut();
    (void)kept.release();  // Cairo's from here on
    return face;
}

// The same size and place as Pango's own font of it.
std::shared_ptr<void> scaled_as(PangoFont* font, cairo_font_face_t* face) {
    cairo_scaled_font_t* own = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_matrix_t size;
    cairo_matrix_t place;
    cairo_scaled_font_get_font_matrix(own, &size);
    cairo_scaled_font_get_ctm(own, &place);
    const auto options = owned<cairo_font_options_t, cairo_font_options_destroy>(cairo_font_options_create());
    cairo_scaled_font_get_font_options(own, options.get());
    return owned<cairo_scaled_font_t, cairo_scaled_font_destroy>(
        cairo_scaled_font_create(face, &size, &place, options.get()));
}

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

// A run as Cairo takes it: glyphs in their places, and which bytes of the text each shows.
struct RunOfGlyphs {
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    double width = 0;

    RunOfGlyphs(const PangoGlyphItem& run, double x, double y) {
        const PangoGlyphString& from = *run.glyphs;
        double at = x + points(run.start_x_offset);
        for (int n = 0; n < from.num_glyphs; ++n) {
            const PangoGlyphInfo& one = from.glyphs[n];
            if (is_drawn(one))
                glyphs.push_back({one.glyph, at + points(one.geometry.x_offset),
                                  y + points(one.geometry.y_offset - run.y_offset)});
            add_cluster(from, n, run.item->length);
            at += points(one.geometry.width);
        }
        width = at + points(run.end_x_offset) - x;
    }

  private:
    // Glyphs of one cluster stand side by side.
    void add_cluster(const PangoGlyphString& from, int n, int bytes) {
        const int drawn = is_drawn(from.glyphs[n]) ? 1 : 0;
        if (n > 0 && from.log_clusters[n] == from.log_clusters[n - 1]) {
            clusters.back().num_glyphs += drawn;
            return;
        }
        if (n > 0) clusters.back().num_bytes = from.log_clusters[n] - from.log_clusters[last_];
        last_ = n;
        clusters.push_back({bytes - from.log_clusters[n], drawn});
    }
    int last_ = 0;  // where the newest cluster begins
};

}  // namespace

Result<CutFonts> CutFonts::of(const Sheet& sheet) {
    Shown shown;
    for (const Page& page : sheet.pages)
        for (const PlacedLine& placed : page.lines)
            each_run(line_of(placed), [&](const PangoGlyphItem& run) { shown.add(run); });
    std::map<hb_face_t*, std::shared_ptr<cairo_font_face_t>> faces;
    for (const auto& [face, glyphs] : shown.glyphs) faces[face] = TRY(cairo_face_of(cut(face, *glyphs)));
    CutFonts fonts;
    for (PangoFont* font : shown.fonts) {
        auto scaled = scaled_as(font, faces.at(face_of(font)).get());
        if (cairo_scaled_font_status(static_cast<cairo_scaled_font_t*>(scaled.get())) != CAIRO_STATUS_SUCCESS)
            return cannot_be_cut();
        fonts.scaled_.emplace(font, std::move(scaled));
    }
    return fonts;
}

void CutFonts::show(cairo_t* canvas, const PlacedLine& placed) const {
    PangoLayoutLine* line = line_of(placed);
    const char* text = pango_layout_get_text(line->layout);
    double x = placed.x;
    each_run(line, [&](const PangoGlyphItem& run) {
        const RunOfGlyphs made(run, x, placed.y);
        x += made.width;
        if (made.glyphs.empty()) return;
        const auto scaled = scaled_.find(run.item->analysis.font);
        ensure(scaled != scaled_.end(), "a line is of the sheet whose fonts were cut");
        cairo_set_scaled_font(canvas, static_cast<cairo_scaled_font_t*>(scaled->second.get()));
        cairo_show_text_glyphs(canvas, text + run.item->offset, run.item->length, made.glyphs.data(),
                               static_cast<int>(made.glyphs.size()), made.clusters.data(),
                               static_cast<int>(made.clusters.size()),
                               static_cast<cairo_text_cluster_flags_t>(0));
    });
}

}  // namespace doudi::print
