// SPDX-License-Identifier: Apache-2.0
// Boxes onto pages.
#pragma once
#include "base/result.h"
#include "print/boxes.h"

namespace doudi::print {

// Fails where more pages come out than a paper may have.
[[nodiscard]] Result<Sheet> flow(const Boxes& boxes, const Layout& layout, const Typesetter& typesetter);

}  // namespace doudi::print
