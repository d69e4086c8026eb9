// SPDX-License-Identifier: Apache-2.0
// What a pack states of an element, as texts: for what is asked seldom and decides no verdict, so that the
// compiled law need not carry it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "policy/law.h"

namespace doudi::policy {

// One text or a list of them under a key of an element ("moves", "referral.draft", "department_reads"), in
// its order; empty where nothing is stated.
[[nodiscard]] std::vector<std::string> stated_texts(const Law& law, std::string_view section,
                                                    std::string_view id, std::string_view key);
[[nodiscard]] bool stated_flag(const Law& law, std::string_view section, std::string_view id,
                               std::string_view key);
// The id itself where no title is stated.
[[nodiscard]] Text stated_title(const Law& law, std::string_view section, std::string_view id);

}  // namespace doudi::policy
