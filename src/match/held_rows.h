// SPDX-License-Identifier: Apache-2.0
// Rows that were held when their file came, as they are dated later: the cycle that counts one lists it where
// a person must look at whom it names.
#pragma once
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "match/records.h"
#include "policy/dataset.h"
#include "store/data_folder.h"

namespace doudi::match {

// Of a file's held rows that a cycle counts, those of which a person decides: the number is registered under
// another name (`reviews`), or somebody was found without an exact one (`probables`).
struct CountedRows {
    FileId arrival;
    const policy::Dataset* dataset = nullptr;
    std::vector<ReviewItem> reviews, probables;
};
// Lists them with this publication; what stands on the list already stays as it is.
[[nodiscard]] Result<void> stage_held_rows(store::DataFolder& folder, PublishId publish,
                                           const CountedRows& counted);

}  // namespace doudi::match
