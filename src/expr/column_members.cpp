// SPDX-License-Identifier: Apache-2.0
#include "expr/column_members.h"

#include <algorithm>

#include "expr/evaluate.h"

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

}  // namespace

// Which subject each member belongs to. Members come in the order of their subjects.
void ColumnMembers::take_members(const MemberLists& lists, std::size_t at, std::size_t end) {
    first_ = at;
    rows_ = std::min(strip_rows, end - at);
    ++strip_;
    for (std::size_t i = 0; i < rows_; ++i) {
        while (lists.ends[first_subject_ + owner_] <= at + i) ++owner_;
        owners_[i] = static_cast<std::uint32_t>(owner_);
    }
}

void ColumnMembers::fold_strip(NodeId id, Truth* truths, VectorBuffer& out) {
    const bool is_all = program_.ast().node(id).macro() == Macro::all;
    VectorBuffer& body = compute(program_.ast().child(id, 1));
    const Truth* told = body.truths(rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
        const std::size_t owner = owners_[i];
        if (fold_truth(is_all, told[i], truths[owner]))
            out.set_truth_fault(owner, subjects_at_hand_, body.truth_fault(i));
    }
}

// Lists that are unknown, none, an error or too long decide their subject whatever was folded.
void ColumnMembers::settle_lists(const MemberLists& lists, Truth* truths, VectorBuffer& out) const {
    for (std::size_t row = 0; row < subjects_at_hand_; ++row) {
        const std::size_t at = first_subject_ + row;
        const Lane lane = lists.lanes == nullptr ? Lane::value : lists.lanes[at];
        const bool too_many = lists.ends[at] - (at == 0 ? 0 : lists.ends[at - 1]) > max_members;
        if (lane == Lane::value && !too_many) continue;
        truths[row] = lane == Lane::unknown ? Truth::unknown : Truth::error;
        if (lane == Lane::unknown) continue;
        const bool is_fault = lane == Lane::error && lists.faults != nullptr;
        const Fault fault = is_fault ? lists.faults[at] : lane == Lane::value ? Fault::limit : Fault::type;
        out.set_truth_fault(row, subjects_at_hand_, fault);
    }
}

void ColumnMembers::fold_members(NodeId id, std::size_t first, std::size_t rows, VectorBuffer& out) {
    const MemberLists& lists = *table_.members(plan_.list_of(id));
    first_subject_ = first;
    subjects_at_hand_ = rows;
    owner_ = 0;
    Truth* truths = out.fresh_truths();
    std::fill_n(truths, rows, program_.ast().node(id).macro() == Macro::all ? Truth::yes : Truth::no);
    const std::size_t end = lists.ends[first + rows - 1];
    for (std::size_t at = first == 0 ? 0 : lists.ends[first - 1]; at < end; at += strip_rows) {
        take_members(lists, at, end);
        fold_strip(id, truths, out);
    }
    settle_lists(lists, truths, out);
}

VectorBuffer& ColumnMembers::compute(NodeId written) {
    const NodeId id = plan_.one_of(written);
    VectorBuffer& out = buffers_[id];
    if (computed_[id] == strip_) return out;
    computed_[id] = strip_;
    switch (plan_.way(id)) {
        case Way::member_fact: {
            const FactColumn& column = *table_.member_column(program_.step(id).member);
            const auto from = [this](const auto* all) { return all == nullptr ? nullptr : all + first_; };
            out.look_at(
                {from(column.lanes), from(column.faults), from(column.numbers), from(column.denominators)});
            break;
        }
        case Way::kernel:
            if (plan_.hangs_on_member(id)) {
                kernel(id, out);
                break;
            }
            [[fallthrough]];
        default:
            spread(id, out);
    }
    return out;
}

// What is the subject's is that of each of its members.
void ColumnMembers::spread(NodeId id, VectorBuffer& out) {
    const ColumnVector& from = subjects_.numbers(id);
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
