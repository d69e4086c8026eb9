// SPDX-License-Identifier: Apache-2.0
#include "determine/many.h"

#include <algorithm>
#include <array>

#include "base/result.h"
#include "determine/many_tables.h"

namespace doudi::determine {

namespace {

using expr::Truth;
using policy::Subject;

Truth truth_of(const expr::ColumnAnswer& answer, std::size_t row) {
    switch (answer.lanes[row]) {
        case expr::Lane::value:
            return answer.numbers[row] != 0 ? Truth::yes : Truth::no;
        case expr::Lane::unknown:
            return Truth::unknown;
        case expr::Lane::none:
        case expr::Lane::error:
            break;
    }
    return Truth::error;
}

// && of semantics 8: no beats all, then unknown, then error: the order of Truth.
void all_of(TruthColumn& into, const TruthColumn& with) {
    for (std::size_t row = 0; row < into.size(); ++row) into[row] = std::min(into[row], with[row]);
}

// || of semantics 8: yes beats all, then unknown, then error.
void any_of(TruthColumn& into, const TruthColumn& with) {
    constexpr std::array<std::uint8_t, 4> rank{0, 2, 1, 3};  // no, unknown, error, yes
    for (std::size_t row = 0; row < into.size(); ++row) {
        if (rank[static_cast<std::size_t>(with[row])] > rank[static_cast<std::size_t>(into[row])])
            into[row] = with[row];
    }
}

Truth opposite(Truth truth) {
    if (truth == Truth::yes) return Truth::no;
    return truth == Truth::no ? Truth::yes : truth;
}

CategoryBits bit(int category) {
    return CategoryBits{1} << static_cast<unsigned>(category);
}

class ManyRun {
  public:
    ManyRun(const policy::Law& law, const ManyCases& cases, unsigned threads)
        : law_(law), cases_(cases), threads_(threads), tables_(law, cases) {
        ensure(law.categories.size() <= max_categories, "a pack has a few categories");
    }

    ManyAnswer run() {
        derive();
        answer_.categories.resize(law_.categories.size());
        answer_.sets.assign(cases_.members(), 0);
        answer_.undecided.assign(cases_.members(), 0);
        for (std::size_t category = 0; category < law_.categories.size(); ++category)
            decide(static_cast<int>(category));
        choose();
        return std::move(answer_);
    }

    TruthColumn asked(const expr::Program& condition) {
        derive();
        answer_.categories.resize(law_.categories.size());
        for (std::size_t category = 0; category < law_.categories.size(); ++category)
            decide(static_cast<int>(category));
        return truth(condition, Subject::household);
    }

    std::vector<MonthlyCost> costs(const ManyAnswer& answer) {
        derive();
        name_sets(answer);
        std::vector<MonthlyCost> costs;
        for (std::size_t benefit = 0; benefit < law_.benefits.size(); ++benefit) {
            if (pays_monthly(law_.benefits[benefit]))
                costs.push_back(cost_of(static_cast<int>(benefit), answer));
        }
        return costs;
    }

  private:
    [[nodiscard]] const expr::FactTable& table(Subject of) const {
        return of == Subject::person ? tables_.members() : tables_.households();
    }
    [[nodiscard]] std::size_t rows(Subject of) const { return table(of).rows(); }

    expr::ColumnAnswer evaluate(const expr::Program& program, Subject of) {
        const expr::FactTable& facts = table(of);
        // Columns are made by the first that asks: here, before the threads do.
        for (const expr::FieldRef ref : program.referenced_fields()) (void)facts.column(ref);
        for (const expr::MemberField field : program.referenced_members()) (void)facts.member_column(field);
        expr::ColumnAnswer answer;
        answer_.by_row += expr::evaluate_columns(program, facts, threads_, answer).rows;
        return answer;
    }
    TruthColumn truth(const expr::Program& program, Subject of) {
        const expr::ColumnAnswer answer = evaluate(program, of);
        TruthColumn column(rows(of));
        for (std::size_t row = 0; row < column.size(); ++row) column[row] = truth_of(answer, row);
        return column;
    }

