// SPDX-License-Identifier: Apache-2.0
#include "policy/row_schema.h"

#include <optional>

namespace doudi::policy {

namespace {

// Empty: a condition cannot ask for it.
std::optional<expr::Type> type_in_row(ColumnType type) {
    switch (type) {
        case ColumnType::category:
        case ColumnType::code:
            return expr::TypeKind::string;
        case ColumnType::date:
            return expr::TypeKind::date;
        case ColumnType::money:
            return expr::TypeKind::money;
        case ColumnType::integer:
            return expr::TypeKind::integer;
        case ColumnType::id_number:
        case ColumnType::name:
        case ColumnType::phone:
        case ColumnType::text:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::vector<int> row_columns(const Dataset& dataset) {
    std::vector<int> columns;
    for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
        if (type_in_row(dataset.columns[i].type)) columns.push_back(static_cast<int>(i));
    }
    return columns;
}

expr::Schema row_schema(const Dataset& dataset) {
    expr::Schema schema;
    const expr::StructId row = schema.add_struct("row");
    for (const int index : row_columns(dataset)) {
        const DatasetColumn& column = dataset.columns[static_cast<std::size_t>(index)];
        schema.add_field(row, column.field, *type_in_row(column.type), expr::Presence::maybe_none);
    }
    schema.add_variable("row", expr::Type::structure_of(row));
    return schema;
}

}  // namespace doudi::policy
