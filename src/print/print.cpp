// SPDX-License-Identifier: Apache-2.0
#include "print/print.h"

#include <algorithm>

#include "print/lay_out.h"
#include "print/paint.h"

namespace doudi::print {

Result<LaidOut> lay_out(const Library& library, const Paper& paper, const Fields& fields,
                        const Typesetter& typesetter) {
    const CheckedFields checked = TRY(check_fields(paper, fields));
    const Layout* layout = library.layouts.find(paper.layout);
    ensure(layout != nullptr, "a paper that was read has a layout");
    Filler filler(paper, checked.fields, library.layouts.words,
                  [&](char32_t code) { return typesetter.fonts().has(code); });
    LaidOut made;
    const Boxes boxes = make_boxes(paper, *layout, typesetter, filler);
    made.sheet = TRY(flow(boxes, *layout, typesetter));
    made.about.pages = made.sheet.pages.size();
    made.about.withheld = checked.withheld;
    made.about.unprintable.assign(filler.unprintable().begin(), filler.unprintable().end());
    for (const Field& field : paper.fields)
        if (filler.blanks().contains(field.id)) made.about.blanks.push_back(field.id);
    return made;
}

Result<Printer> Printer::open(Library library) {
    Fonts fonts = TRY(Fonts::open(library.layouts.fonts));
    return Printer(std::move(library), std::move(fonts));
}

Result<PrintedPaper> Printer::print(std::string_view paper_id, const Fields& fields, Date day) const {
    const Paper* paper = TRY(library_->need(paper_id));
    LaidOut laid = TRY(lay_out(*library_, *paper, fields, *typesetter_));
    laid.about.pdf = TRY(make_pdf(laid.sheet, paper->title.zh, day));
    return std::move(laid.about);
}

}  // namespace doudi::print
