// SPDX-License-Identifier: Apache-2.0
// Inside the room: what is done to a strip of members on the way to their subjects. Semantics 21 to 23: a
// filter or a map with an error is the error of the lowest index, else with an unknown unknown; sums are
// checked once.
#pragma once
#include <array>
#include <cstdint>

#include "expr/column_vector.h"
#include "expr/member_fold.h"

namespace doudi::expr {

struct MemberRows {
    std::size_t rows = 0;
    const std::uint32_t* owners = nullptr;  // by member: its subject; they do not fall
    std::uint8_t* chosen = nullptr;         // by member: 1 if it is still in the list, else 0
};

// Whether the subjects' lists could be built: V; else U or E with its code, and then nothing that follows
// counts.
struct ListStates {
    std::array<Lane, strip_rows> lanes;
    std::array<Fault, strip_rows> faults;
    bool all_values = true;

    void begin(std::size_t subjects);
    // The leftmost error stays; an error drives out an unknown.
    void add(std::size_t subject, Lane lane, Fault fault);
    // Where nothing was wrong, what is wrong behind it.
    void add_behind(const ListStates& later, std::size_t subjects);
};

// What has been folded so far, by subject.
struct MemberTotals {
    std::array<std::int64_t, strip_rows> counts;
    std::array<Int128, strip_rows> sums;           // whole numbers
    std::array<std::int64_t, strip_rows> numbers;  // sums of fractions; the least or the most
    std::array<std::int64_t, strip_rows> denominators;
    std::array<Truth, strip_rows> truths;
    ListStates states;  // of the answers themselves
    bool fractions = false;

    void begin(TypeKind kind, std::size_t subjects);
};

// A filter, a map or both: members whose truth is not T leave, and U and E among the truths and among the
// numbers that stand for those that stay are noted, member by member. Either may be null.
void pass_stage(VectorBuffer* condition, const ColumnVector* values, const MemberRows& members,
                ListStates& states);

void count_members(const MemberRows& members, MemberTotals& totals);
void sum_members(const ColumnVector& values, const MemberRows& members, MemberTotals& totals);
void find_extremes(bool want_least, const ColumnVector& values, const MemberRows& members,
                   MemberTotals& totals);
// all or exists. Codes of errors go to `out`, whose truths these will be, of `subjects` rows.
void fold_truths(bool is_all, VectorBuffer& body, const MemberRows& members, std::size_t subjects,
                 Truth* truths, VectorBuffer& out);

// The answers, where the lists are values; then what their states say.
void settle_numbers(MemberFold::End end, MemberTotals& totals, const ListStates& states, std::size_t subjects,
                    VectorBuffer& out);
void settle_truths(const ListStates& states, std::size_t subjects, Truth* truths, VectorBuffer& out);

}  // namespace doudi::expr
