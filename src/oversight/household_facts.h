// SPDX-License-Identifier: Apache-2.0
// What the office knows of one household and its members by which the law decides: each fact with who told
// it, as of which day, until which day it counts, and whether it counts. By the same rows and the same rules
// as the whole register (row_facts.h, register_cases.h); reads the landed files that tell facts, so it costs
// as they are long.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/authorisations.h"
#include "base/result.h"
#include "determine/records.h"
#include "policy/pack.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::oversight {

enum class FactStanding : std::uint8_t {
    counts,
    superseded,      // a newer word counts
    conflict,        // another, equally new one says otherwise: unknown
    stale,           // older than its term: unknown
    not_authorised,  // of means, and no paper lets it in: its value is not read
    beside,          // found at a visit: what a department tells is taken (facts.yaml, get.visit: yields)
};
[[nodiscard]] const char* name_of(FactStanding standing);

// Under which case it was found, and by which office.
struct FoundAt {
    std::uint64_t of_case = 0;
    std::string unit;  // as it is called
    friend bool operator==(const FoundAt&, const FoundAt&) = default;
};

// A fact that somebody found at the door (packs, procedures: fields with `fact`).
struct VisitFinding {
    std::string fact;
    std::optional<PersonId> person;  // none: of the household
    std::string value;               // as datasets write it
    Date on;
    FoundAt at;
};

struct HouseholdFact {
    const policy::FactDefinition* definition = nullptr;
    std::optional<PersonId> person;           // none: of the household
    const policy::Dataset* source = nullptr;  // the register's own are datasets too; null: a visit found it
    expr::Value value;                        // unknown: not authorised
    Date as_of;
    std::optional<Date> good_until;  // the last day on which it counts; none: it does not grow stale
    std::string file_name;           // empty: no row told it, but the register or the silence of a whole roll
    std::uint32_t row = 0;
    FactStanding standing = FactStanding::counts;
    access::AuthorisationAnswer paper = access::AuthorisationAnswer::covered;  // of what is not authorised
    std::optional<PersonId> unsigned_by;                                       // whose paper that is
    std::optional<FoundAt> found{};
};

struct HouseholdFacts {
    registry::Register people;         // the household and its members, by id
    std::vector<HouseholdFact> facts;  // the household's, then each member's, as the law lists them
    // The same as a case for determination: what counts, what is in conflict, and what waits for a paper.
    determine::Case told;
};

// As of a day, from what is published and what visits found until then: a finding stands beside what a
// department told, never in its place, and the fact's own rule says which is taken. The law must outlive the
// answer.
[[nodiscard]] Result<HouseholdFacts> read_household_facts(store::DataFolder& store,
                                                          const policy::Policy& policy, AsOf as_of,
                                                          HouseholdId household,
                                                          std::span<const VisitFinding> findings = {});

}  // namespace doudi::oversight
