// SPDX-License-Identifier: Apache-2.0
// One formula cut out of all of them, to be tried many times: its nodes in order, its missing facts in groups
// that only matter together.
#pragma once
#include <optional>
#include <vector>

#include "determine/formula.h"

namespace doudi::determine {

class Cone {
  public:
    Cone(const Formulas& formulas, FormulaId root);

    // Groups of facts: every node that hangs on one of a group hangs on all of it.
    [[nodiscard]] const std::vector<std::vector<expr::FactId>>& groups() const { return groups_; }
    // No node occurs twice and nothing is chosen: only all facts together settle it.
    [[nodiscard]] bool is_plain() const { return is_plain_; }
    // A question had too many atoms to be tried both ways; the answer was the careful one.
    [[nodiscard]] bool gave_up() const { return gave_up_; }

    // Is it settled whatever the values of the chosen groups are? `work` counts evaluated nodes.
    [[nodiscard]] bool settles(const std::vector<char>& chosen, std::int64_t& work);
    // Is there a value of the chosen groups that settles it?
    [[nodiscard]] bool can_settle(const std::vector<char>& chosen, std::int64_t& work);

  private:
    struct Part {
        FormulaNode node;
        std::vector<std::uint32_t> children;
        std::uint32_t group = 0;  // of a need
        Outcomes assigned = 0;    // of an atom that occurs more than once: is_false or is_true while tried
        bool repeated = false;
    };

    void take(const Formulas& formulas, FormulaId root);
    void count_paths();
    void group_facts();
    Outcomes evaluate(const std::vector<char>& chosen, std::int64_t& work);
    Outcomes outcomes_of(const Part& part, const std::vector<char>& chosen) const;
    // An atom that occurs more than once, is known by now and not tried yet.
    std::optional<std::uint32_t> next_atom() const;
    bool all_branches(const std::vector<char>& chosen, std::int64_t& work, int depth);
    bool any_branch(const std::vector<char>& chosen, std::int64_t& work, int depth);

    std::vector<Part> nodes_;  // children before parents; the root is the last one
    std::vector<Outcomes> values_;
    std::vector<std::vector<expr::FactId>> groups_;
    bool is_plain_ = true;
    bool gave_up_ = false;
};

}  // namespace doudi::determine
