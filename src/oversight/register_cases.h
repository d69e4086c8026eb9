// SPDX-License-Identifier: Apache-2.0
// The register and what departments told of its people, as columns by which a law can be run over all of them
// (determine/many.h). Facts come from landed segments (datasets/*.yaml, `facts`): of a whole roll its newest
// delivery counts, of increments each person's newest row. Only an exact match tells a fact; what is older
// than its term is unknown, never zero. This is the one place where asset facts are cut: one enters only
// under an authorisation of everybody whom it is about (access/authorisations.h), and the rows without are
// kept apart until the paper comes.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "access/authorisations.h"
#include "base/result.h"
#include "determine/fact_column.h"
#include "determine/many.h"
#include "policy/pack.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::oversight {

// What became of the rows that could tell facts.
struct FactCounts {
    std::uint64_t told = 0;            // facts taken
    std::uint64_t stale = 0;           // older than the fact's or the dataset's term
    std::uint64_t not_authorised = 0;  // asset facts that no paper covers: kept apart
    std::uint64_t conflicting = 0;     // two rows of one day that say different things
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

// An asset fact that a row tells and nobody may use: the row stays where it landed.
struct KeptApart {
    std::string file_name;
    std::uint32_t row = 0;
    std::string dataset;    // id
    std::string fact;       // id
    HouseholdId household;  // of whom it is about
    std::string code;       // the household's
    PersonId person;        // whose paper is missing
    Date told_on;
    access::AuthorisationAnswer why{};
};
// By file and row, as of a day: what read_register_cases() counts as not authorised.
[[nodiscard]] Result<std::vector<KeptApart>> read_kept_apart(store::DataFolder& store,
                                                             const policy::DatasetCatalogue& catalogue,
                                                             const policy::Law& law, AsOf as_of);

}  // namespace doudi::oversight
