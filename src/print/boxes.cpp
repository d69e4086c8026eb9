// SPDX-License-Identifier: Apache-2.0
#include "print/boxes.h"

#include <algorithm>
#include <numeric>

#include "print/wording.h"

namespace doudi::print {
namespace {

// How high a Chinese character stands on its baseline, of its size.
constexpr double ascent = 0.88;
constexpr std::size_t kept_before_signature = 2;  // boxes that come with it to a new page

void add_frame(Pieces& pieces, double left, double top, double right, double bottom) {
    pieces.strokes.push_back({left, top, right, top});
    pieces.strokes.push_back({left, bottom, right, bottom});
    pieces.strokes.push_back({left, top, left, bottom});
    pieces.strokes.push_back({right, top, right, bottom});
}

class BoxMaker {
  public:
    BoxMaker(const Layout& layout, const Typesetter& typesetter, Filler& filler)
        : layout_(layout), typesetter_(typesetter), filler_(filler) {}

    Boxes make(const Paper& paper) {
        for (const Block& block : paper.blocks)
            if (filler_.holds(block.when)) std::visit([this](const auto& one) { add(one); }, block.is);
        return std::move(boxes_);
    }

  private:
    void push(Box box) {
        box.on_new_page = owes_page_;
        owes_page_ = false;
        boxes_.all.push_back(std::move(box));
    }

    // A right edge is moved in by the style's indent.
    std::vector<Line> set(const Runs& runs, TypeStyle style, double width) const {
        if (style.align == Align::right) {
            width -= style.indent * style.size;
            style.indent = 0;
        }
        return typesetter_.lines(runs, style, width);
    }

    Box line_box(const Line& line, const TypeStyle& style) const {
        Box box;
        box.height = style.line;
        box.pieces.lines.push_back({line.x, baseline(0, style.line, style.size), line});
        return box;
    }

    void add_lines(const std::vector<Line>& lines, const TypeStyle& style, bool with_next) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Box box = line_box(lines[i], style);
            if (i == 0) box.above = style.above;
            if (i + 1 == lines.size()) box.below = style.below;
            // Neither its first nor its last line stands alone on a page.
            const bool inside = i + 1 < lines.size();
            box.with_next = with_next || (inside && (i == 0 || i + 2 == lines.size()));
            push(std::move(box));
        }
    }

    void add(const TextBlock& text) {
        const TypeStyle& style = layout_.style(text.style);
        const bool leads = text.style == TextStyle::title || text.style == TextStyle::number ||
                           text.style == TextStyle::heading;
        add_lines(set(filler_.fill(text.text), style, layout_.inner_width()), style, leads);
    }

    void add(const PageBlock&) { owes_page_ = true; }

    // The space around the table whose first row is that one.
    void set_apart(std::size_t first) {
        if (first >= boxes_.all.size()) return;
        boxes_.all[first].above = boxes_.all.back().below = layout_.table_gap;
    }

    void add(const FormBlock& form) {
        const std::size_t first = boxes_.all.size();
        const std::vector<double> edges = edges_of(form.columns);
        for (const auto& cells : form.rows) {
            RowBox row = empty_row();
            std::size_t column = 0;
            for (const Cell& cell : cells) {
                const std::size_t end = column + static_cast<std::size_t>(cell.span);
                row.cells.push_back(cell_box(cell, edges[column], edges[end]));
                row.least = std::max(row.least, cell.lines * row.line + row.padding);
                column = end;
            }
            push_row(std::move(row), -1);
        }
        set_apart(first);
    }

    CellBox cell_box(const Cell& cell, double left, double right) {
        const bool is_label = !names_anything(cell.text) && cell.foot.empty();
        TypeStyle style = layout_.style(is_label ? TableStyle::label : TableStyle::value);
        style.align = cell.align;
        const double width = right - left - 2 * layout_.cell_padding;
        CellBox box{left, right - left, set(filler_.fill(cell.text, true), style, width), {}, false};
        constexpr int tall = 3;  // lines: text begins at its upper edge, as a person writes
        box.is_top = !is_label && cell.lines >= tall;
        if (!cell.foot.empty()) {
            TypeStyle foot = layout_.style(TableStyle::value);
            foot.align = Align::right;
            box.foot = set(filler_.fill(cell.foot), foot, width);
            box.is_top = true;
        }
        return box;
    }

