// SPDX-License-Identifier: Apache-2.0
// A paper with its fields, laid out and not drawn yet.
#pragma once
#include "print/fields_check.h"
#include "print/flow.h"
#include "print/library.h"

namespace doudi::print {

struct LaidOut {
    Sheet sheet;
    PrintedPaper about;  // without its PDF
};
[[nodiscard]] Result<LaidOut> lay_out(const Library& library, const Paper& paper, const Fields& fields,
                                      const Typesetter& typesetter);

}  // namespace doudi::print
