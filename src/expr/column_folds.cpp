// SPDX-License-Identifier: Apache-2.0
#include "expr/column_folds.h"

#include <algorithm>
#include <limits>

#include "expr/planted_fault.h"

namespace doudi::expr {
namespace {

// One more operand for && or || (kleene.h). True if it brought the fold its error.
bool fold_truth(bool is_all, Truth next, Truth& so_far) {
    const Truth decisive = is_all ? Truth::no : Truth::yes;
    if (so_far == decisive) return false;
    const bool brings_error = next == Truth::error && so_far != Truth::error && so_far != Truth::unknown;
    if (next == decisive || next == Truth::unknown || brings_error) so_far = next;
    return brings_error;
}

bool some_are_open(const Truth* truths, std::size_t rows) {
    bool open = false;
    for (std::size_t i = 0; i < rows; ++i) open |= truths[i] == Truth::unknown || truths[i] == Truth::error;
    return open;
}

bool all_have_values(const ColumnVector& values, std::size_t rows) {
    if (values.lanes == nullptr) return true;
    unsigned lacking = 0;
    for (std::size_t i = 0; i < rows; ++i) lacking |= static_cast<unsigned>(values.lanes[i]);
    return lacking == 0;
}
static_assert(Lane::value == Lane{});

// Members of a stage one by one, as some truth or number is U or E.
class CarefulStage {
  public:
    CarefulStage(VectorBuffer* condition, const ColumnVector* values, const MemberRows& members,
                 ListStates& states)
        : condition_(condition),
          truths_(condition == nullptr ? nullptr : condition->truths(members.rows)),
          values_(values),
          members_(members),
          states_(states) {}

    void pass(std::size_t i) {
        if (members_.chosen[i] == 0) return;
        const Truth truth = truths_ == nullptr ? Truth::yes : truths_[i];
        members_.chosen[i] = truth == Truth::yes ? 1 : 0;
        if (truth == Truth::error) states_.add(members_.owners[i], Lane::error, condition_->truth_fault(i));
        if (truth == Truth::unknown && planted_fault != 13)
            states_.add(members_.owners[i], Lane::unknown, Fault::nothing);
        if (truth != Truth::yes || values_ == nullptr) return;
        const Lane lane = values_->lane(i);
        if (lane == Lane::error || lane == Lane::unknown)
            states_.add(members_.owners[i], lane, values_->fault(i));
    }

