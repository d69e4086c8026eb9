// SPDX-License-Identifier: Apache-2.0
#include "oversight/whatif.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "determine/expression_words.h"
#include "determine/many.h"

namespace doudi::oversight {

const char* step_id(Step step) {
    switch (step) {
        case Step::entered:
            return "entered";
        case Step::left:
            return "left";
        case Step::became_unknown:
            return "became_unknown";
        case Step::became_known:
            return "became_known";
    }
    return "";
}

namespace {

using determine::CategoryBits;
using determine::ManyAnswer;
using expr::Truth;

// The categories of both laws under one numbering, and where each law has them.
class Union {
  public:
    Union(const policy::Law& before, const policy::Law& after, WhatIf& out) {
        add(before, 0, out);
        add(after, 1, out);
        for (std::size_t side = 0; side < 2; ++side) place_[side].resize(out.categories.size(), -1);
    }
    // Index into the law's categories; -1: the law has no such one.
    [[nodiscard]] int in_law(std::size_t side, std::size_t category) const { return place_[side][category]; }

  private:
    // What a member comes to be in by another name (`becomes`) is counted there.
    void add(const policy::Law& law, std::size_t side, WhatIf& out) {
        for (std::size_t i = 0; i < law.categories.size(); ++i) {
            const policy::Category& category = law.categories[i];
            if (!category.becomes.empty() && category.becomes != category.id) continue;
            auto known = std::ranges::find(out.categories, category.id, &CategoryTotals::id);
            if (known == out.categories.end()) {
                out.categories.push_back({.id = category.id, .title = category.title});
                known = std::prev(out.categories.end());
            }
            const auto at = static_cast<std::size_t>(known - out.categories.begin());
            for (auto& places : place_) places.resize(std::max(places.size(), at + 1), -1);
            place_[side][at] = static_cast<int>(i);
        }
    }
    std::array<std::vector<int>, 2> place_;
};

Truth membership(const ManyAnswer& answer, int category, std::size_t member) {
    if (category < 0) return Truth::no;
    const CategoryBits one = CategoryBits{1} << static_cast<unsigned>(category);
    if ((answer.sets[member] & one) != 0) return Truth::yes;
    return (answer.undecided[member] & one) != 0 ? Truth::unknown : Truth::no;
}

class Comparison {
  public:
    Comparison(const Side& before, const Side& after, unsigned threads)
        : sides_{before, after},
          union_(before.pack->law, after.pack->law, out_),
          answers_{determine::determine_many(before.pack->law, *before.cases, threads),
                   determine::determine_many(after.pack->law, *after.cases, threads)},
          threads_(threads) {}

    WhatIf run() {
        out_.households = sides_[0].cases->households();
        out_.members = sides_[0].cases->members();
        compare_members();
        compare_costs();
        for (const Side& side : sides_) out_.sample = out_.sample || has_sample(side.pack->law);
        return std::move(out_);
    }

  private:
    using Set = std::vector<int>;
    struct ShiftCount {
        std::uint64_t members = 0, households = 0;
        std::uint32_t last_household = 0xFFFFFFFF;
    };

    void compare_members() {
        const auto& ends = sides_[0].cases->member_ends;
        std::uint32_t member = 0;
        for (std::uint32_t household = 0; household < ends.size(); ++household) {
            bool changed = false;
            for (; member < ends[household]; ++member) changed |= compare(member, household);
            if (changed) ++out_.households_changed;
        }
        for (const auto& [sets, count] : shifts_)
            out_.shifts.push_back({sets.first, sets.second, count.members, count.households});
        std::ranges::sort(out_.shifts, [](const WhatIf::Shift& a, const WhatIf::Shift& b) {
            return std::tuple(b.members, a.from, a.to) < std::tuple(a.members, b.from, b.to);
        });
    }

    // True if the member's certain categories change: what is told for the first time is a change too.
    bool compare(std::uint32_t member, std::uint32_t household) {
        Set from, to;
        for (std::size_t category = 0; category < out_.categories.size(); ++category) {
            const Truth before = membership(answers_[0], union_.in_law(0, category), member);
            const Truth after = membership(answers_[1], union_.in_law(1, category), member);
            count(out_.categories[category], before, after);
            if (before == Truth::yes) from.push_back(static_cast<int>(category));
            if (after == Truth::yes) to.push_back(static_cast<int>(category));
            if (before == after) continue;
            const Step step = after == Truth::unknown    ? Step::became_unknown
                              : before == Truth::unknown ? Step::became_known
                              : after == Truth::yes      ? Step::entered
                                                         : Step::left;
            // What stood in the way before, or does now.
            const std::size_t blocked = after == Truth::yes || before == Truth::unknown ? 0 : 1;
            out_.moves.push_back({member, household, static_cast<int>(category), step,
                                  cause_of(blocked, category, member, household)});
        }
        if (from != to) {
            ShiftCount& shift = shifts_[{from, to}];
            ++shift.members;
            if (shift.last_household != household) ++shift.households;
            shift.last_household = household;
        }
        return from != to;
    }

