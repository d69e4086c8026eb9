// SPDX-License-Identifier: Apache-2.0
// A paper's blocks, filled and broken into lines: pieces that no page break enters, and rows of tables, which
// one may enter where they are long.
#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "print/sheet.h"

namespace doudi::print {

struct CellBox {
    double x = 0, width = 0;
    std::vector<Line> lines;
    std::vector<Line> foot;
    bool is_top = false;  // text at the upper edge, not in the middle
};

struct RowBox {
    std::vector<CellBox> cells;
    double line = 0;     // from one line to the next
    double size = 0;     // of the type
    double padding = 0;  // left and right; half of it above and below
    double least = 0;    // height

    // Lines of text in its fullest cell, those of its foot among them.
    [[nodiscard]] std::size_t lines_from(std::size_t from) const;
    [[nodiscard]] double height_from(std::size_t from) const;
    // So many of its lines from one on, framed. What reaches its last line brings the feet.
    [[nodiscard]] Pieces part(std::size_t from, std::size_t count, double height) const;
};

struct Box {
    double above = 0, below = 0;  // dropped at a page's edges
    double height = 0;
    Pieces pieces;
    std::shared_ptr<const RowBox> row;  // instead of pieces: a row of a table
    int heading = -1;                   // of Boxes::headings, which begins each page of its table
    bool with_next = false;             // not the last on its page
    bool on_new_page = false;
};

struct Boxes {
    std::vector<Box> all;
    std::vector<std::shared_ptr<const RowBox>> headings;
};

[[nodiscard]] Boxes make_boxes(const Paper& paper, const Layout& layout, const Typesetter& typesetter,
                               Filler& filler);

// The baseline of a line whose slot begins at y.
[[nodiscard]] double baseline(double y, double line, double size);

}  // namespace doudi::print
