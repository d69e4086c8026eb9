// SPDX-License-Identifier: Apache-2.0
// What differs, as sheets of a workbook that someone retypes from.
#pragma once
#include <vector>

#include "intake/table_book.h"
#include "rekey/template_file.h"

namespace doudi::rekey {

enum class Numbers : std::uint8_t {
    masked,
    whole,  // only where the caller was cleared for it, and the log has it
};

// Households to add, members to add, fields to change, what the platform has and the register has not, what
// could not be read or is for a person. Their names are Chinese: so are the platform's forms.
[[nodiscard]] std::vector<intake::NamedTable> template_book(const registry::Register& ours,
                                                            const Export& theirs,
                                                            const Differences& differences,
                                                            const Template& form, Numbers numbers);
// Whose numbers stand in it.
[[nodiscard]] std::vector<PersonId> persons_in(const Differences& differences);

}  // namespace doudi::rekey
