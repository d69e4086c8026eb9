// SPDX-License-Identifier: Apache-2.0
#include "expr/column_members.h"

#include <algorithm>

#include "expr/evaluate.h"
#include "expr/planted_fault.h"

namespace doudi::expr {

using End = MemberFold::End;

ColumnMembers::ColumnMembers(const Program& program, const ColumnPlan& plan, const FactTable& table,
                             ColumnNodes& subjects)
    : ColumnNodes(program, plan),
      table_(table),
      subjects_(subjects),
      buffers_(program.steps().size()),
      computed_(program.steps().size()),
      stages_(plan.most_stages()) {}

void ColumnMembers::begin(const MemberFold& fold, TypeKind kind) {
    owner_ = 0;
    lists_.begin(subjects_at_hand_);
    for (std::size_t i = 0; i < fold.stages.size(); ++i) stages_[i].begin(subjects_at_hand_);
    totals_.begin(kind, subjects_at_hand_);
    const Truth first = fold.end == End::all ? Truth::yes : Truth::no;
    std::fill_n(totals_.truths.begin(), subjects_at_hand_, first);
}

// Which subject each member belongs to. Members come in the order of their subjects; a whole stride is
// written at a time, as most households are smaller than one.
void ColumnMembers::take_members(const MemberLists& lists, std::size_t at, std::size_t end) {
    first_ = at;
    rows_ = std::min(strip_rows, end - at);
    ++strip_;
    for (std::size_t i = 0; i < rows_;) {
        const std::size_t its_end = lists.ends[first_subject_ + owner_] - at;
        const std::size_t here = std::min(its_end, rows_);
        for (; i < here; i += stride)
            std::fill_n(owners_.begin() + static_cast<std::ptrdiff_t>(i), stride,
                        static_cast<std::uint32_t>(owner_));
        i = here;
        if (its_end <= rows_) ++owner_;
    }
    std::fill_n(chosen_.begin(), rows_, std::uint8_t{1});
}

void ColumnMembers::walk_stages(const MemberFold& fold) {
    for (std::size_t i = 0; i < fold.stages.size(); ++i) {
        const auto [condition, value] = fold.stages[i];
        VectorBuffer* truths = condition == no_node ? nullptr : &compute(condition);
        const ColumnVector* values = value == no_node ? nullptr : &numbers(value);
        pass_stage(truths, values, at_hand(), stages_[i]);
    }
}

void ColumnMembers::walk_end(const MemberFold& fold, VectorBuffer& out) {
    switch (fold.end) {
        case End::all:
        case End::exists:
            return fold_truths(fold.end == End::all, compute(fold.body), at_hand(), subjects_at_hand_,
                               totals_.truths.data(), out);
        case End::exists_one:
        case End::size:
            return count_members(at_hand(), totals_);
        case End::sum:
            return sum_members(numbers(fold.body), at_hand(), totals_);
        case End::least:
        case End::most:
            return find_extremes(fold.end == End::least, numbers(fold.body), at_hand(), totals_);
    }
}

// Lists that are unknown, none, an error or too long to be walked decide their subject whatever was folded.
void ColumnMembers::settle_lists(const MemberLists& lists, bool walks) {
    for (std::size_t row = 0; lists.lanes != nullptr && row < subjects_at_hand_; ++row) {
        const std::size_t at = first_subject_ + row;
        const bool is_fault = lists.lanes[at] == Lane::error && lists.faults != nullptr;
        if (lists.lanes[at] == Lane::none) lists_.add(row, Lane::error, Fault::type);
        if (lists.lanes[at] == Lane::unknown) lists_.add(row, Lane::unknown, Fault::nothing);
        if (lists.lanes[at] == Lane::error)
            lists_.add(row, Lane::error, is_fault ? lists.faults[at] : Fault::nothing);
    }
    for (std::size_t row = 0; walks && row < subjects_at_hand_; ++row) {
        const std::size_t at = first_subject_ + row;
        const bool too_many = lists.ends[at] - (at == 0 ? 0 : lists.ends[at - 1]) > max_members;
        if (too_many && lists_.lanes[row] == Lane::value) lists_.add(row, Lane::error, Fault::limit);
    }
}

void ColumnMembers::fold_members(NodeId id, std::size_t first, std::size_t rows, VectorBuffer& out) {
    const MemberFold& fold = plan_.fold(id);
    for (const NodeId outside : fold.outside) (void)subjects_.compute(outside);  // may fold members itself
    const MemberLists& lists = *table_.members(fold.list);
    first_subject_ = first;
    subjects_at_hand_ = rows;
    begin(fold, program_.step(id).type.kind);
    const bool is_truth = program_.step(id).type.kind == TypeKind::boolean;
    Truth* truths = is_truth ? out.fresh_truths() : nullptr;
    const std::size_t end = lists.ends[first + rows - 1];
    for (std::size_t at = first == 0 ? 0 : lists.ends[first - 1]; at < end; at += strip_rows) {
        take_members(lists, at, end);
        walk_stages(fold);
        walk_end(fold, out);
    }
    settle_lists(lists, fold.walks);
    for (std::size_t i = 0; i < fold.stages.size(); ++i) lists_.add_behind(stages_[i], rows);
    lists_.add_behind(totals_.states, rows);
    if (!is_truth) return settle_numbers(fold.end, totals_, lists_, rows, out);
    for (std::size_t row = 0; fold.end == End::exists_one && row < rows; ++row) {
        const bool holds = planted_fault == 18 ? totals_.counts[row] > 0 : totals_.counts[row] == 1;
        totals_.truths[row] = holds ? Truth::yes : Truth::no;
    }
    std::copy_n(totals_.truths.begin(), rows, truths);
    settle_truths(lists_, rows, truths, out);
}

VectorBuffer& ColumnMembers::compute(NodeId written) {
    const NodeId id = plan_.one_of(written);
    VectorBuffer& out = buffers_[id];
    if (computed_[id] == strip_) return out;
    computed_[id] = strip_;
    if (!plan_.hangs_on_member(id)) {
        spread(id, out);
        return out;
    }
    switch (plan_.way(id)) {
        case Way::member_fact:
            look_at(*table_.member_column(program_.step(id).member), first_, out);
            break;
        case Way::lifted:
            look_up_words(id, first_, out);
            break;
        default:
            kernel(id, out);
    }
    return out;
}

// What is the subject's is that of each of its members.
void ColumnMembers::spread(NodeId id, VectorBuffer& out) {
    const ColumnVector& from = subjects_.numbers(id);
    if (plan_.way(id) == Way::constant) return out.look_at(from);
    std::int64_t* numbers = out.fresh_numbers();
    for (std::size_t i = 0; i < rows_; ++i) numbers[i] = from.numbers[owners_[i]];
    if (from.denominators != nullptr) {
        std::int64_t* denominators = out.mark_denominators(rows_);
        for (std::size_t i = 0; i < rows_; ++i) denominators[i] = from.denominators[owners_[i]];
    }
    if (from.lanes == nullptr) return;
    Lane* lanes = out.mark_lanes(rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
        lanes[i] = from.lanes[owners_[i]];
        if (lanes[i] == Lane::error) out.set_fault(i, rows_, from.fault(owners_[i]));
    }
}

}  // namespace doudi::expr
