// SPDX-License-Identifier: Apache-2.0
// How an event is told to a person, in a household's warning and in the list of doubts.
#pragma once
#include <cstdint>
#include <string>

#include "base/text.h"
#include "cli/console.h"
#include "monitor/read.h"
#include "policy/pack.h"

namespace doudi::cli {

// How a warning of a level is looked into: at the door, or by telephone (GD A3·二).
[[nodiscard]] Text channel_words(policy::Channel channel);
[[nodiscard]] Text indicator_title(const policy::Pack& pack, const std::string& indicator);
[[nodiscard]] Text grade_title(const std::string& grade);  // exact | probable
// A workbook's later sheets number their rows on (intake/records.h); a text file has one sheet and any number
// of rows.
[[nodiscard]] std::string row_as_seen(const Console& console, const std::string& file_name,
                                      std::uint32_t row);
// What is to be found out, or what went wrong.
[[nodiscard]] Text outcome_title(const monitor::DoubtRow& doubt);
[[nodiscard]] Text reason_text(const policy::DatasetCatalogue& catalogue, const monitor::DoubtRow& doubt);

}  // namespace doudi::cli
