// SPDX-License-Identifier: Apache-2.0
// A paper's fields, filled from a case's facts as papers/cases.yaml says. What is not known is left out.
#pragma once
#include <optional>

#include "archive/facts.h"
#include "archive/sources.h"
#include "print/records.h"

namespace doudi::archive {

[[nodiscard]] print::Fields fill(const SourceBook& book, const print::Paper& paper, const CaseFacts& facts);

// What speaks against the paper being made at all; nothing: it is to be made.
[[nodiscard]] std::optional<Text> why_not(const SourceBook& book, std::string_view paper,
                                          const CaseFacts& facts);

}  // namespace doudi::archive
