// SPDX-License-Identifier: Apache-2.0
// Which clause of a notice is served by what, and which test shows it: packs/clauses.tsv lists the clauses,
// each pack's coverage.yaml answers for those of its own notice.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "policy/load.h"

namespace doudi::policy {

struct Clause {
    std::string id;  // "CQ-01b"
    std::string pack;
    std::string clause;  // as the notice numbers it
    std::string type;    // "determination rule"
    std::string requirement;
    std::vector<std::string> conflicts;  // points on which notices differ: C18
};

enum class CoverageStatus : std::uint8_t {
    element,  // stated by elements of the pack
    program,  // done by a room of the program
    planned,
    people,  // done by people; the act leaves a record
};

struct ClauseCoverage {
    std::string clause;  // Clause::id
    CoverageStatus status = CoverageStatus::planned;
    std::vector<std::pair<std::string, std::string>> by;     // kind and id: category, mlg_marginal_household
    std::vector<std::pair<std::string, std::string>> tests;  // case or test, and its name
    Text record;                                             // of people
};

[[nodiscard]] std::string_view coverage_status_name(CoverageStatus status);

// packs/clauses.tsv, in its order.
[[nodiscard]] Loaded<std::vector<Clause>> load_clauses(const std::filesystem::path& packs_folder);

// The pack's coverage.yaml, held to what there is: every clause of its notice once, elements and cases that
// exist, no work of the program left to people. A pack without clauses needs no such file. In the order of
// the clauses.
[[nodiscard]] Loaded<std::vector<ClauseCoverage>> load_coverage(const std::filesystem::path& packs_folder,
                                                                const Pack& pack,
                                                                const std::vector<Clause>& clauses);

}  // namespace doudi::policy
