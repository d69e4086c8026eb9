// SPDX-License-Identifier: Apache-2.0
// What this room keeps of files that arrived, for a term: originals, landed rows (first those of nobody on
// the register), what senders were told, names to be looked at. The row of the arrival stays, so that a file
// is known again and `why` can say what became of it.
#pragma once
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "policy/dataset.h"
#include "store/kept_class.h"

namespace doudi::match {

// The catalogue must outlive them.
[[nodiscard]] std::vector<store::KeptClass> kept_classes(const policy::DatasetCatalogue& catalogue);

// Takes one person, who is still on the register, out of landed rows and names to be looked at; the roster's
// image is dropped. Again, after being killed: what is left. Kept originals still name the person; the last
// day from which one is kept, if any, is the result.
[[nodiscard]] Result<std::optional<Date>> forget_person(store::DataFolder& folder,
                                                        const policy::DatasetCatalogue& catalogue,
                                                        PersonId person);

// Names to be looked at of a folder that has just got its keys (store/seal_in_place.h). Within a write().
[[nodiscard]] Result<void> seal_review_rows(store::DataFolder& folder,
                                            const policy::DatasetCatalogue& catalogue);

}  // namespace doudi::match
