// SPDX-License-Identifier: Apache-2.0
#include "determine/missing.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "determine/cone.h"

namespace doudi::determine {

namespace {

constexpr std::size_t most_exact = 16;  // candidates whose every set is tried (semantics 25)

class Search {
  public:
    Search(const Formulas& formulas, FormulaId answer, const PriceOf& price, SearchBudget& budget)
        : cone_(formulas, answer), price_(price), budget_(budget), chosen_(cone_.groups().size(), 1) {
        for (const auto& group : cone_.groups()) {
            int cost = 0;
            for (const expr::FactId fact : group) cost += price(fact).cost;
            costs_.push_back(cost);
        }
    }

    SmallestSet run() {
        SmallestSet found;
        if (!cone_.is_plain()) found.is_exact = reduce() && !cone_.gave_up();
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            if (chosen_[i] == 0) continue;
            found.facts.insert(found.facts.end(), cone_.groups()[i].begin(), cone_.groups()[i].end());
        }
        std::ranges::sort(found.facts, {}, [&](expr::FactId fact) { return order(fact); });
        found.ask_first = ask_first(found.facts);
        return found;
    }

    std::vector<expr::FactId> alone() {
        std::vector<expr::FactId> facts;
        for (std::size_t i = 0; i < cone_.groups().size(); ++i)
            if (settles_alone(i)) facts.push_back(cone_.groups()[i][0]);
        return facts;
    }

  private:
    std::pair<int, int> order(expr::FactId fact) const {
        const FactPrice price = price_(fact);
        return {price.cost, price.place};
    }

    bool has_budget() const { return budget_.nodes > 0; }
    bool settles(const std::vector<char>& chosen) {
        std::int64_t work = 0;
        const bool settled = cone_.settles(chosen, work);
        budget_.nodes -= work;
        return settled;
    }
    // Facts that matter only together cannot do anything alone.
    bool settles_alone(std::size_t group) {
        if (cone_.groups()[group].size() != 1 || !has_budget()) return false;
        std::vector<char> chosen(chosen_.size(), 0);
        chosen[group] = 1;
        std::int64_t work = 0;
        const bool settled = cone_.can_settle(chosen, work);
        budget_.nodes -= work;
        return settled;
    }

    // True if what is left is the least of all.
    bool reduce() {
        std::vector<std::size_t> open;  // groups that might go
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            if (!has_budget()) return false;
            chosen_[i] = 0;
            if (settles(chosen_)) open.push_back(i);
            chosen_[i] = 1;
        }
        if (open.empty()) return true;
        if (open.size() > most_exact) {
            drop_dearest(open);
            return false;
        }
        return try_all(open);
    }

    void drop_dearest(std::vector<std::size_t> open) {
        std::ranges::sort(open, {}, [&](std::size_t i) { return std::pair(-costs_[i], i); });
        for (const std::size_t i : open) {
            if (!has_budget()) return;
            chosen_[i] = 0;
            if (!settles(chosen_)) chosen_[i] = 1;
        }
    }

    // In the order of cost, then of how many, then of their places.
    bool try_all(const std::vector<std::size_t>& open) {
        struct Trial {
            int cost = 0;
            int count = 0;
            std::uint32_t groups = 0;
            auto operator<=>(const Trial&) const = default;
        };
        std::vector<Trial> trials;
        for (std::uint32_t groups = 0; groups < (1U << open.size()); ++groups) {
            Trial trial{.groups = groups};
            for (std::size_t i = 0; i < open.size(); ++i) {
                if ((groups >> i & 1U) == 0) continue;
                trial.cost += costs_[open[i]];
                ++trial.count;
            }
            trials.push_back(trial);
        }
        std::ranges::sort(trials);
        const std::vector<char> all = chosen_;
        for (const Trial& trial : trials) {
            if (!has_budget()) break;
            for (std::size_t i = 0; i < open.size(); ++i)
                chosen_[open[i]] = (trial.groups >> i & 1U) != 0 ? 1 : 0;
            if (settles(chosen_)) return true;
        }
        chosen_ = all;
        drop_dearest(open);
        return false;
    }

    std::optional<expr::FactId> ask_first(const std::vector<expr::FactId>& cheapest_first) {
        std::map<expr::FactId, std::size_t> group_of;  // by its first fact; the first group of one
        for (std::size_t i = 0; i < cone_.groups().size(); ++i) group_of.emplace(cone_.groups()[i][0], i);
        for (const expr::FactId fact : cheapest_first) {
            const auto group = group_of.find(fact);
            if (group != group_of.end() && settles_alone(group->second)) return fact;
        }
        if (cheapest_first.empty()) return std::nullopt;
        return cheapest_first[0];
    }

    Cone cone_;
    const PriceOf& price_;
    SearchBudget& budget_;
    std::vector<char> chosen_;
    std::vector<int> costs_;
};

}  // namespace

SmallestSet smallest_set(const Formulas& formulas, FormulaId answer, const PriceOf& price,
                         SearchBudget& budget) {
    return Search(formulas, answer, price, budget).run();
}

std::vector<expr::FactId> can_settle_alone(const Formulas& formulas, FormulaId answer, SearchBudget& budget) {
    const PriceOf free = [](expr::FactId) { return FactPrice{}; };
    return Search(formulas, answer, free, budget).alone();
}

bool settles(const Formulas& formulas, FormulaId answer, const std::vector<expr::FactId>& facts) {
    Cone cone(formulas, answer);
    std::vector<char> chosen;
    for (const auto& group : cone.groups()) {
        chosen.push_back(std::ranges::all_of(
            group, [&](expr::FactId fact) { return std::ranges::find(facts, fact) != facts.end(); }));
    }
    std::int64_t work = 0;
    return cone.settles(chosen, work);
}

}  // namespace doudi::determine
