// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
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

// A subject of which one fact is known: all that a lifted node asks for.
class OneFact : public Activation {
  public:
    explicit OneFact(Value fact) : fact_(std::move(fact)) {}
    [[nodiscard]] Value get(FieldRef) const override { return fact_; }

  private:
    Value fact_;
};

// One thread's work at a program: the memory of every node, and what is known of words.
class StripEvaluation : public ColumnNodes {
  public:
    StripEvaluation(const Program& program, const ColumnPlan& plan, const FactTable& table)
        : ColumnNodes(program),
          plan_(plan),
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
                load(program_.step(id).ref, out);
                break;
            case Way::lifted:
                lift(id, out);
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

    ColumnCounts counts;

  private:
    void load(FieldRef ref, VectorBuffer& out) {
        const FactColumn& column = *table_.column(ref);
        const auto from = [this](const auto* all) { return all == nullptr ? nullptr : all + first_; };
        out.look_at(
            {from(column.lanes), from(column.faults), from(column.numbers), from(column.denominators)});
    }

    // The answers for the words of the node's one text, found out as they are met.
    void lift(NodeId id, VectorBuffer& out) {
        const FactColumn& column = *table_.column(plan_.lifted_fact(id));
        std::vector<std::optional<Value>>& known = words_[id];
        known.resize(column.words.size());
        out.fresh_numbers();
        for (std::size_t row = 0; row < rows_; ++row) {
            const std::size_t at = first_ + row;
            if (column.lanes != nullptr && column.lanes[at] != Lane::value) {
                out.put(row, rows_, evaluate_node(program_, id, OneFact(fact_at(column, at))));
                continue;
            }
            std::optional<Value>& value = known[column.codes[at]];
            if (!value) {
                value = evaluate_node(program_, id, OneFact(fact_at(column, at)));
                ++counts.words;
            }
            out.put(row, rows_, *value);
        }
    }

    Value scalar_at(NodeId id, std::size_t row) {
        ++counts.rows;
        return evaluate_node(program_, id, RowFacts(table_, first_ + row));
    }

    void by_row(NodeId id, VectorBuffer& out) {
        out.fresh_numbers();
        for (std::size_t row = 0; row < rows_; ++row) out.put(row, rows_, scalar_at(id, row));
    }

    void fill_constant(NodeId id) {
        const Value value = evaluate_node(program_, id, OneFact(Value::none()));
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

    const ColumnPlan& plan_;
    const FactTable& table_;
    std::vector<VectorBuffer> buffers_;
    std::vector<std::uint64_t> computed_;  // by node: in which strip last
    ColumnMembers members_;
    std::map<NodeId, std::vector<std::optional<Value>>> words_;
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
        words += strips.counts.words;
        single_rows += strips.counts.rows;
    };
    {
        std::vector<std::jthread> others;
        for (unsigned n = 1; n < threads; ++n) others.emplace_back(work);
        work();
    }
    return {words, single_rows};
}

}  // namespace doudi::expr
