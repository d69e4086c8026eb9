// SPDX-License-Identifier: Apache-2.0
// What a paper of a pack looks like before any case is: each field filled with its own title, or with a value
// of its kind that is nobody's. For whoever works on a pack; such a sheet is given to nobody.
#pragma once
#include "archive/press.h"

namespace doudi::archive {

[[nodiscard]] print::Fields sample_fields(const print::Paper& paper, Date day);
// No such pack's paper: as Library::need() says it.
[[nodiscard]] Result<print::PrintedPaper> sample_paper(Press& press, std::string_view pack,
                                                       std::string_view paper, Date day);

}  // namespace doudi::archive
