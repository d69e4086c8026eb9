// SPDX-License-Identifier: Apache-2.0
// Invented cases on a law, for finding one that shows something: every fact told, figures at the lines of the
// law and one unit beside them, words and booleans each way. The same seed gives the same cases.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "determine/records.h"
#include "policy/law.h"

namespace doudi::determine {

class CaseMaker {
  public:
    // `law` must outlive it.
    CaseMaker(const policy::Law& law, std::string region, Date day, std::uint64_t seed);

    [[nodiscard]] Case fresh();
    // The same with a few facts or figures told otherwise.
    [[nodiscard]] Case varied(const Case& from);

  private:
    struct Subjects {
        std::vector<int> household, person, application;  // told facts that a rule reads
    };

    void note_names(const expr::Program& program);
    void note_facts_of_rules();
    void tell(ToldFacts& facts, int index, const Case& known);
    void set_figure(Case& made, int parameter);
    [[nodiscard]] expr::Value value_of(const policy::FactDefinition& definition, const Case& known);
    [[nodiscard]] expr::Value money(const Case& known);
    [[nodiscard]] expr::Value day_of(const Case& known);
    [[nodiscard]] std::int64_t count();
    [[nodiscard]] CaseMember member(const Case& known);
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

    const policy::Law& law_;
    std::string region_;
    Date day_;
    std::mt19937_64 random_;
    std::vector<bool> read_, figure_read_;  // by fact and parameter: a rule reads it
    Subjects told_;
    std::vector<int> figures_;               // parameters that no notice sets here
    std::vector<std::int64_t> set_fen_;      // figures of money that are set
    std::vector<std::int64_t> counts_;       // whole numbers that stand in conditions
    std::vector<expr::Rational> ratios_;     // fractions that stand in conditions
    std::vector<std::int64_t> written_fen_;  // sums that stand in conditions
};

// As docs/formats/case.md has it, JSON, one fact a line: what read_case() takes.
[[nodiscard]] std::string case_text(const Case& told);

}  // namespace doudi::determine