    static void count(CategoryTotals& totals, Truth before, Truth after) {
        totals.before += before == Truth::yes ? 1 : 0;
        totals.after += after == Truth::yes ? 1 : 0;
        totals.unknown_before += before == Truth::unknown ? 1 : 0;
        totals.unknown_after += after == Truth::unknown ? 1 : 0;
        totals.entered += before == Truth::no && after == Truth::yes ? 1 : 0;
        totals.left += before == Truth::yes && after == Truth::no ? 1 : 0;
    }

    // The first line of the category that does not hold on that side; else its `unless`, else the order of
    // choice.
    int cause_of(std::size_t side, std::size_t category, std::uint32_t member, std::uint32_t household) {
        const policy::Law& law = sides_[side].pack->law;
        const int index = union_.in_law(side, category);
        if (index < 0) {
            const std::size_t other = 1 - side;
            const auto known = static_cast<std::size_t>(union_.in_law(other, category));
            return cause({{"另一政策包没有这一类别", "the other pack has no such category"},
                          sides_[other].pack->law.categories[known].cite.text()});
        }
        const policy::Category& rule = law.categories[static_cast<std::size_t>(index)];
        const determine::ManyCategory& answer = answers_[side].categories[static_cast<std::size_t>(index)];
        const std::size_t row = rule.subject == policy::Subject::person ? member : household;
        for (std::size_t line = 0; line < answer.lines.size(); ++line) {
            if (answer.lines[line][row] == Truth::yes) continue;
            return cause({rule.when[line].say, rule.when[line].cite.text()});
        }
        if (rule.unless && answer.unless[row] != Truth::no) {
            if (!rule.unless->say.zh.empty()) return cause({rule.unless->say, rule.unless->cite.text()});
            const Text other = determine::expression_in_words(law, rule.unless->text);
            return cause({{"已符合：" + other.zh, "holds already: " + other.en}, rule.unless->cite.text()});
        }
        return cause({{"按认定顺序归入另一类别，或不在覆盖成员之列",
                       "an earlier category in the order, or not covered"},
                      law.exclusive_order.cite.text()});
    }
    int cause(Cause one) {
        const auto [known, is_new] = cause_ids_.try_emplace(one, static_cast<int>(out_.causes.size()));
        if (is_new) out_.causes.push_back(std::move(one));
        return known->second;
    }

    void compare_costs() {
        for (std::size_t side = 0; side < 2; ++side) {
            const policy::Law& law = sides_[side].pack->law;
            for (const auto& cost :
                 determine::monthly_costs(law, *sides_[side].cases, answers_[side], threads_)) {
                const policy::Benefit& benefit = law.benefits[static_cast<std::size_t>(cost.benefit)];
                auto known = std::ranges::find(out_.benefits, benefit.id, &BenefitTotals::id);
                if (known == out_.benefits.end()) {
                    out_.benefits.push_back({.id = benefit.id, .title = benefit.title});
                    known = std::prev(out_.benefits.end());
                }
                const std::int64_t fen = std::accumulate(cost.fen.begin(), cost.fen.end(), std::int64_t{0});
                (side == 0 ? known->fen_before : known->fen_after) = fen;
                (side == 0 ? known->unsettled_before : known->unsettled_after) = cost.unsettled;
            }
        }
    }

    static bool has_sample(const policy::Law& law) {
        return std::ranges::any_of(law.parameters, [](const policy::Parameter& parameter) {
            return std::ranges::any_of(parameter.values, &policy::ParameterValue::sample);
        });
    }

    WhatIf out_;
    std::array<Side, 2> sides_;
    Union union_;
    std::array<ManyAnswer, 2> answers_;
    unsigned threads_;
    std::map<std::pair<Set, Set>, ShiftCount> shifts_;
    std::map<Cause, int> cause_ids_;
};

}  // namespace

WhatIf what_if(const Side& before, const Side& after, unsigned threads) {
    return Comparison(before, after, threads).run();
}

}  // namespace doudi::oversight
