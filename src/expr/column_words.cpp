// SPDX-License-Identifier: Apache-2.0
#include "expr/column_words.h"

#include <array>

#include "expr/evaluate.h"
#include "expr/planted_fault.h"

namespace doudi::expr {
namespace {

// Every text that the node asks for is this one, be it a fact or a member's field.
class OneText : public Activation {
  public:
    explicit OneText(const Value& text) : text_(text) {}
    [[nodiscard]] Value get(FieldRef) const override { return text_; }
    [[nodiscard]] Value get_member(StructHandle, FieldId) const override { return text_; }

  private:
    const Value& text_;
};

constexpr std::uint32_t faults = static_cast<std::uint32_t>(Fault::limit) + 1;

// What stands for the member in a node: the member itself, or what the list before made of it.
Value member_in(const Program& program, const MemberScopes& scopes, NodeId node, const Activation& text) {
    for (NodeId id = program.ast().node(node).subtree_first; id <= node; ++id) {
        const bool is_of_around = program.step(id).kind == StepKind::local && scopes.scope_of(id) > node;
        if (!is_of_around) continue;
        const NodeId meaning = scopes.meaning_of(id);
        if (meaning == no_node) break;
        return evaluate_node(program, meaning, text, member_in(program, scopes, meaning, text));
    }
    return Value::structure({});
}

}  // namespace

WordAnswers::WordAnswers(const Program& program, const MemberScopes& scopes, NodeId node,
                         const FactColumn& texts)
    : program_(program),
      scopes_(scopes),
      node_(node),
      texts_(texts),
      asked_(texts.words.size() + 2 + faults),
      numbers_(asked_.size()),
      denominators_(asked_.size(), 1),
      lanes_(asked_.size()),
      faults_(asked_.size()),
      truths_(asked_.size()),
      as_truths_(program.step(node).type.kind == TypeKind::boolean) {}

std::uint32_t WordAnswers::entry_of(std::size_t row) const {
    const Lane lane = texts_.lanes == nullptr ? Lane::value : texts_.lanes[row];
    if (lane == Lane::value || planted_fault == 12) return texts_.codes[row];
    const auto beyond = static_cast<std::uint32_t>(texts_.words.size());
    if (lane != Lane::error) return beyond + (lane == Lane::none ? 0 : 1);
    const Fault fault = texts_.faults == nullptr ? Fault::nothing : texts_.faults[row];
    return beyond + 2 + static_cast<std::uint32_t>(fault);
}

Value WordAnswers::fact_of(std::uint32_t entry) const {
    if (entry < texts_.words.size()) return Value::borrowed_string(texts_.words[entry]);
    const auto beyond = entry - static_cast<std::uint32_t>(texts_.words.size());
    if (beyond == 0) return Value::none();
    if (beyond == 1) return Value::unknown(std::vector<FactId>{});
    return Value::error(static_cast<Fault>(beyond - 2));
}

void WordAnswers::ask(std::uint32_t entry) {
    const Value fact = fact_of(entry);
    const OneText text(fact);
    const Value answer = evaluate_node(program_, node_, text, member_in(program_, scopes_, node_, text));
    asked_[entry] = true;
    if (entry < texts_.words.size()) ++words_asked_;
    lanes_[entry] = answer.lane();
    truths_[entry] = truth_of(answer);
    all_values_ &= answer.is_value();
    as_truths_ &= !answer.is_none();
    if (answer.is_error()) faults_[entry] = answer.fault();
    if (!answer.is_value()) return;
    const Rational number = number_of(answer);
    numbers_[entry] = number.numerator;
    denominators_[entry] = number.denominator;
    all_whole_ &= number.denominator == 1;
}

void WordAnswers::look_up_truths(const std::uint32_t* entries, std::size_t rows, VectorBuffer& out) const {
    Truth* truths = out.fresh_truths();
    bool errors = false;
    for (std::size_t row = 0; row < rows; ++row) {
        truths[row] = truths_[entries[row]];
        errors |= truths[row] == Truth::error;
    }
    for (std::size_t row = 0; errors && row < rows; ++row)
        if (truths[row] == Truth::error) out.set_truth_fault(row, rows, faults_[entries[row]]);
}

void WordAnswers::look_up_numbers(const std::uint32_t* entries, std::size_t rows, VectorBuffer& out) const {
    std::int64_t* numbers = out.fresh_numbers();
    for (std::size_t row = 0; row < rows; ++row) numbers[row] = numbers_[entries[row]];
    if (!all_whole_) {
        std::int64_t* denominators = out.mark_denominators(rows);
        for (std::size_t row = 0; row < rows; ++row) denominators[row] = denominators_[entries[row]];
    }
    if (all_values_) return;
    Lane* lanes = out.mark_lanes(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        lanes[row] = lanes_[entries[row]];
        if (lanes[row] == Lane::error) out.set_fault(row, rows, faults_[entries[row]]);
    }
}

void WordAnswers::look_up(std::size_t first, std::size_t rows, VectorBuffer& out) {
    std::array<std::uint32_t, strip_rows> entries;
    for (std::size_t row = 0; row < rows; ++row) {
        entries[row] = entry_of(first + row);
        if (!asked_[entries[row]]) ask(entries[row]);
    }
    as_truths_ ? look_up_truths(entries.data(), rows, out) : look_up_numbers(entries.data(), rows, out);
}

}  // namespace doudi::expr
