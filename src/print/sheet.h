// SPDX-License-Identifier: Apache-2.0
// Pages with everything in its place, in points from the upper left corner: what is drawn, and what tests
// look at.
#pragma once
#include <vector>

#include "print/typeset.h"

namespace doudi::print {

struct PlacedLine {
    double x = 0, y = 0;  // where the line begins, on its baseline
    Line line;
};
struct Stroke {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    bool dashed = false;
};

struct Pieces {
    std::vector<PlacedLine> lines;
    std::vector<Stroke> strokes;

    void add(const Pieces& other, double dx, double dy);
};
using Page = Pieces;

struct Sheet {
    double width = 0, height = 0;
    std::vector<Page> pages;
};

}  // namespace doudi::print
