// SPDX-License-Identifier: Apache-2.0
#include "print/layouts.h"

#include <algorithm>
#include <charconv>

namespace doudi::print {
namespace {

using policy::YamlEntry;
using policy::YamlRecord;
using policy::YamlValue;

constexpr std::array<std::string_view, 8> text_styles{"title", "number", "heading", "body",
                                                      "plain", "centre", "right",   "note"};
constexpr std::array<std::string_view, 4> table_styles{"label", "value", "seal", "page"};
constexpr double longest_length = 2'000;

double decimal(const YamlValue& value, double least, double most) {
    const auto text = value.text();
    if (!text) return least;
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size() && number >= least && number <= most)
        return number;
    value.fault("layout_number", "此处应为不太大的正数", "expected a positive number that is not too large");
    return least;
}

void set_decimal(const YamlRecord& record, std::string_view key, double& number) {
    if (const YamlValue* value = record.find(key)) number = decimal(*value, 0, longest_length);
}

class LayoutsReader {
  public:
    Layouts read(const YamlValue& top) {
        const auto record = top.record({"fonts", "words", "layouts"});
        if (!record) return {};
        if (const YamlValue* fonts = record->need("fonts"))
            for (const YamlEntry& entry : fonts->entries()) read_font(entry);
        if (const YamlValue* words = record->need("words")) read_words(*words);
        if (const YamlValue* layouts = record->need("layouts"))
            for (const YamlEntry& entry : layouts->entries()) read_layout(entry);
        return std::move(all_);
    }

  private:
    void read_font(const YamlEntry& entry) {
        FontChoice choice{entry.key, {}};
        for (const YamlValue& item : entry.value.list()) {
            const auto record = item.record({"family", "package"});
            if (record)
                choice.families.push_back({record->need_text("family"), record->need_text("package")});
        }
        if (choice.families.empty())
            entry.value.fault("layout_font", "字体至少要有一个字族", "a font has at least one family");
        all_.fonts.push_back(std::move(choice));
    }

    void read_words(const YamlValue& value) {
        const auto record = value.record({"unknown", "yes", "no", "ticked", "open"});
        if (!record) return;
        all_.words = {record->need_text("unknown"), record->need_text("yes"), record->need_text("no"),
                      record->need_text("ticked"), record->need_text("open")};
    }

    void read_layout(const YamlEntry& entry) {
        const auto record = entry.value.record(
            {"like", "size", "margins", "cell_padding", "table_gap", "page_number", "styles"});
        if (!record) return;
        Layout layout;
        if (const YamlValue* like = record->find("like")) layout = liked(*like);
        layout.id = entry.key;
        if (const YamlValue* size = record->find("size")) {
            const auto sides = lengths(*size, 2);
            layout.width = sides[0], layout.height = sides[1];
        }
        if (const YamlValue* margins = record->find("margins")) {
            const auto sides = lengths(*margins, 4);
            layout.top = sides[0], layout.right = sides[1], layout.bottom = sides[2], layout.left = sides[3];
        }
        set_decimal(*record, "cell_padding", layout.cell_padding);
        set_decimal(*record, "table_gap", layout.table_gap);
        if (const YamlValue* number = record->find("page_number"))
            layout.page_number = number->text().value_or("");
        if (const YamlValue* styles = record->find("styles"))
            for (const YamlEntry& style : styles->entries()) read_style(style, layout);
        check(entry.value, layout);
        all_.layouts.push_back(std::move(layout));
    }

    Layout liked(const YamlValue& like) {
        const auto name = like.text();
        if (!name) return {};
        if (const Layout* found = all_.find(*name)) return *found;
        std::vector<std::string_view> known;
        for (const Layout& layout : all_.layouts) known.push_back(layout.id);
        like.unknown_name("layout_unknown", "版式", "layout", *name, known);
        return {};
    }