    void derive() {
        for (std::size_t fact = 0; fact < law_.facts.size(); ++fact) {
            const policy::FactDefinition& definition = law_.facts[fact];
            if (!definition.is) continue;
            const Subject of = definition.of == Subject::person ? Subject::person : Subject::household;
            tables_.set_fact(static_cast<int>(fact), OwnedColumn::of_answer(evaluate(*definition.is, of)));
        }
    }

    void decide(int category) {
        const policy::Category& rule = law_.categories[static_cast<std::size_t>(category)];
        ManyCategory& made = answer_.categories[static_cast<std::size_t>(category)];
        made.verdict.assign(rows(rule.subject), rule.when.empty() ? Truth::unknown : Truth::yes);
        for (const policy::ConditionLine& line : rule.when) {
            made.lines.push_back(truth(line.program, rule.subject));
            all_of(made.verdict, made.lines.back());
        }
        if (rule.unless) {
            made.unless = truth(rule.unless->program, rule.subject);
            TruthColumn spared = made.unless;
            std::ranges::transform(spared, spared.begin(), opposite);
            all_of(made.verdict, spared);
        }
        tables_.set_category(category, rule.subject, made.verdict);
        belongs_.push_back(belongs(rule, made.verdict));
    }

    // By member: the category holds and covers the member.
    TruthColumn belongs(const policy::Category& rule, const TruthColumn& verdict) {
        if (rule.subject == Subject::person) return verdict;
        const auto& households = tables_.household_of_member();
        TruthColumn in(cases_.members());
        for (std::size_t member = 0; member < in.size(); ++member) in[member] = verdict[households[member]];
        if (rule.covers) {
            all_of(in, truth(rule.covers->program, Subject::person));
        } else if (const TruthColumn counted = tables_.counted_members(); !counted.empty()) {
            all_of(in, counted);
        }
        return in;
    }

    [[nodiscard]] int becomes(std::size_t category) const {
        const std::string& into = law_.categories[category].becomes;
        return into.empty() ? static_cast<int>(category) : law_.category_of(into);
    }

    // Of the exclusive group the first that holds; an unknown before it leaves the choice open.
    void choose() {
        std::vector<bool> is_exclusive(law_.categories.size(), false);
        for (const std::string& id : law_.exclusive_order.categories)
            is_exclusive[static_cast<std::size_t>(law_.category_of(id))] = true;
        TruthColumn none_before(cases_.members(), Truth::yes);
        for (const std::string& id : law_.exclusive_order.categories) {
            const auto category = static_cast<std::size_t>(law_.category_of(id));
            const TruthColumn member_of = membership(category, is_exclusive);
            TruthColumn& chosen = answer_.categories[category].in_set;
            chosen = member_of;
            all_of(chosen, none_before);
            TruthColumn not_this = member_of;
            std::ranges::transform(not_this, not_this.begin(), opposite);
            all_of(none_before, not_this);
        }
        for (std::size_t category = 0; category < law_.categories.size(); ++category) {
            if (!is_exclusive[category] && becomes(category) == static_cast<int>(category))
                answer_.categories[category].in_set = belongs_[category];
        }
        for (std::size_t category = 0; category < law_.categories.size(); ++category) {
            if (is_exclusive[category] || becomes(category) == static_cast<int>(category)) continue;
            TruthColumn in = belongs_[category];
            all_of(in, answer_.categories[static_cast<std::size_t>(becomes(category))].in_set);
            answer_.categories[category].in_set = std::move(in);
        }
        collect_sets();
    }

    // Itself, or a category outside the order by which a member comes to be in it.
    TruthColumn membership(std::size_t category, const std::vector<bool>& is_exclusive) const {
        TruthColumn any = belongs_[category];
        for (std::size_t other = 0; other < belongs_.size(); ++other) {
            if (other == category || is_exclusive[other] || becomes(other) != static_cast<int>(category))
                continue;
            any_of(any, belongs_[other]);
        }
        return any;
    }

