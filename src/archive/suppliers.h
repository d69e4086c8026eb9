// SPDX-License-Identifier: Apache-2.0
// Who supplies what a paper leaves to be written: an office its figures, whoever makes the step a field of
// it.
#pragma once
#include "archive/sources.h"
#include "policy/law.h"

namespace doudi::archive {

// `sources`: of the field on its paper; null: nothing of a case fills it, it is written by hand.
[[nodiscard]] Text supplier_of(const FieldSources* sources, const policy::Law& law);

}  // namespace doudi::archive
