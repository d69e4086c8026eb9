// SPDX-License-Identifier: Apache-2.0
// The rows of one file behind the counts of its buckets: judged again as on the day of their import, against
// the register of that moment, heeding what persons have said of rows since.
#pragma once
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "match/records.h"
#include "match/repository.h"
#include "policy/dataset.h"
#include "store/data_folder.h"

namespace doudi::match {

struct JudgedRow {
    std::uint32_t row = 0;  // as it landed (intake/records.h)
    Bucket bucket = Bucket::off_roster;
    // Where its person were nobody of the register: off the roster, or rejected for its check character.
    Bucket of_nobody = Bucket::off_roster;
    std::vector<Hit> hits;  // whom of the register it names, whatever the grade
};

// In the file's order, without those that were refused by their form (its findings) and those that are kept
// no longer. Empty where nothing landed.
[[nodiscard]] Result<std::vector<JudgedRow>> judge_rows(store::DataFolder& folder,
                                                        const policy::Dataset& dataset,
                                                        const StoredArrival& arrival);

}  // namespace doudi::match
