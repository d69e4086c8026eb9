// SPDX-License-Identifier: Apache-2.0
// Inside the room: what one node of a program came to for the rows of a strip. Views, which may lie in the
// facts' own columns; and the memory for what was computed, allocated once.
#pragma once
#include <array>
#include <cstdint>
#include <memory>

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

// Memory of one node. fresh() begins a result in which every row has a value and denominators are 1.
class VectorBuffer {
  public:
    ColumnVector& fresh() {
        if (memory_ == nullptr) memory_ = std::make_unique_for_overwrite<Memory>();
        view_ = {};
        view_.numbers = memory_->numbers.data();
        return view_;
    }
    [[nodiscard]] std::int64_t* numbers() { return memory_->numbers.data(); }
    // From here on rows may lack a value; so far all have one.
    Lane* mark_lanes(std::size_t rows) {
        if (view_.lanes == nullptr) {
            std::fill_n(memory_->lanes.begin(), rows, Lane::value);
            std::fill_n(memory_->faults.begin(), rows, Fault::nothing);
            view_.lanes = memory_->lanes.data();
            view_.faults = memory_->faults.data();
        }
        return memory_->lanes.data();
    }
    void set_fault(std::size_t row, std::size_t rows, Fault fault) {
        mark_lanes(rows)[row] = Lane::error;
        memory_->faults[row] = fault;
    }
    std::int64_t* mark_denominators(std::size_t rows) {
        if (view_.denominators == nullptr) {
            std::fill_n(memory_->denominators.begin(), rows, std::int64_t{1});
            view_.denominators = memory_->denominators.data();
        }
        return memory_->denominators.data();
    }
    // One row by the scalar evaluator's answer, which must be of a kind that is a number.
    void put(std::size_t row, std::size_t rows, const Value& value);

    [[nodiscard]] const ColumnVector& view() const { return view_; }
    void look_at(const ColumnVector& other) { view_ = other; }

  private:
    struct Memory {
        std::array<std::int64_t, strip_rows> numbers;
        std::array<std::int64_t, strip_rows> denominators;
        std::array<Lane, strip_rows> lanes;
        std::array<Fault, strip_rows> faults;
    };
    std::unique_ptr<Memory> memory_;
    ColumnVector view_;
};

// bool, int, date, money, amount, ratio: what a vector can hold. null too: no row has a value.
[[nodiscard]] bool is_vector_kind(TypeKind kind);
// The value of one row of a vector of that kind; facts of an unknown are not known here.
[[nodiscard]] Value value_at(const ColumnVector& vector, TypeKind kind, std::size_t row);
[[nodiscard]] Value value_of_kind(TypeKind kind, Rational number);

}  // namespace doudi::expr
