// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <thread>

#include "base/result.h"
#include "expr/column_members.h"
#include "expr/column_nodes.h"
#include "expr/column_plan.h"
#include "expr/columns.h"
#include "expr/evaluate.h"

namespace doudi::expr {

Value FactTable::value(FieldRef, std::size_t) const {
    ensure(false, "a table gives the facts that are no columns");
    return {};
}

Value FactTable::member(StructHandle, FieldId) const {
    ensure(false, "a table with members gives their fields");
    return {};
}

Value ColumnAnswer::at(std::size_t row) const {
    if (!others.empty()) return others[row];
    const ColumnVector rows{lanes.data(), faults.data(), numbers.data(),
                            denominators.empty() ? nullptr : denominators.data()};
    return value_at(rows, kind, row);
}

namespace {

Value fact_at(const FactColumn& column, std::size_t row) {
    const Lane lane = column.lanes == nullptr ? Lane::value : column.lanes[row];
    if (lane == Lane::value && column.kind == TypeKind::string)
        return Value::borrowed_string(column.words[column.codes[row]]);
    const ColumnVector rows{column.lanes, column.faults, column.numbers, column.denominators};
    return value_at(rows, column.kind, row);
}

// One row of the table, as the scalar evaluator asks for it.
class RowFacts : public Activation {
  public:
    RowFacts(const FactTable& table, std::size_t row) : table_(table), row_(row) {}
    [[nodiscard]] Value get(FieldRef ref) const override {
        const FactColumn* column = table_.column(ref);
        return column == nullptr ? table_.value(ref, row_) : fact_at(*column, row_);
    }
    [[nodiscard]] Value get_member(StructHandle owner, FieldId field) const override {
        return table_.member(owner, field);
    }

  private:
    const FactTable& table_;
    std::size_t row_;
};

// All that a constant asks for.
class NoFacts : public Activation {
  public:
    [[nodiscard]] Value get(FieldRef) const override { return {}; }
};

// One thread's work at a program: the memory of every node, and what is known of words.
class StripEvaluation : public ColumnNodes {
  public:
    StripEvaluation(const Program& program, const ColumnPlan& plan, const FactTable& table)
        : ColumnNodes(program, plan),
          table_(table),
          buffers_(program.steps().size()),
          computed_(program.steps().size()),
          members_(program, plan, table, *this) {
        for (NodeId id = 0; id < buffers_.size(); ++id) {
            if (plan_.way(id) == Way::constant) fill_constant(id);
        }
    }

    void run(std::size_t first, std::size_t rows, ColumnAnswer& answer) {
        first_ = first;
        rows_ = rows;
        ++strip_;
        const NodeId root = program_.root();
        if (!answer.others.empty()) {
            for (std::size_t row = 0; row < rows; ++row) answer.others[first + row] = scalar_at(root, row);
            return;
        }
        copy_out(numbers(root), answer);
    }

    // Sub-expressions that are written alike are one node here, computed once a strip.
    [[nodiscard]] VectorBuffer& compute(NodeId written) override {
        const NodeId id = plan_.one_of(written);
        VectorBuffer& out = buffers_[id];
        if (plan_.way(id) == Way::constant || computed_[id] == strip_) return out;
        computed_[id] = strip_;
        switch (plan_.way(id)) {
            case Way::constant:
                break;
            case Way::fact:
                look_at(*table_.column(program_.step(id).ref), first_, out);
                break;
            case Way::lifted:
                look_up_words(id, first_, out);
                break;
            case Way::by_row:
                by_row(id, out);
                break;
            case Way::kernel:
                kernel(id, out);
                break;
            case Way::members:
                members_.fold_members(id, first_, rows_, out);
                break;
            case Way::member_fact:
                ensure(false, "a member's fact outside of its fold");
        }
        return out;
    }

    [[nodiscard]] ColumnCounts counts() const {
        return {words_asked() + members_.words_asked(), rows_by_row_};
    }

  private:
    Value scalar_at(NodeId id, std::size_t row) {
        ++rows_by_row_;
        return evaluate_node(program_, id, RowFacts(table_, first_ + row));
    }

    void by_row(NodeId id, VectorBuffer& out) {
        out.fresh_numbers();
        for (std::size_t row = 0; row < rows_; ++row) out.put(row, rows_, scalar_at(id, row));
    }

    void fill_constant(NodeId id) {
        const Value value = evaluate_node(program_, id, NoFacts());
        VectorBuffer& out = buffers_[id];
        out.fresh_numbers();
        for (std::size_t row = 0; row < strip_rows; ++row) out.put(row, strip_rows, value);
    }

    void copy_out(const ColumnVector& from, ColumnAnswer& answer) const {
        for (std::size_t row = 0; row < rows_; ++row) {
            answer.lanes[first_ + row] = from.lane(row);
            answer.faults[first_ + row] = from.fault(row);
        }
        std::copy_n(from.numbers, rows_, answer.numbers.data() + first_);
        if (answer.denominators.empty()) return;
        for (std::size_t row = 0; row < rows_; ++row)
            answer.denominators[first_ + row] = from.denominator(row);
    }

    const FactTable& table_;
    std::vector<VectorBuffer> buffers_;
    std::vector<std::uint64_t> computed_;  // by node: in which strip last
    ColumnMembers members_;
    std::uint64_t rows_by_row_ = 0;
    std::uint64_t strip_ = 0;
    std::size_t first_ = 0;
};

void prepare(const Program& program, std::size_t rows, ColumnAnswer& answer) {
    answer.kind = program.result_type().kind;
    const bool is_vector = is_vector_kind(answer.kind);
    const bool is_fraction = answer.kind == TypeKind::amount || answer.kind == TypeKind::ratio;
    answer.lanes.assign(is_vector ? rows : 0, Lane::value);
    answer.faults.assign(is_vector ? rows : 0, Fault::nothing);
    answer.numbers.assign(is_vector ? rows : 0, 0);
    answer.denominators.assign(is_vector && is_fraction ? rows : 0, 1);
    answer.others.assign(is_vector ? 0 : rows, Value());
}

}  // namespace

ColumnCounts evaluate_columns(const Program& program, const FactTable& table, unsigned threads,
                              ColumnAnswer& answer) {
    ensure(program.mode() != CheckMode::full_cel, "full CEL is scalar only");
    const std::size_t rows = table.rows();
    prepare(program, rows, answer);
    const ColumnPlan plan(program, table);
    std::atomic<std::size_t> next = 0;
    std::atomic<std::uint64_t> words = 0;
    std::atomic<std::uint64_t> single_rows = 0;
    const auto work = [&] {
        StripEvaluation strips(program, plan, table);
        for (std::size_t first = next.fetch_add(strip_rows); first < rows; first = next.fetch_add(strip_rows))
            strips.run(first, std::min(strip_rows, rows - first), answer);
        const ColumnCounts counts = strips.counts();
        words += counts.words;
        single_rows += counts.rows;
    };
    {
        std::vector<std::jthread> others;
        for (unsigned n = 1; n < threads; ++n) others.emplace_back(work);
        work();
    }
    return {words, single_rows};
}

}  // namespace doudi::expr
