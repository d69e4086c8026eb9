// SPDX-License-Identifier: Apache-2.0
// The clause that an element of a pack stands on: no verdict without one.
#pragma once
#include <string>

namespace doudi::policy {

struct Citation {
    std::string pack;     // "guangdong-2021"
    std::string version;  // the pack's version
    std::string clause;   // "附件3·一·维度二"
    [[nodiscard]] std::string text() const { return pack + "@" + version + " " + clause; }
};

// Of an element whose weight may be stated elsewhere than the element itself: both, each once.
[[nodiscard]] inline std::string joined_clause(const Citation& cite, const Citation& points) {
    const std::string text = cite.text();
    if (points.pack.empty()) return text;
    const std::string weight = points.text();
    return text == weight ? text : text + "；" + weight;
}

}  // namespace doudi::policy
