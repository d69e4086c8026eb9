// SPDX-License-Identifier: Apache-2.0
// The types of the condition language. Flat: a list knows its element's kind, a structure its number in the
// Schema; there are no lists of lists in packs. double, uint, bytes, map, type and dyn are CEL's own and
// refused in packs (semantics 14), as are timestamp and duration. Money is fen; Amount is a rational number
// of fen; Ratio is a rational number without a unit (semantics 15-17).
#pragma once
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace doudi::expr {

enum class TypeKind : std::uint8_t {
    poison,  // an error was already reported here: suppresses the ones that follow from it
    dyn,
    null,
    boolean,
    integer,
    uinteger,
    floating,
    string,
    bytes,
    date,
    money,
    amount,
    ratio,
    list,
    map,
    structure,
    type,
    timestamp,
    duration,
};

struct Type {
    TypeKind kind = TypeKind::poison;
    TypeKind element = TypeKind::poison;  // of a list; poison for the empty list, which fits every list
    std::uint16_t structure = 0;  // of a structure, or of a list of structures: its number in the Schema

    constexpr Type() = default;
    constexpr Type(TypeKind one) : kind(one) {}  // NOLINT: a kind is a type wherever it stands alone
    [[nodiscard]] static constexpr Type list_of(Type one) {
        Type type(TypeKind::list);
        type.element = one.kind;
        type.structure = one.structure;
        return type;
    }
    [[nodiscard]] static constexpr Type structure_of(std::uint16_t number) {
        Type type(TypeKind::structure);
        type.structure = number;
        return type;
    }
    [[nodiscard]] constexpr Type element_type() const {
        Type type(element);
        type.structure = structure;
        return type;
    }
    friend constexpr bool operator==(Type, Type) = default;
};

// What a person calls it: 金额 / money, 列表<日期> / list<date>.
[[nodiscard]] Text type_text(Type type);

enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, remainder };

// The one table of semantics 13-18: the kind of `left op right`, empty if there is no such operation. The
// checker asks it for types and the evaluator for values.
[[nodiscard]] std::optional<TypeKind> arithmetic_result(Arithmetic op, TypeKind left, TypeKind right);
// May values of the two kinds be put in order (semantics 6, 17, 20)? Numbers of CEL compare across kinds.
[[nodiscard]] bool is_ordered(TypeKind left, TypeKind right);

}  // namespace doudi::expr
