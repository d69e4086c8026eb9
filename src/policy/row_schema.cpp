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

// A name that is there already keeps what it means.
void add_columns(expr::Schema& schema, expr::StructId structure, const Dataset& dataset) {
    for (const int index : row_columns(dataset)) {
        const DatasetColumn& column = dataset.columns[static_cast<std::size_t>(index)];
        if (schema.find_field(structure, column.field)) continue;
        schema.add_field(structure, column.field, *type_in_row(column.type), expr::Presence::maybe_none);
    }
}

void add_columns_of_kind(expr::Schema& schema, expr::StructId structure, const DatasetCatalogue& catalogue,
                         DatasetKind kind) {
    for (const Dataset& dataset : catalogue.datasets)
        if (dataset.kind == kind) add_columns(schema, structure, dataset);
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
    add_columns(schema, row, dataset);
    schema.add_variable("row", expr::Type::structure_of(row));
    return schema;
}

expr::Schema household_schema(const DatasetCatalogue& catalogue) {
    using expr::Presence;
    using expr::Type;
    using expr::TypeKind;
    expr::Schema schema;
    const expr::StructId member = schema.add_struct("member");
    schema.add_field(member, "age", TypeKind::integer, Presence::always);
    add_columns_of_kind(schema, member, catalogue, DatasetKind::register_members);
    const expr::StructId household = schema.add_struct("household");
    schema.add_field(household, "size", TypeKind::integer, Presence::always);
    schema.add_field(household, "members", Type::list_of(Type::structure_of(member)), Presence::always);
    add_columns_of_kind(schema, household, catalogue, DatasetKind::register_households);
    schema.add_variable("household", Type::structure_of(household));
    schema.add_variable("as_of", TypeKind::date);
    return schema;
}

void add_parameters(expr::Schema& schema, const Law& law) {
    const expr::StructId param = schema.add_struct("param");
    for (const Parameter& parameter : law.parameters)
        schema.add_field(param, parameter.id, type_of(parameter.type), expr::Presence::always);
    schema.add_variable("param", expr::Type::structure_of(param));
}

}  // namespace doudi::policy