    // In mm as written, in points as read.
    static std::array<double, 4> lengths(const YamlValue& value, std::size_t count) {
        std::array<double, 4> sides{};
        const auto items = value.list();
        if (items.size() != count) {
            value.fault("layout_lengths", "此处应为一组毫米数", "expected a list of lengths in mm");
            return sides;
        }
        for (std::size_t i = 0; i < count; ++i) sides[i] = decimal(items[i], 0, longest_length) * pt_of_mm;
        return sides;
    }

    void read_style(const YamlEntry& entry, Layout& layout) {
        const auto is = [&](std::string_view name) { return name == entry.key; };
        if (std::ranges::none_of(text_styles, is) && std::ranges::none_of(table_styles, is)) {
            std::vector<std::string_view> known{text_styles.begin(), text_styles.end()};
            known.insert(known.end(), table_styles.begin(), table_styles.end());
            entry.key_value.unknown_name("layout_style", "样式", "style", entry.key, known);
            return;
        }
        const auto record = entry.value.record(
            {"font", "bold", "size", "line", "above", "below", "indent", "align", "justified"});
        if (!record) return;
        TypeStyle& style = layout.styles[entry.key];
        if (const YamlValue* font = record->find("font")) style.font = font_of(*font);
        if (record->find("bold") != nullptr) style.bold = record->flag("bold");
        if (record->find("justified") != nullptr) style.justified = record->flag("justified");
        set_decimal(*record, "size", style.size);
        set_decimal(*record, "line", style.line);
        set_decimal(*record, "above", style.above);
        set_decimal(*record, "below", style.below);
        set_decimal(*record, "indent", style.indent);
        if (const YamlValue* align = record->find("align"))
            style.align = align
                              ->one_of<Align>(
                                  {{"left", Align::left}, {"centre", Align::centre}, {"right", Align::right}})
                              .value_or(Align::left);
    }

    std::string font_of(const YamlValue& value) {
        const auto name = value.text();
        if (!name) return {};
        std::vector<std::string_view> known;
        for (const FontChoice& choice : all_.fonts) {
            if (choice.id == *name) return *name;
            known.push_back(choice.id);
        }
        value.unknown_name("layout_font", "字体", "font", *name, known);
        return {};
    }

    // Room for a page's text, and a usable style for each kind of block.
    static void check(const YamlValue& at, Layout& layout) {
        constexpr double least_room = 100;
        if (layout.inner_width() < least_room || layout.inner_height() < least_room)
            at.fault("layout_room", "页边距之内没有版心", "the margins leave no room for text");
        const auto usable = [&](std::string_view name) {
            const auto found = layout.styles.find(name);
            if (found != layout.styles.end() && !found->second.font.empty() && found->second.size >= 4 &&
                found->second.line >= found->second.size &&
                found->second.line * 4 <= std::max(layout.inner_height(), least_room))
                return;
            at.fault("layout_style", "样式“" + std::string(name) + "”缺字体、字号，或行距小于字号",
                     "style '" + std::string(name) +
                         "' lacks a font or a size, or its lines are closer than its type is high");
        };
        std::ranges::for_each(text_styles, usable);
        std::ranges::for_each(table_styles, usable);
    }

    Layouts all_;
};

const TypeStyle& style_named(const Layout& layout, std::string_view name) {
    const auto found = layout.styles.find(name);
    ensure(found != layout.styles.end(), "a layout has every style");
    return found->second;
}

}  // namespace

const TypeStyle& Layout::style(TextStyle style) const {
    return style_named(*this, text_styles[static_cast<std::size_t>(style)]);
}

const TypeStyle& Layout::style(TableStyle style) const {
    return style_named(*this, table_styles[static_cast<std::size_t>(style)]);
}

const Layout* Layouts::find(std::string_view id) const {
    const auto found = std::ranges::find(layouts, id, &Layout::id);
    return found == layouts.end() ? nullptr : &*found;
}

Layouts read_layouts(const YamlValue& top) {
    return LayoutsReader().read(top);
}

}  // namespace doudi::print
