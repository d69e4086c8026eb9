// SPDX-License-Identifier: Apache-2.0
#include "print/typeset.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <string_view>

namespace doudi::print {
namespace {

constexpr std::string_view stand_in = "\xEF\xBF\xBC";  // U+FFFC, whose shape is a blank
constexpr double pt_of_inch = 72;

std::shared_ptr<void> owned_object(void* object) {
    return {object, [](void* one) { g_object_unref(one); }};
}

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

int pango_units(double length) {
    return static_cast<int>(length * PANGO_SCALE + 0.5);
}

struct Blank {
    std::size_t from = 0, to = 0;  // bytes
    double characters = 0;
    bool underlined = false;
};

struct Joined {
    std::string text;
    std::vector<Blank> blanks;
    std::vector<std::pair<std::size_t, std::size_t>> unbroken;
};

Joined joined(const Runs& runs) {
    Joined all;
    for (const Run& run : runs) {
        const std::size_t from = all.text.size();
        all.text += run.blank > 0 ? stand_in : std::string_view(run.text);
        if (run.blank > 0) {
            all.blanks.push_back({from, all.text.size(), run.blank, run.underlined});
        } else if (run.unbroken) {
            all.unbroken.emplace_back(from, all.text.size());
        }
    }
    return all;
}

void apply(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

// A blank is one shape without ink, which no line break enters.
PangoAttrList* attributes_of(const Joined& all, double size) {
    PangoAttrList* list = pango_attr_list_new();
    for (const Blank& blank : all.blanks) {
        PangoRectangle ink{0, 0, 0, 0};
        PangoRectangle logical{0, -pango_units(size), pango_units(size * blank.characters),
                               pango_units(size)};
        apply(list, pango_attr_shape_new(&ink, &logical), blank.from, blank.to);
    }
    for (const auto& [from, to] : all.unbroken) apply(list, pango_attr_allow_breaks_new(FALSE), from, to);
    return list;
}

std::string line_text(const Joined& all, std::size_t from, std::size_t to) {
    std::string text;
    std::size_t at = from;
    for (const Blank& blank : all.blanks) {
        if (blank.from < from || blank.from >= to) continue;
        text += all.text.substr(at, blank.from - at);
        for (double i = 0; i < blank.characters; ++i) text += blank.underlined ? "＿" : "　";
        at = blank.to;
    }
    return text + all.text.substr(at, to - at);
}

Line line_of(const std::shared_ptr<void>& layout, PangoLayoutIter* iter, int index, const Joined& all,
             const TypeStyle& style) {
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iter);
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    const auto from = static_cast<std::size_t>(line->start_index);
    const std::size_t to = from + static_cast<std::size_t>(line->length);
    Line made{layout, index, points(logical.x), points(logical.width), style.size, line_text(all, from, to),
              {}};
    for (const Blank& blank : all.blanks) {
        if (!blank.underlined || blank.from < from || blank.from >= to) continue;
        int left = 0;
        int right = 0;
        pango_layout_line_index_to_x(line, static_cast<int>(blank.from), FALSE, &left);
        pango_layout_line_index_to_x(line, static_cast<int>(blank.from), TRUE, &right);
        made.underlines.emplace_back(points(std::min(left, right)), points(std::max(left, right)));
    }
    return made;
}

PangoAlignment pango_alignment(Align align) {
    if (align == Align::centre) return PANGO_ALIGN_CENTER;
    return align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

}  // namespace

Typesetter::Typesetter(Fonts fonts) : fonts_(std::move(fonts)) {
    PangoFontMap* map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    map_ = {map, [](void* one) {
                // Pango 1.50 does not give the configuration back by itself.
                pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(one), nullptr);
                g_object_unref(one);
            }};
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), static_cast<FcConfig*>(fonts_.config()));
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), pt_of_inch);
    PangoContext* context = pango_font_map_create_context(map);
    context_ = owned_object(context);
    // What a sheet looks like must not depend on a screen.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

std::vector<Line> Typesetter::lines(const Runs& runs, const TypeStyle& style, double width) const {
    const Joined all = joined(runs);
    PangoLayout* layout = pango_layout_new(static_cast<PangoContext*>(context_.get()));
    const std::shared_ptr<void> kept = owned_object(layout);
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, fonts_.families(style.font).c_str());
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, pango_units(width));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, pango_alignment(style.align));
    pango_layout_set_justify(layout, style.justified ? TRUE : FALSE);
    pango_layout_set_indent(layout, pango_units(style.indent * style.size));
    PangoAttrList* attributes = attributes_of(all, style.size);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout, all.text.c_str(), static_cast<int>(all.text.size()));
    std::vector<Line> made;
    PangoLayoutIter* iter = pango_layout_get_iter(layout);
    int index = 0;
    do {
        made.push_back(line_of(kept, iter, index++, all, style));
    } while (pango_layout_iter_next_line(iter) != FALSE);
    pango_layout_iter_free(iter);
    return made;
}

}  // namespace doudi::print
