// SPDX-License-Identifier: Apache-2.0
// What a condition may ask of a row: `row.<field>` for every column that is kept as such. Identity numbers,
// names, phones and free text are not: the first three decide whose row it is, the last stays in the original
// file.
#pragma once
#include <vector>

#include "expr/schema.h"
#include "policy/dataset.h"
#include "policy/law.h"

namespace doudi::policy {

// The columns of `row`, by FieldId: row_columns(dataset)[ref.field] is the index into Dataset::columns. The
// variable `row` is the only one and has the number 0.
[[nodiscard]] std::vector<int> row_columns(const Dataset& dataset);

// category and code are strings, a date a date, money money, an integer an int; any may be none, as a cell
// may be blank.
[[nodiscard]] expr::Schema row_schema(const Dataset& dataset);

// What a condition may ask of a household: `household.<field>` for the columns of the register's households,
// `household.size`, `household.members` with the columns of the register's members and `age` (whole years on
// `as_of`), and `as_of` itself. Columns that lead to a person are left out as they are of rows.
[[nodiscard]] expr::Schema household_schema(const DatasetCatalogue& catalogue);
// Besides, `param.<id>` for the figures of a law.
void add_parameters(expr::Schema& schema, const Law& law);

}  // namespace doudi::policy
