// SPDX-License-Identifier: Apache-2.0
// Facts said once: a table with a row for each, numbered from 1, and short references to its rows. Of a large
// household of whom little is known every answer stands on the same thousands of facts; repeated with each
// they are a page of paper a member.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "determine/records.h"

namespace doudi::determine {

// The members for whom a row stands, as places in Case::members, first and last of each run.
using People = std::vector<std::pair<int, int>>;

// Rows by the order in which they were first referred to.
class FactTable {
  public:
    struct Row {
        FactKey key;                     // without a member
        const UsedFact* used = nullptr;  // what was read of it; null in a table of what is missing
        std::vector<char> members;       // by place in Case::members: of whom it was referred to

        [[nodiscard]] People people() const;  // empty: of no person
    };
    struct Reference {
        int row = 0;  // from 0
        People people;
    };

    // Each row once, in the order of the list.
    [[nodiscard]] std::vector<Reference> refer(const std::vector<FactKey>& keys);
    // Facts with one value, source, day and reason share a row. They must outlive the table, and one fact of
    // one person has one value in all answers.
    [[nodiscard]] std::vector<Reference> refer(const std::vector<UsedFact>& facts);
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  private:
    using Name = std::tuple<FactKey::Kind, policy::Subject, std::string>;
    using NameView = std::tuple<FactKey::Kind, policy::Subject, std::string_view>;
    struct ByName {
        using is_transparent = void;
        template <class Left, class Right>
        bool operator()(const Left& left, const Right& right) const {
            return NameView(left) < NameView(right);
        }
    };
    int row_of(const FactKey& key, const UsedFact* used);
    int make_row(const FactKey& key, const UsedFact* used);
    template <class List, class KeyOf>
    std::vector<Reference> refer_to(const List& list, KeyOf key_of);

    std::map<Name, std::vector<int>, ByName> row_of_member_;  // by place of the member and 1; -1: none yet
    std::map<std::tuple<Name, std::string>, int> row_of_value_;
    std::vector<Row> rows_;
};

}  // namespace doudi::determine