  private:
    VectorBuffer* condition_;
    const Truth* truths_;
    const ColumnVector* values_;
    const MemberRows& members_;
    ListStates& states_;
};

void sum_whole(const ColumnVector& values, const MemberRows& members, MemberTotals& totals) {
    for (std::size_t i = 0; i < members.rows; ++i) {
        const std::int64_t number = members.chosen[i] != 0 || planted_fault == 15 ? values.numbers[i] : 0;
        totals.sums[members.owners[i]] += number;
    }
}

void sum_fractions(const ColumnVector& values, const MemberRows& members, MemberTotals& totals) {
    for (std::size_t i = 0; i < members.rows; ++i) {
        const std::size_t owner = members.owners[i];
        if (members.chosen[i] == 0 || totals.states.lanes[owner] != Lane::value) continue;
        if (values.lane(i) != Lane::value) continue;
        const auto sum = Rational{totals.numbers[owner], totals.denominators[owner]}.plus(values.rational(i));
        if (!sum) {
            totals.states.add(owner, Lane::error, Fault::overflow);
            continue;
        }
        totals.numbers[owner] = sum->numerator;
        totals.denominators[owner] = sum->denominator;
    }
}

// A member that is none can neither be added nor ordered, whatever else is wrong.
void refuse_none(const ColumnVector& values, const MemberRows& members, MemberTotals& totals) {
    if (all_have_values(values, members.rows)) return;
    for (std::size_t i = 0; i < members.rows; ++i) {
        if (members.chosen[i] == 0 || values.lane(i) != Lane::none) continue;
        totals.states.lanes[members.owners[i]] = Lane::error;
        totals.states.faults[members.owners[i]] = Fault::type;
        totals.states.all_values = false;
    }
}

constexpr bool fits(Int128 number) {
    return number >= std::numeric_limits<std::int64_t>::min() &&
           number <= std::numeric_limits<std::int64_t>::max();
}

}  // namespace

void ListStates::begin(std::size_t subjects) {
    std::fill_n(lanes.begin(), subjects, Lane::value);
    all_values = true;
}

void ListStates::add(std::size_t subject, Lane lane, Fault fault) {
    all_values = false;
    if (lane == Lane::unknown && lanes[subject] == Lane::value) lanes[subject] = Lane::unknown;
    if (lane != Lane::error || (lanes[subject] == Lane::error && planted_fault != 14)) return;
    lanes[subject] = Lane::error;
    faults[subject] = fault;
}

void ListStates::add_behind(const ListStates& later, std::size_t subjects) {
    if (later.all_values) return;
    all_values = false;
    for (std::size_t i = 0; i < subjects; ++i) {
        if (lanes[i] != Lane::value) continue;
        lanes[i] = later.lanes[i];
        faults[i] = later.faults[i];
    }
}

void MemberTotals::begin(TypeKind kind, std::size_t subjects) {
    fractions = kind == TypeKind::amount || kind == TypeKind::ratio;
    std::fill_n(counts.begin(), subjects, 0);
    std::fill_n(sums.begin(), subjects, 0);
    std::fill_n(numbers.begin(), subjects, 0);
    if (fractions) std::fill_n(denominators.begin(), subjects, 1);
    states.begin(subjects);
}

void pass_stage(VectorBuffer* condition, const ColumnVector* values, const MemberRows& members,
                ListStates& states) {
    const Truth* truths = condition == nullptr ? nullptr : condition->truths(members.rows);
    const bool plain = (truths == nullptr || !some_are_open(truths, members.rows)) &&
                       (values == nullptr || all_have_values(*values, members.rows));
    if (!plain) {
        CarefulStage stage(condition, values, members, states);
        for (std::size_t i = 0; i < members.rows; ++i) stage.pass(i);
        return;
    }
    for (std::size_t i = 0; truths != nullptr && i < members.rows; ++i)
        members.chosen[i] = truths[i] == Truth::yes ? members.chosen[i] : 0;
}

void count_members(const MemberRows& members, MemberTotals& totals) {
    for (std::size_t i = 0; i < members.rows; ++i)
        totals.counts[members.owners[i]] += planted_fault == 17 ? 1 : members.chosen[i];
}

void sum_members(const ColumnVector& values, const MemberRows& members, MemberTotals& totals) {
    totals.fractions ? sum_fractions(values, members, totals) : sum_whole(values, members, totals);
    refuse_none(values, members, totals);
}

void find_extremes(bool want_least, const ColumnVector& values, const MemberRows& members,
                   MemberTotals& totals) {
    for (std::size_t i = 0; i < members.rows; ++i) {
        if (members.chosen[i] == 0 && planted_fault != 16) continue;
        const std::size_t owner = members.owners[i];
        const Rational next = values.rational(i);
        const Rational best{totals.numbers[owner], totals.fractions ? totals.denominators[owner] : 1};
        const bool is_first = totals.counts[owner]++ == 0;
        if (!is_first && (want_least ? next >= best : next <= best)) continue;
        totals.numbers[owner] = next.numerator;
        totals.denominators[owner] = next.denominator;
    }
    refuse_none(values, members, totals);
}

void fold_truths(bool is_all, VectorBuffer& body, const MemberRows& members, std::size_t subjects,
                 Truth* truths, VectorBuffer& out) {
    const Truth* told = body.truths(members.rows);
    if (!some_are_open(told, members.rows)) {
        const Truth decisive = is_all ? Truth::no : Truth::yes;
        for (std::size_t i = 0; i < members.rows; ++i) {
            const bool decides = told[i] == decisive && members.chosen[i] != 0;
            truths[members.owners[i]] = decides ? decisive : truths[members.owners[i]];
        }
        return;
    }
    for (std::size_t i = 0; i < members.rows; ++i) {
        if (members.chosen[i] == 0) continue;
        const std::size_t owner = members.owners[i];
        if (fold_truth(is_all, told[i], truths[owner]))
            out.set_truth_fault(owner, subjects, body.truth_fault(i));
    }
}

void settle_numbers(MemberFold::End end, MemberTotals& totals, const ListStates& states, std::size_t subjects,
                    VectorBuffer& out) {
    using End = MemberFold::End;
    std::int64_t* numbers = out.fresh_numbers();
    if (totals.fractions) std::copy_n(totals.denominators.begin(), subjects, out.mark_denominators(subjects));
    const bool is_whole_sum = end == End::sum && !totals.fractions;
    for (std::size_t i = 0; i < subjects; ++i)
        numbers[i] = end == End::size ? totals.counts[i]
                     : is_whole_sum   ? static_cast<std::int64_t>(totals.sums[i])
                                      : totals.numbers[i];
    if (!states.all_values) {
        for (std::size_t i = 0; i < subjects; ++i) {
            if (states.lanes[i] == Lane::error) out.set_fault(i, subjects, states.faults[i]);
            if (states.lanes[i] == Lane::unknown) out.mark_lanes(subjects)[i] = Lane::unknown;
        }
    }
    const bool is_extreme = end == End::least || end == End::most;
    for (std::size_t i = 0; (is_extreme || is_whole_sum) && i < subjects; ++i) {
        if (states.lanes[i] != Lane::value) continue;
        if (is_extreme && totals.counts[i] == 0) out.set_fault(i, subjects, Fault::empty);
        if (is_whole_sum && !fits(totals.sums[i])) out.set_fault(i, subjects, Fault::overflow);
    }
}

void settle_truths(const ListStates& states, std::size_t subjects, Truth* truths, VectorBuffer& out) {
    if (states.all_values) return;
    for (std::size_t i = 0; i < subjects; ++i) {
        if (states.lanes[i] == Lane::value) continue;
        truths[i] = states.lanes[i] == Lane::unknown ? Truth::unknown : Truth::error;
        if (truths[i] == Truth::error) out.set_truth_fault(i, subjects, states.faults[i]);
    }
}

}  // namespace doudi::expr
