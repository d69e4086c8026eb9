// SPDX-License-Identifier: Apache-2.0
#include "determine/next_questions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "determine/price.h"

namespace doudi::determine {

namespace {

// What settles a category of everybody of whom it is unknown.
struct Open {
    int category = 0;
    std::set<FactKey> ask, unset;
};

std::vector<Open> open_categories_of(const Determination& answer) {
    std::vector<Open> all;
    for (const CategoryAnswer& one : answer.categories) {
        if (one.verdict != Verdict::unknown) continue;
        auto known = std::ranges::find(all, one.category, &Open::category);
        if (known == all.end()) known = all.insert(all.end(), {one.category, {}, {}});
        for (const FactKey& key : one.missing.smallest)
            (key.kind == FactKey::Kind::fact ? known->ask : known->unset).insert(key);
    }
    return all;
}

class Planner {
  public:
    Planner(const policy::Law& law, const Case& told) : law_(law), told_(told) {}

    std::vector<QuestionStep> steps(std::vector<Open> open) {
        // What only waits for an authority is no question.
        std::erase_if(open, [](const Open& one) { return one.ask.empty(); });
        std::vector<QuestionStep> steps;
        while (!open.empty()) {
            const Open next = *std::ranges::min_element(
                open, {}, [&](const Open& one) { return std::pair(cost_of(one), one.ask.size()); });
            QuestionStep step;
            std::ranges::set_difference(next.ask, asked_, std::back_inserter(step.ask));
            asked_.insert(next.ask.begin(), next.ask.end());
            sort_by_price(law_, told_, step.ask);
            std::erase_if(open, [&](const Open& one) { return take(one, step); });
            steps.push_back(std::move(step));
        }
        return steps;
    }

  private:
    int cost_of(const Open& one) const {
        int cost = 0;
        for (const FactKey& key : one.ask)
            if (!asked_.contains(key)) cost += price_of(law_, told_, key).cost;
        return cost;
    }

    bool take(const Open& one, QuestionStep& step) const {
        if (!std::ranges::includes(asked_, one.ask)) return false;
        step.settles.push_back(one.category);
        step.unset.insert(step.unset.end(), one.unset.begin(), one.unset.end());
        sort_by_price(law_, told_, step.unset);
        return true;
    }

    const policy::Law& law_;
    const Case& told_;
    std::set<FactKey> asked_;
};

}  // namespace

NextQuestions next_questions(const policy::Law& law, const Case& told, const Determination& answer) {
    const std::vector<Open> open = open_categories_of(answer);
    NextQuestions questions;
    std::vector<FactKey> unset;
    for (const Open& one : open) unset.insert(unset.end(), one.unset.begin(), one.unset.end());
    sort_by_price(law, told, unset);
    for (const FactKey& key : unset) {
        Unset waiting{key, {}};
        for (const Open& one : open)
            if (one.unset.contains(key)) waiting.categories.push_back(one.category);
        questions.unset.push_back(std::move(waiting));
    }
    questions.steps = Planner(law, told).steps(open);
    return questions;
}

}  // namespace doudi::determine
