// SPDX-License-Identifier: Apache-2.0
// Our register against a platform's export: pure, in the order of our numbers and of the export's rows.
#pragma once
#include <map>
#include <string>

#include "rekey/records.h"

namespace doudi::rekey {

// How a word of the export is called here, by field and word: {"category", "低保"} → a category's id. What is
// not in it stands for itself.
using Words = std::map<std::pair<std::string, std::string>, std::string>;

// A household is the platform's by its number, else by its members' identity numbers (a platform has numbers
// of its own); members whose households here are several leave it unclear.
[[nodiscard]] Differences compare(const registry::Register& ours, const Export& theirs, const Words& words);

}  // namespace doudi::rekey