    void add(const ListBlock& list) {
        std::vector<int> widths;
        for (const ListColumn& column : list.columns) widths.push_back(column.width);
        const std::vector<double> edges = edges_of(widths);
        RowBox head = empty_row();
        for (std::size_t i = 0; i < list.columns.size(); ++i) {
            TypeStyle style = layout_.style(TableStyle::label);
            style.align = Align::centre;
            head.cells.push_back({edges[i],
                                  edges[i + 1] - edges[i],
                                  set(filler_.literal(list.columns[i].head), style, cell_width(edges, i)),
                                  {},
                                  false});
        }
        boxes_.headings.push_back(std::make_shared<const RowBox>(head));
        const int heading = static_cast<int>(boxes_.headings.size()) - 1;
        push_row(std::move(head), -1);
        const std::size_t first = boxes_.all.size() - 1;
        boxes_.all.back().with_next = true;
        const Row nothing;
        const std::vector<Row>* rows = filler_.rows_of(list.field);
        const std::size_t known = rows == nullptr ? 0 : rows->size();
        const std::size_t shown = std::max({known, static_cast<std::size_t>(list.at_least), std::size_t{1}});
        for (std::size_t i = 0; i < shown; ++i)
            push_row(list_row(list, i < known ? (*rows)[i] : nothing, i, i < known, edges), heading);
        set_apart(first);
    }

    RowBox list_row(const ListBlock& list, const Row& values, std::size_t number, bool is_known,
                    const std::vector<double>& edges) {
        RowBox row = empty_row();
        const Field& field = filler_.field(list.field);
        for (std::size_t i = 0; i < list.columns.size(); ++i) {
            const ListColumn& column = list.columns[i];
            TypeStyle style = layout_.style(TableStyle::value);
            style.align = column.align;
            Runs runs;
            if (column.serial) {
                runs = filler_.literal(std::to_string(number + 1));
            } else if (is_known) {
                runs = filler_.fill_cell_of(field, values, column.cell);
            }
            row.cells.push_back(
                {edges[i], edges[i + 1] - edges[i], set(runs, style, cell_width(edges, i)), {}, false});
        }
        return row;
    }

    [[nodiscard]] double cell_width(const std::vector<double>& edges, std::size_t i) const {
        return edges[i + 1] - edges[i] - 2 * layout_.cell_padding;
    }

    [[nodiscard]] std::vector<double> edges_of(const std::vector<int>& widths) const {
        const double all = std::max(1, std::accumulate(widths.begin(), widths.end(), 0));
        std::vector<double> edges{0};
        int sum = 0;
        for (const int width : widths) edges.push_back(layout_.inner_width() * (sum += width) / all);
        return edges;
    }

    [[nodiscard]] RowBox empty_row() const {
        const TypeStyle& style = layout_.style(TableStyle::value);
        RowBox row;
        row.line = style.line;
        row.size = style.size;
        row.padding = layout_.cell_padding;
        row.least = style.line + row.padding;
        return row;
    }

    void push_row(RowBox row, int heading) {
        Box box;
        box.height = row.height_from(0);
        box.row = std::make_shared<const RowBox>(std::move(row));
        box.heading = heading;
        push(std::move(box));
    }

    void add(const PhotoBlock& photos) {
        const TypeStyle& style = layout_.style(TextStyle::note);
        const double gap = layout_.cell_padding * 2;
        const auto many = static_cast<double>(photos.labels.size());
        const double width = (layout_.inner_width() - gap * (many - 1)) / many;
        Box box;
        box.above = box.below = style.line / 2;
        box.height = photos.height * pt_of_mm;
        double left = 0;
        for (const std::string& label : photos.labels) {
            add_frame(box.pieces, left, 0, left + width, box.height);
            TypeStyle centred = style;
            centred.align = Align::centre;
            centred.indent = 0;
            const auto lines = set(filler_.literal(label), centred, width);
            double y = box.height - static_cast<double>(lines.size()) * style.line - gap / 2;
            for (const Line& line : lines) {
                box.pieces.lines.push_back({left + line.x, baseline(y, style.line, style.size), line});
                y += style.line;
            }
            left += width + gap;
        }
        push(std::move(box));
    }

    // What is signed never stands alone on a page.
    void keep_before_signature() {
        const std::size_t many = boxes_.all.size();
        for (std::size_t i = 0; i < std::min(many, kept_before_signature); ++i)
            boxes_.all[many - 1 - i].with_next = true;
    }

