// SPDX-License-Identifier: Apache-2.0
#include "print/flow.h"

#include <algorithm>
#include <string_view>

namespace doudi::print {
namespace {

constexpr std::size_t fewest_lines = 3;  // of a row that is split, on either page
constexpr double hair = 0.01;            // sums of lengths are not exact

class Flow {
  public:
    Flow(const Boxes& boxes, const Layout& layout) : boxes_(boxes), layout_(layout) { new_page(); }

    Result<Sheet> run() {
        for (std::size_t i = 0; i < boxes_.all.size(); ++i) {
            const Box& box = boxes_.all[i];
            if (box.on_new_page && !at_top_) new_page();
            if (box.row) {
                place_row(i);
            } else {
                place(i);
            }
            if (sheet_.pages.size() > most_pages)
                return fail(ErrorKind::limit, "paper_pages",
                            {"文书页数过多", "the paper has too many pages"});
        }
        return std::move(sheet_);
    }

  private:
    [[nodiscard]] double rest() const { return layout_.inner_height() - y_ + hair; }

    void new_page() {
        if (sheet_.pages.empty()) sheet_.width = layout_.width, sheet_.height = layout_.height;
        sheet_.pages.emplace_back();
        y_ = 0;
        at_top_ = true;
    }

    void put(const Pieces& pieces, double height) {
        sheet_.pages.back().add(pieces, layout_.left, layout_.top + y_);
        y_ += height;
        at_top_ = false;
    }

    // What must come after a box on its page: all up to the first that may be the last.
    [[nodiscard]] double following(std::size_t i) const {
        double sum = 0;
        while (boxes_.all[i].with_next && i + 1 < boxes_.all.size()) {
            sum += boxes_.all[i].below;
            ++i;
            sum += boxes_.all[i].above + boxes_.all[i].height;
        }
        return sum;
    }

    // Of what would fill more than a page nothing is kept together.
    [[nodiscard]] double needed(std::size_t i, double height) const {
        const double all = height + following(i);
        return all > layout_.inner_height() ? height : all;
    }

    void place(std::size_t i) {
        const Box& box = boxes_.all[i];
        if (!at_top_ && box.above + needed(i, box.height) > rest()) new_page();
        if (!at_top_) y_ += box.above;
        put(box.pieces, box.height);
        y_ += box.below;
    }

    void put_heading(const Box& box) {
        if (box.heading < 0) return;
        const RowBox& head = *boxes_.headings[static_cast<std::size_t>(box.heading)];
        const double height = head.height_from(0);
        put(head.part(0, head.lines_from(0), height), height);
    }

    void new_page_of(const Box& box) {
        new_page();
        put_heading(box);
        under_heading_ = true;
    }

    void place_row(std::size_t i) {
        const Box& box = boxes_.all[i];
        const RowBox& row = *box.row;
        std::size_t from = 0;
        under_heading_ = at_top_;
        // The space above goes over with the row.
        if (!at_top_ && box.above + needed(i, box.height) <= rest()) y_ += box.above;
        while (true) {
            const double height = row.height_from(from);
            const std::size_t lines = row.lines_from(from);
            if (needed(i, height) <= rest() || (under_heading_ && height <= rest())) {
                put(row.part(from, lines, height), height);
                y_ += box.below;
                return;
            }
            const std::size_t count = lines_that_fit(row, height, lines);
            if (count == 0) {
                new_page_of(box);
                continue;
            }
            const double part = std::min(static_cast<double>(count) * row.line + row.padding, rest());
            put(row.part(from, count, part), part);
            from += count;
            new_page_of(box);
        }
    }

    // How many of a row's lines stay on this page; none where it is short enough to go over as a whole.
    [[nodiscard]] std::size_t lines_that_fit(const RowBox& row, double height, std::size_t lines) const {
        const double room = rest() - row.padding;
        const std::size_t fit = room < row.line ? 0 : static_cast<std::size_t>(room / row.line);
        const bool is_long = height > layout_.inner_height() / 2;
        if (under_heading_) return std::max<std::size_t>(std::min(fit, lines - 1), 1);
        if (!is_long || fit < fewest_lines || lines < 2 * fewest_lines) return 0;
        return std::min(fit, lines - fewest_lines);
    }

    const Boxes& boxes_;
    const Layout& layout_;
    Sheet sheet_;
    double y_ = 0;
    bool at_top_ = true;
    bool under_heading_ = false;  // nothing but a table's head is on the page
};

void replace_all(std::string& text, std::string_view what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

void number_pages(Sheet& sheet, const Layout& layout, const Typesetter& typesetter) {
    if (layout.page_number.empty()) return;
    const TypeStyle& style = layout.style(TableStyle::page);
    const double y = layout.height - layout.bottom + style.above;
    for (std::size_t i = 0; i < sheet.pages.size(); ++i) {
        std::string text = layout.page_number;
        replace_all(text, "{page}", std::to_string(i + 1));
        replace_all(text, "{pages}", std::to_string(sheet.pages.size()));
        const Line line = typesetter.lines({{text}}, style, layout.inner_width()).front();
        sheet.pages[i].lines.push_back({layout.left + line.x, baseline(y, style.line, style.size), line});
    }
}

}  // namespace

Result<Sheet> flow(const Boxes& boxes, const Layout& layout, const Typesetter& typesetter) {
    Sheet sheet = TRY(Flow(boxes, layout).run());
    number_pages(sheet, layout, typesetter);
    return sheet;
}

}  // namespace doudi::print
