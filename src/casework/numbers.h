// SPDX-License-Identifier: Apache-2.0
// The numbers of papers (文号): given with the event that issues them, once, and kept with it.
#pragma once
#include "casework/desk.h"

namespace doudi::casework {

// The figure that says by which word an office's documents are known (机关代字). It is the office's own: what
// the county goes by is none of its townships'.
inline constexpr std::string_view document_word = "document_word";

// A figure that the place of a unit itself has on that day, and none above it. Null: nobody has set it.
[[nodiscard]] const policy::ParameterValue* own_figure(const policy::Law& law, const access::UnitTree& units,
                                                       UnitId unit, std::string_view figure, Date day);

// Numbers each paper of the event that has a series and goes out: "样民确〔2025〕3号", by word, series and
// the year of the event's day. Where the office has no word, none is given: it numbers by hand. `earlier`:
// what the case was told before. Within a transaction; with it the number goes back.
[[nodiscard]] Result<void> number_papers(Desk& desk, const policy::Law& law, const Fields& earlier,
                                         CaseEvent& event);

}  // namespace doudi::casework