    void collect_sets() {
        for (std::size_t category = 0; category < law_.categories.size(); ++category) {
            if (becomes(category) != static_cast<int>(category)) continue;
            const CategoryBits one = bit(static_cast<int>(category));
            const TruthColumn& in = answer_.categories[category].in_set;
            for (std::size_t member = 0; member < in.size(); ++member) {
                if (in[member] == Truth::yes) answer_.sets[member] |= one;
                if (in[member] == Truth::unknown || in[member] == Truth::error)
                    answer_.undecided[member] |= one;
            }
        }
    }

    static bool pays_monthly(const policy::Benefit& benefit) {
        return std::ranges::any_of(benefit.grants, [](const policy::Grant& grant) {
            return grant.amount.has_value() && grant.every == "month";
        });
    }

    // In benefits a category's name says whether it is in the set.
    void name_sets(const ManyAnswer& answer) {
        for (std::size_t category = 0; category < law_.categories.size(); ++category)
            tables_.set_category(static_cast<int>(category), Subject::person,
                                 answer.categories[category].in_set);
    }

    TruthColumn entitled(const policy::Benefit& benefit, const ManyAnswer& answer) {
        TruthColumn may(rows(benefit.subject), benefit.for_anyone ? Truth::yes : Truth::no);
        for (const std::string& id : benefit.for_categories) {
            const TruthColumn& in = answer.categories[static_cast<std::size_t>(law_.category_of(id))].in_set;
            any_of(may, benefit.subject == Subject::person ? in : any_member(in, cases_.member_ends));
        }
        for (const policy::ConditionLine& line : benefit.when)
            all_of(may, truth(line.program, benefit.subject));
        if (benefit.unless) {
            TruthColumn spared = truth(benefit.unless->program, benefit.subject);
            std::ranges::transform(spared, spared.begin(), opposite);
            all_of(may, spared);
        }
        return may;
    }

    MonthlyCost cost_of(int index, const ManyAnswer& answer) {
        const policy::Benefit& benefit = law_.benefits[static_cast<std::size_t>(index)];
        MonthlyCost cost{index, std::vector<std::int64_t>(rows(benefit.subject)), 0};
        TruthColumn open = entitled(benefit, answer);  // yes: no grant was found yet
        for (const policy::Grant& grant : benefit.grants) {
            const TruthColumn applies = truth(grant.when.program, benefit.subject);
            expr::ColumnAnswer amount;
            if (grant.amount) amount = evaluate(*grant.amount, benefit.subject);
            for (std::size_t row = 0; row < open.size(); ++row) {
                if (open[row] != Truth::yes || applies[row] == Truth::no) continue;
                open[row] = applies[row] == Truth::yes ? Truth::no : Truth::unknown;
                if (applies[row] != Truth::yes || !grant.amount || grant.every != "month") continue;
                const bool settled = amount.lanes[row] == expr::Lane::value &&
                                     (amount.denominators.empty() || amount.denominators[row] == 1);
                if (settled) {
                    cost.fen[row] = amount.numbers[row];
                } else {
                    ++cost.unsettled;
                }
            }
        }
        cost.unsettled += static_cast<std::uint64_t>(std::ranges::count_if(
            open, [](Truth truth) { return truth == Truth::unknown || truth == Truth::error; }));
        return cost;
    }

    const policy::Law& law_;
    const ManyCases& cases_;
    unsigned threads_;
    ManyTables tables_;
    ManyAnswer answer_;
    std::vector<TruthColumn> belongs_;  // by category, by member
};

}  // namespace

ManyAnswer determine_many(const policy::Law& law, const ManyCases& cases, unsigned threads) {
    return ManyRun(law, cases, threads).run();
}

TruthColumn condition_many(const policy::Law& law, const expr::Program& condition, const ManyCases& cases,
                           unsigned threads) {
    return ManyRun(law, cases, threads).asked(condition);
}

std::vector<MonthlyCost> monthly_costs(const policy::Law& law, const ManyCases& cases,
                                       const ManyAnswer& answer, unsigned threads) {
    return ManyRun(law, cases, threads).costs(answer);
}

}  // namespace doudi::determine
