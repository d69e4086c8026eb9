// SPDX-License-Identifier: Apache-2.0
// A case as it is told on a terminal: what is marked sensitive in the pack is not shown here, and no number
// whole.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "casework/kept/attachments.h"
#include "casework/verbs.h"
#include "cli/case_office.h"

namespace doudi::cli {

// As the pack calls it; the id where it has no such machine or state.
[[nodiscard]] Text machine_title(const policy::Law& law, std::string_view machine);
[[nodiscard]] Text state_title(const policy::Law& law, std::string_view machine, std::string_view state);

// The values of one field, with a comma between: of what is marked sensitive, that it is not shown.
[[nodiscard]] std::string field_words(const Console& console, const CaseOffice& office,
                                      const policy::Law& law, std::string_view id,
                                      const std::vector<std::string>& values);

// "核查结果=属实; 入户人员=town,colleague": what is marked sensitive is named and not shown.
[[nodiscard]] std::string told_words(const Console& console, const CaseOffice& office, const policy::Law& law,
                                     const casework::Fields& told);

// Events, clocks, papers, what stands below it, attachments that it waits for.
void print_case(const Console& console, CaseOffice& office, const casework::CaseView& view,
                const std::vector<casework::AwaitedAttachment>& awaited);

}  // namespace doudi::cli
