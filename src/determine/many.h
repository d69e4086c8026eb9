// SPDX-License-Identifier: Apache-2.0
// A law run for every household of a register at once: the same compiled conditions as determine(), over
// columns. It says who is in which category and what it costs; why, and what is missing, determine() says of
// one household. Both give the same verdicts (design.md §2); many_test holds them to it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "determine/fact_column.h"
#include "expr/kleene.h"
#include "policy/law.h"

namespace doudi::determine {

// What is told of many households. Facts stand by their index into Law::facts; one that nobody told (null) is
// unknown of all, as is a lane that says so. Stale facts have been made unknown by whoever hands them in.
struct ManyCases {
    std::vector<std::uint64_t> member_ends;      // by household: where its members end in columns of members
    std::vector<const expr::FactColumn*> facts;  // of a household or its application: by household; of a
                                                 // person: by member
    std::vector<std::uint32_t> place;            // by household: index into places
    std::vector<std::string> places;             // region codes
    Date as_of;

    [[nodiscard]] std::size_t households() const { return member_ends.size(); }
    [[nodiscard]] std::size_t members() const { return member_ends.empty() ? 0 : member_ends.back(); }
};

using TruthColumn = std::vector<expr::Truth>;

struct ManyCategory {
    TruthColumn verdict;             // by household, or by member of a category of persons
    std::vector<TruthColumn> lines;  // of `when`, by line; as verdict
    TruthColumn unless;              // empty: the category has none
    TruthColumn in_set;              // by member: does the member end up in it, the exclusive choice made
};

// The categories of a member as bits: bit c stands for Law::categories[c], c being what the member is then in
// (`becomes`).
using CategoryBits = std::uint64_t;
inline constexpr std::size_t max_categories = 64;

struct ManyAnswer {
    std::vector<ManyCategory> categories;  // by index into Law::categories
    std::vector<CategoryBits> sets;        // by member: what the member is in
    std::vector<CategoryBits> undecided;  // by member: what may still belong to it (or could not be computed)
    std::uint64_t by_row = 0;             // evaluations that had no kernel
};

// A law with more than max_categories is a bug of its loader. Threads: at least one, the calling one.
[[nodiscard]] ManyAnswer determine_many(const policy::Law& law, const ManyCases& cases, unsigned threads);

// One more condition of the law's names, about households (policy/asked_condition.h): by household. A name of
// a category says its verdict.
[[nodiscard]] TruthColumn condition_many(const policy::Law& law, const expr::Program& condition,
                                         const ManyCases& cases, unsigned threads);

// What a month costs: the grants of benefits with an amount `every: month`, where benefit and amount are
// settled. By benefit: fen, and of how many subjects the amount is not settled.
struct MonthlyCost {
    int benefit = 0;
    std::vector<std::int64_t> fen;  // by subject: household or member; zero where not granted
    std::uint64_t unsettled = 0;
};
[[nodiscard]] std::vector<MonthlyCost> monthly_costs(const policy::Law& law, const ManyCases& cases,
                                                     const ManyAnswer& answer, unsigned threads);

}  // namespace doudi::determine
