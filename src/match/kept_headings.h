// SPDX-License-Identifier: Apache-2.0
// Headings that an office keeps for files to come: in a file that is imported for that office, or for one
// below it, this heading of this dataset is that field, beside those that datasets/*.yaml know. Two people
// said so; two people end it. What was read by one stays as it was read.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "policy/dataset.h"
#include "store/database.h"

namespace doudi::match {

struct KeptHeading {
    std::int64_t id = 0;
    std::uint32_t unit = 0;
    std::string dataset;
    std::string heading;  // as the file has it
    std::string field;
    std::int64_t proposal = 0;
    Instant kept_at;
};

// Those that hold, of all offices, by number.
[[nodiscard]] Result<std::vector<KeptHeading>> kept_headings(store::Database& database);

// Within a write(): all of them, or none. `id` is given; conflict "heading_kept" where that office keeps the
// heading of that dataset already.
[[nodiscard]] Result<void> keep_headings(store::Database& database, std::span<const KeptHeading> headings);
// Within a write(). By office, dataset, heading and field; not_found "heading_not_kept" where it does not
// hold any more. `proposal` and `kept_at` are those of the end.
[[nodiscard]] Result<void> end_headings(store::Database& database, std::span<const KeptHeading> headings);

// The catalogue as those files are read: they stand behind the headings that a dataset knows by itself. Of a
// dataset or field that is no more nothing is added.
void add_kept_headings(policy::DatasetCatalogue& catalogue, std::span<const KeptHeading> headings);

}  // namespace doudi::match
