// SPDX-License-Identifier: Apache-2.0
// What is said of a profile wherever its points, levels or targets are shown: that they are not the notice's.
#pragma once
#include "base/text.h"
#include "policy/pack.h"

namespace doudi::policy {

// Whose proposal it is, and which clause of the notice asks for what it fills. The pack monitors by one.
[[nodiscard]] Text profile_words(const Pack& pack);
// Why a level has no day of the notice's: the target that stands in its place, and who sets it.
[[nodiscard]] Text target_words(const Pack& pack, const Level& level);

}  // namespace doudi::policy
