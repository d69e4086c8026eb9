// SPDX-License-Identifier: Apache-2.0
// The names of a law (policy::LawNames) as columns: one table of households, one of members that repeats what
// is told of their households. Columns are made when a condition first asks for them.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "determine/fact_column.h"
#include "determine/many.h"
#include "expr/columns.h"

namespace doudi::determine {

// A household's truth from its members': any (semantics 21).
[[nodiscard]] TruthColumn any_member(const TruthColumn& members, const std::vector<std::uint64_t>& ends);

class ManyTables {
  public:
    ManyTables(const policy::Law& law, const ManyCases& cases);
    ManyTables(const ManyTables&) = delete;
    ManyTables& operator=(const ManyTables&) = delete;

    [[nodiscard]] const expr::FactTable& households() const { return households_; }
    [[nodiscard]] const expr::FactTable& members() const { return members_; }
    [[nodiscard]] const std::vector<std::uint32_t>& household_of_member() const {
        return household_of_member_;
    }

    [[nodiscard]] TruthColumn counted_members();

    // Derived facts and categories become columns as they are computed, in the law's order.
    void set_fact(int fact, OwnedColumn column);
    // What a category's name says from now on: by household, or by member of a category of persons.
    void set_category(int category, policy::Subject of, const TruthColumn& truth);

  private:
    class Table : public expr::FactTable {
      public:
        Table(ManyTables& all, policy::Subject of) : all_(all), of_(of) {}
        [[nodiscard]] std::size_t rows() const override;
        [[nodiscard]] const expr::FactColumn* column(expr::FieldRef ref) const override;
        [[nodiscard]] const expr::MemberLists* members(expr::FieldRef ref) const override;
        [[nodiscard]] const expr::FactColumn* member_column(expr::MemberField field) const override;
        [[nodiscard]] expr::Value value(expr::FieldRef ref, std::size_t row) const override;
        [[nodiscard]] expr::Value member(expr::StructHandle owner, expr::FieldId field) const override;

      private:
        ManyTables& all_;
        policy::Subject of_;
    };
    using Made = std::map<expr::FieldRef, std::unique_ptr<OwnedColumn>>;

    [[nodiscard]] const expr::FactColumn* household_column(expr::FieldRef ref);
    [[nodiscard]] const expr::FactColumn* member_column(expr::FieldRef ref);
    [[nodiscard]] const expr::FactColumn* fact_column(int fact);
    [[nodiscard]] expr::Value figure(int parameter, const std::string& place,
                                     const policy::FactWord* residence) const;
    [[nodiscard]] std::vector<expr::Value> figures(int parameter) const;
    [[nodiscard]] OwnedColumn parameter_column(int parameter);

    const policy::Law& law_;
    const ManyCases& cases_;
    std::vector<std::uint32_t> household_of_member_;
    std::vector<std::unique_ptr<OwnedColumn>> facts_;  // derived ones, and those that nobody told
    Made household_made_, member_made_;
    expr::MemberLists lists_;
    Table households_, members_;
};

}  // namespace doudi::determine
