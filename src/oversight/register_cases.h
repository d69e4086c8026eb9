// SPDX-License-Identifier: Apache-2.0
// The register and what departments told of its people, as columns by which a law can be run over all of them
// (determine/many.h). Facts come from landed segments (datasets/*.yaml, `facts`): of a whole roll its newest
// delivery counts, of increments each person's newest row. Only an exact match tells a fact; an asset fact
// needs the day of its authorisation on the row, and that the person has not revoked it
// (access/authorisations.h); what is older than its term is unknown, never zero.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "determine/fact_column.h"
#include "determine/many.h"
#include "policy/pack.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::oversight {

// What became of the rows that could tell facts.
struct FactCounts {
    std::uint64_t told = 0;   // facts taken
    std::uint64_t stale = 0;  // older than the fact's or the dataset's term
    std::uint64_t not_authorised =
        0;  // asset facts without a day of authorisation, with a later one, or revoked
    std::uint64_t conflicting = 0;  // two rows of one day that say different things
};

struct RegisterCases {
    registry::Register people;   // households by id, members by household and id
    determine::ManyCases cases;  // in the same order
    FactCounts counts;
    std::vector<std::unique_ptr<determine::OwnedColumn>> columns;  // behind `cases`
};

// The last day of an import; an error if nothing was imported yet.
[[nodiscard]] Result<Date> last_told_day(store::DataFolder& store);

// As of a day, from what is published. The law must outlive the answer.
[[nodiscard]] Result<RegisterCases> read_register_cases(store::DataFolder& store,
                                                        const policy::DatasetCatalogue& catalogue,
                                                        const policy::Law& law, AsOf as_of);

}  // namespace doudi::oversight
