// SPDX-License-Identifier: Apache-2.0
// Fields of moves as columns that are filled in, and what was written there as the moves take it. Words are
// Chinese whoever sends the list out, so that it is read by the same words whoever takes it back.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/units.h"
#include "policy/law.h"
#include "store/database.h"
#include "workbook/records.h"

namespace doudi::workbook {

// Before a field's id: other columns of a list are called otherwise.
inline constexpr std::string_view field_prefix = "field.";

// A photograph cannot be sent in a cell; an account lies nowhere but sealed, and a workbook's rows are kept.
[[nodiscard]] bool goes_into_cells(const policy::FieldRule& field);
// What a move of the machine needs and may take, without what is told with an account alone: that says
// nothing in a workbook, which takes none.
[[nodiscard]] std::set<std::string> fields_of(const policy::Law& law, std::string_view machine,
                                              const policy::Move& move);
// Two that read alike could not be told apart when they come back.
void tell_apart(std::vector<Choice>& choices);

class FieldColumns {
  public:
    // The offices as they stand, and where accounts are found by name. All must outlive it.
    FieldColumns(const access::UnitTree& units, store::Database& database, const policy::Law& law)
        : units_(units), database_(database), law_(law) {}

    // Behind the others of a list, in the law's order, without those that no cell can hold.
    // Headings that are there twice are told apart by their fields.
    void add_to(std::vector<Column>& columns, const std::set<std::string>& fields) const;
    // What a cell of a field says, as a move takes it; what is not there is added to the refusals.
    [[nodiscard]] std::vector<std::string> values_of(const std::string& field, const std::string& text,
                                                     std::vector<Error>& refusals,
                                                     const std::string& place) const;

  private:
    [[nodiscard]] Column column_of(const policy::FieldRule& field) const;
    [[nodiscard]] std::vector<Choice> choices_of(const policy::FieldRule& field) const;

    const access::UnitTree& units_;
    store::Database& database_;
    const policy::Law& law_;
};

}  // namespace doudi::workbook
