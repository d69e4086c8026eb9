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

}  // namespace doudi::policy
