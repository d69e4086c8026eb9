// SPDX-License-Identifier: Apache-2.0
// Inside the room: what one node of a program came to for the rows of a strip. Views, which may lie in the
// facts' own columns; and the memory for what was computed, allocated once.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "expr/kleene.h"
#include "expr/value.h"

namespace doudi::expr {

// Rows that are looked at together: their lanes and numbers stay in the first two levels of the cache.
inline constexpr std::size_t strip_rows = 2048;

struct ColumnVector {
    const Lane* lanes = nullptr;  // null: every row has a value
    const Fault* faults = nullptr;
    const std::int64_t* numbers = nullptr;
    const std::int64_t* denominators = nullptr;  // null: all are 1

    [[nodiscard]] Lane lane(std::size_t row) const { return lanes == nullptr ? Lane::value : lanes[row]; }
    [[nodiscard]] Fault fault(std::size_t row) const {
        return faults == nullptr ? Fault::nothing : faults[row];
    }
    [[nodiscard]] std::int64_t denominator(std::size_t row) const {
        return denominators == nullptr ? 1 : denominators[row];
    }
    [[nodiscard]] Rational rational(std::size_t row) const { return {numbers[row], denominator(row)}; }
};

// What one node came to, and its memory. Two forms, each made of the other when it is asked for: numbers with
// lanes, for every kind; and truths, a byte a row, for bool (none counts as E(type) there, as in kleene.h).
class VectorBuffer {
  public:
    // Begins a result in numbers: every row has a value and denominators are 1.
    std::int64_t* fresh_numbers() {
        reset();
        view_.numbers = memory_->numbers.data();
        return memory_->numbers.data();
    }
    // Begins a result in truths.
    Truth* fresh_truths() {
        reset();
        truths_ = memory_->truths.data();
        return memory_->truths.data();
    }
    // Rows that lie elsewhere.
    void look_at(const ColumnVector& rows) {
        reset();
        view_ = rows;
    }

    // From here on rows may lack a value; so far all have one.
    Lane* mark_lanes(std::size_t rows);
    std::int64_t* mark_denominators(std::size_t rows);
    // Of a row in numbers.
    void set_fault(std::size_t row, std::size_t rows, Fault fault);
    // Of a row whose truth is E.
    void set_truth_fault(std::size_t row, std::size_t rows, Fault fault) { mark_faults(rows)[row] = fault; }
    // One row by the scalar evaluator's answer, which must be of a kind that is a number.
    void put(std::size_t row, std::size_t rows, const Value& value);

    [[nodiscard]] const ColumnVector& numbers(std::size_t rows);
    [[nodiscard]] const Truth* truths(std::size_t rows);
    // The code of a row whose truth is E.
    [[nodiscard]] Fault truth_fault(std::size_t row) const {
        return view_.lane(row) == Lane::none ? Fault::type : view_.fault(row);
    }
    // While a result in numbers is being made.
    [[nodiscard]] std::int64_t* own_numbers() { return memory_->numbers.data(); }
    [[nodiscard]] const ColumnVector& view() const { return view_; }

  private:
    struct Memory {
        std::array<std::int64_t, strip_rows> numbers;
        std::array<std::int64_t, strip_rows> denominators;
        std::array<Truth, strip_rows> truths;
        std::array<Lane, strip_rows> lanes;
        std::array<Fault, strip_rows> faults;
    };
    void reset() {
        if (memory_ == nullptr) memory_ = std::make_unique_for_overwrite<Memory>();
        view_ = {};
        truths_ = nullptr;
    }
    Fault* mark_faults(std::size_t rows);

    std::unique_ptr<Memory> memory_;
    ColumnVector view_;
    const Truth* truths_ = nullptr;
};

// bool, int, date, money, amount, ratio: what a vector can hold. null too: no row has a value.
[[nodiscard]] bool is_vector_kind(TypeKind kind);
// The value of one row of a vector of that kind; facts of an unknown are not known here.
[[nodiscard]] Value value_at(const ColumnVector& vector, TypeKind kind, std::size_t row);
[[nodiscard]] Value value_of_kind(TypeKind kind, Rational number);
// What a vector holds of a value of such a kind.
[[nodiscard]] Rational number_of(const Value& value);

}  // namespace doudi::expr
