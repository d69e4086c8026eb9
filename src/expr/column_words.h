// SPDX-License-Identifier: Apache-2.0
// Inside the room: a node that hangs on one text alone. Its answer is asked of the scalar evaluator once for
// each word of the dictionary (and once for each way to have none), when a row first needs it; rows then look
// it up by their code.
#pragma once
#include <cstdint>
#include <vector>

#include "expr/column_vector.h"
#include "expr/columns.h"
#include "expr/member_scopes.h"
#include "expr/program.h"

namespace doudi::expr {

class WordAnswers {
  public:
    // `texts` is the column of the one text: of the subjects, or of the members if the node stands in a body
    // of theirs. All of them must outlive it.
    WordAnswers(const Program& program, const MemberScopes& scopes, NodeId node, const FactColumn& texts);

    // For rows first .. first + rows of the column.
    void look_up(std::size_t first, std::size_t rows, VectorBuffer& out);
    [[nodiscard]] std::uint64_t words_asked() const { return words_asked_; }

  private:
    [[nodiscard]] std::uint32_t entry_of(std::size_t row) const;
    void ask(std::uint32_t entry);
    [[nodiscard]] Value fact_of(std::uint32_t entry) const;
    void look_up_truths(const std::uint32_t* entries, std::size_t rows, VectorBuffer& out) const;
    void look_up_numbers(const std::uint32_t* entries, std::size_t rows, VectorBuffer& out) const;

    const Program& program_;
    const MemberScopes& scopes_;
    NodeId node_;
    const FactColumn& texts_;
    // By entry: the words, then none, unknown, and an error by its code.
    std::vector<bool> asked_;
    std::vector<std::int64_t> numbers_;
    std::vector<std::int64_t> denominators_;
    std::vector<Lane> lanes_;
    std::vector<Fault> faults_;
    std::vector<Truth> truths_;
    bool all_whole_ = true;
    bool all_values_ = true;
    bool as_truths_;  // a bool that is never none
    std::uint64_t words_asked_ = 0;
};

}  // namespace doudi::expr
