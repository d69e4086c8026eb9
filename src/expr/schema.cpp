// SPDX-License-Identifier: Apache-2.0
#include "expr/schema.h"

#include "base/result.h"

namespace doudi::expr {

namespace {

template <class Entry>
std::optional<std::uint16_t> find_named(const std::vector<Entry>& entries, std::string_view name) {
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].name == name) return static_cast<std::uint16_t>(i);
    return std::nullopt;
}

template <class Entry>
std::uint16_t append(std::vector<Entry>& entries, Entry entry) {
    ensure(!find_named(entries, entry.name).has_value(), "a name is given once");
    ensure(entries.size() < FieldRef::whole, "numbers of names fit 16 bits");
    entries.push_back(std::move(entry));
    return static_cast<std::uint16_t>(entries.size() - 1);
}

}  // namespace

StructId Schema::add_struct(std::string name) {
    return append(structs_, Structure{std::move(name), {}});
}

FieldId Schema::add_field(StructId structure, std::string name, Type type, Presence presence) {
    return append(structs_[structure].fields, NamedType{std::move(name), type, presence});
}

VariableId Schema::add_variable(std::string name, Type type, Presence presence) {
    return append(variables_, NamedType{std::move(name), type, presence});
}

std::optional<VariableId> Schema::find_variable(std::string_view name) const {
    return find_named(variables_, name);
}
std::optional<StructId> Schema::find_struct(std::string_view name) const {
    return find_named(structs_, name);
}
std::optional<FieldId> Schema::find_field(StructId structure, std::string_view name) const {
    return find_named(structs_[structure].fields, name);
}

}  // namespace doudi::expr
