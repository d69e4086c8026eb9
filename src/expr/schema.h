// SPDX-License-Identifier: Apache-2.0
// The names a condition may use: variables (row, person, household, param, as_of …) and the fields of
// structures, each with its type and whether it may be none. Names become numbers when a condition is
// checked; nothing is looked up by name later. The numbers are given in the order of adding, from zero:
// whoever fills an Activation can count on them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/type.h"

namespace doudi::expr {

using StructId = std::uint16_t;
using VariableId = std::uint16_t;
using FieldId = std::uint16_t;

enum class Presence : std::uint8_t { always, maybe_none };  // unknown it may be either way

struct NamedType {
    std::string name;
    Type type;
    Presence presence = Presence::always;
};

class Schema {
  public:
    // A name given twice is a bug of the caller.
    StructId add_struct(std::string name);
    FieldId add_field(StructId structure, std::string name, Type type,
                      Presence presence = Presence::maybe_none);
    VariableId add_variable(std::string name, Type type, Presence presence = Presence::always);

    [[nodiscard]] std::optional<VariableId> find_variable(std::string_view name) const;
    [[nodiscard]] std::optional<StructId> find_struct(std::string_view name) const;
    [[nodiscard]] std::optional<FieldId> find_field(StructId structure, std::string_view name) const;
    [[nodiscard]] const NamedType& variable(VariableId id) const { return variables_[id]; }
    [[nodiscard]] const NamedType& field(StructId structure, FieldId id) const {
        return structs_[structure].fields[id];
    }
    [[nodiscard]] const std::string& struct_name(StructId id) const { return structs_[id].name; }
    [[nodiscard]] const std::vector<NamedType>& variables() const { return variables_; }
    [[nodiscard]] const std::vector<NamedType>& fields(StructId id) const { return structs_[id].fields; }

  private:
    struct Structure {
        std::string name;
        std::vector<NamedType> fields;
    };
    std::vector<NamedType> variables_;
    std::vector<Structure> structs_;
};

// What a condition reads, by number: a variable, or a field of a variable that is a structure.
struct FieldRef {
    static constexpr FieldId whole = 0xFFFF;  // the variable itself
    VariableId variable = 0;
    FieldId field = whole;
    friend constexpr auto operator<=>(FieldRef, FieldRef) = default;
};

// A field that is read of the elements of a list: of every member.
struct MemberField {
    StructId structure = 0;
    FieldId field = 0;
    friend constexpr auto operator<=>(MemberField, MemberField) = default;
};

}  // namespace doudi::expr