    void add(const SignBlock& sign) {
        keep_before_signature();
        const TypeStyle& style = layout_.style(TextStyle::right);
        for (std::size_t i = 0; i < sign.lines.size(); ++i) {
            add_lines(set(filler_.fill(sign.lines[i]), style, layout_.inner_width()), style, true);
            if (i + 1 == sign.lines.size()) boxes_.all.back().with_next = false;
        }
    }

    // The office over the day, both in the middle of the place of the seal, at the right.
    void add(const SealBlock& seal) {
        keep_before_signature();
        TypeStyle style = layout_.style(TableStyle::seal);
        const double inset = style.indent * style.size;
        style.indent = 0;
        style.align = Align::left;
        const double room = layout_.inner_width() - inset;
        const auto office = set(filler_.fill(seal.office), style, room);
        const auto day = set(filler_.fill(seal.day), style, room);
        double width = 0;
        for (const auto* lines : {&office, &day})
            for (const Line& line : *lines) width = std::max(width, line.width);
        for (const auto* lines : {&office, &day}) {
            for (const Line& line : *lines) {
                Box box = line_box(line, style);
                box.pieces.lines.front().x = room - width + (width - line.width) / 2;
                box.above = lines == &office && &line == &office.front() ? style.above : 0;
                box.with_next = lines != &day || &line != &day.back();
                push(std::move(box));
            }
        }
    }

    void add(const CutBlock& cut) {
        const TypeStyle& style = layout_.style(TextStyle::note);
        TypeStyle centred = style;
        centred.align = Align::centre;
        centred.indent = 0;
        const auto lines = set(filler_.literal(cut.label), centred, layout_.inner_width());
        Box box = line_box(lines.front(), style);
        box.above = box.below = style.line / 2;
        const double middle = style.line / 2;
        const double gap = cut.label.empty() ? 0 : style.size;
        const Line& label = lines.front();
        box.pieces.strokes.push_back({0, middle, label.x - gap, middle, true});
        box.pieces.strokes.push_back(
            {label.x + label.width + gap, middle, layout_.inner_width(), middle, true});
        push(std::move(box));
    }

    const Layout& layout_;
    const Typesetter& typesetter_;
    Filler& filler_;
    Boxes boxes_;
    bool owes_page_ = false;
};

}  // namespace

double baseline(double y, double line, double size) {
    return y + (line - size) / 2 + ascent * size;
}

void Pieces::add(const Pieces& other, double dx, double dy) {
    for (PlacedLine one : other.lines) {
        one.x += dx, one.y += dy;
        lines.push_back(std::move(one));
    }
    for (Stroke one : other.strokes) {
        one.x1 += dx, one.x2 += dx, one.y1 += dy, one.y2 += dy;
        strokes.push_back(one);
    }
}

std::size_t RowBox::lines_from(std::size_t from) const {
    std::size_t most = 1;
    for (const CellBox& cell : cells) {
        const std::size_t text = cell.lines.size() > from ? cell.lines.size() - from : 0;
        most = std::max(most, text + cell.foot.size());
    }
    return most;
}

double RowBox::height_from(std::size_t from) const {
    const double needed = static_cast<double>(lines_from(from)) * line + padding;
    return from == 0 ? std::max(least, needed) : needed;
}

Pieces RowBox::part(std::size_t from, std::size_t count, double height) const {
    Pieces pieces;
    const bool is_last = from + count >= from + lines_from(from);
    for (const CellBox& cell : cells) {
        add_frame(pieces, cell.x, 0, cell.x + cell.width, height);
        const std::size_t end = std::min(cell.lines.size(), from + count);
        const std::size_t shown = end > from ? end - from : 0;
        const double room = height - static_cast<double>(shown) * line;
        double y = cell.is_top || count < lines_from(from) || from > 0 ? padding / 2 : room / 2;
        for (std::size_t i = from; i < end; ++i, y += line)
            pieces.lines.push_back(
                {cell.x + padding + cell.lines[i].x, baseline(y, line, size), cell.lines[i]});
        if (!is_last) continue;
        y = height - padding / 2 - static_cast<double>(cell.foot.size()) * line;
        for (const Line& foot : cell.foot) {
            pieces.lines.push_back({cell.x + padding + foot.x, baseline(y, line, size), foot});
            y += line;
        }
    }
    return pieces;
}

Boxes make_boxes(const Paper& paper, const Layout& layout, const Typesetter& typesetter, Filler& filler) {
    return BoxMaker(layout, typesetter, filler).make(paper);
}

}  // namespace doudi::print
