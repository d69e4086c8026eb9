// SPDX-License-Identifier: Apache-2.0
// The answer as a person reads it out and as a program takes it: in short, what is decided and why, and what
// to ask next; in full, verdicts with every line met or not and the figures against the line, clauses, facts
// with source and day; as JSON all of it.
#pragma once
#include <string>

#include "determine/records.h"

namespace doudi::determine {

struct Explained {
    const policy::Law& law;
    const Case& told;
    const Determination& answer;
    Text pack_title;
};

// Lines of text, each with its line end: for the desk, and for whoever checks it.
[[nodiscard]] std::string explanation_brief(const Explained& explained, Lang lang);
[[nodiscard]] std::string explanation_details(const Explained& explained, Lang lang);
// One JSON object; its fields always stand in the same order (docs/formats/case.md).
[[nodiscard]] std::string explanation_json(const Explained& explained);

}  // namespace doudi::determine
