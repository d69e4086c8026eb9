// SPDX-License-Identifier: Apache-2.0
// Whether fields fit a paper, and what a posted paper may show of them.
#pragma once
#include <cstddef>

#include "base/result.h"
#include "print/paper.h"
#include "print/records.h"

namespace doudi::print {

struct CheckedFields {
    Fields fields;
    std::size_t withheld = 0;  // rows left out of a posted paper
};

// Names the first field that is not the paper's, is of another type, an option that there is not, or too
// long. Of a posted paper: rows of children, and of whom it is not known that they are adults, are left out;
// where nobody is left, and where a text holds a long number (of identity, telephone, account), the paper is
// refused.
[[nodiscard]] Result<CheckedFields> check_fields(const Paper& paper, const Fields& given);

}  // namespace doudi::print
