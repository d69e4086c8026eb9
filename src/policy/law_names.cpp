// SPDX-License-Identifier: Apache-2.0
// The one set of names for all conditions of a pack, and their order of computing.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <set>

#include "policy/law_conditions.h"

namespace doudi::policy {

namespace {

using expr::Presence;
using expr::Type;
using expr::TypeKind;

// Words of CEL's grammar: a fact of such a name could not be written in a condition.
constexpr std::array<std::string_view, 23> cel_words{
    "true",      "false",  "null",     "in",   "as",     "break", "const", "continue",
    "else",      "for",    "function", "if",   "import", "let",   "loop",  "package",
    "namespace", "return", "var",      "void", "while",  "has",   "size"};

bool is_name(std::string_view id) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !id.empty() && (id.front() < '0' || id.front() > '9') && std::ranges::all_of(id, allowed) &&
           std::ranges::find(cel_words, id) == cel_words.end();
}

class NameBuilder {
  public:
    NameBuilder(const LawDraft& draft, const Law& law) : draft_(draft), law_(law) {}

    LawNames build() {
        add_structures();
        add_facts();
        for (std::size_t i = 0; i < law_.parameters.size(); ++i) {
            const Parameter& parameter = law_.parameters[i];
            if (!may_add(draft_.parameters[i], names_.schema.find_field(names_.param_struct, parameter.id)))
                continue;
            add_field(names_.param_struct, parameter.id, type_of(parameter.type), Presence::always,
                      names_.parameter_of_field, static_cast<int>(i));
        }
        for (std::size_t i = 0; i < law_.categories.size(); ++i) {
            const Category& category = law_.categories[i];
            if (!may_add(draft_.categories[i], names_.schema.find_variable(category.id))) continue;
            add_variable(category.id, TypeKind::boolean, Presence::always, -1, static_cast<int>(i));
        }
        return std::move(names_);
    }

  private:
    void add_structures() {
        expr::Schema& schema = names_.schema;
        names_.person_struct = schema.add_struct("person");
        names_.application_struct = schema.add_struct("application");
        names_.param_struct = schema.add_struct("param");
        names_.person = add_variable("person", Type::structure_of(names_.person_struct), Presence::always);
        names_.application =
            add_variable("application", Type::structure_of(names_.application_struct), Presence::always);
        names_.param = add_variable("param", Type::structure_of(names_.param_struct), Presence::always);
        names_.members = add_variable("members", Type::list_of(Type::structure_of(names_.person_struct)),
                                      Presence::always);
        names_.as_of = add_variable("as_of", TypeKind::date, Presence::always);
        // An application that has not been left, refused or signed has none of these.
        names_.authorised_on = add_built_in("authorised_on", TypeKind::date, Presence::maybe_none);
        names_.consents_to_transfer =
            add_built_in("consents_to_transfer", TypeKind::boolean, Presence::always);
        names_.leaving = add_built_in("leaving", TypeKind::string, Presence::maybe_none);
        names_.left_on = add_built_in("left_on", TypeKind::date, Presence::maybe_none);
        names_.refused_on = add_built_in("refused_on", TypeKind::date, Presence::maybe_none);
    }

    void add_facts() {
        for (std::size_t i = 0; i < law_.facts.size(); ++i) {
            const FactDefinition& fact = law_.facts[i];
            const ElementDraft& draft = draft_.facts[i];
            const Presence presence = fact.may_be_none ? Presence::maybe_none : Presence::always;
            const expr::Schema& schema = names_.schema;
            if (fact.of == Subject::household) {
                if (!may_add(draft, schema.find_variable(fact.id))) continue;
                add_variable(fact.id, type_of(fact.type), presence, static_cast<int>(i));
            } else if (fact.of == Subject::person) {
                if (!may_add(draft, schema.find_field(names_.person_struct, fact.id))) continue;
                add_field(names_.person_struct, fact.id, type_of(fact.type), presence,
                          names_.fact_of_person_field, static_cast<int>(i));
            } else {
                if (!may_add(draft, schema.find_field(names_.application_struct, fact.id))) continue;
                add_field(names_.application_struct, fact.id, type_of(fact.type), presence,
                          names_.fact_of_application_field, static_cast<int>(i));
            }
        }
    }

    static bool may_add(const ElementDraft& draft, bool is_taken) {
        const YamlValue& place = *draft.record.find("id");
        if (!is_name(draft.id)) {
            place.fault(
                "not_a_name",
                fmt::format("“{}”不能写在条件里：只能用 a-z、0-9 和 _，且不是 CEL 的保留字", draft.id),
                fmt::format("'{}' cannot stand in a condition: a-z, 0-9 and _ only, and no word of CEL",
                            draft.id));
            return false;
        }
        if (!is_taken) return true;
        place.fault("name_taken", fmt::format("“{}”已有别的含义", draft.id),
                    fmt::format("'{}' means something else already", draft.id));
        return false;
    }

    template <class Number>
    static bool may_add(const ElementDraft& draft, const std::optional<Number>& taken) {
        return may_add(draft, taken.has_value());
    }

    expr::VariableId add_variable(std::string name, Type type, Presence presence, int fact = -1,
                                  int category = -1) {
        names_.fact_of_variable.push_back(fact);
        names_.category_of_variable.push_back(category);
        return names_.schema.add_variable(std::move(name), type, presence);
    }

    expr::FieldId add_built_in(std::string name, Type type, Presence presence) {
        names_.fact_of_application_field.push_back(-1);
        return names_.schema.add_field(names_.application_struct, std::move(name), type, presence);
    }

    void add_field(expr::StructId structure, const std::string& name, Type type, Presence presence,
                   std::vector<int>& numbers, int index) {
        numbers.push_back(index);
        names_.schema.add_field(structure, name, type, presence);
    }

    const LawDraft& draft_;
    const Law& law_;
    LawNames names_;
};

// --- the order of computing
// -----------------------------------------------------------------------------------

using Indices = std::vector<int>;

void add_number(Indices& found, const std::vector<int>& numbers, std::size_t name) {
    if (name < numbers.size() && numbers[name] >= 0) found.push_back(numbers[name]);
}

// The facts that a program reads, as indices into Law::facts.
Indices facts_read(const LawNames& names, const expr::Program& program) {
    Indices found;
    for (const expr::FieldRef ref : program.referenced_fields()) {
        if (ref.variable == names.person) {
            add_number(found, names.fact_of_person_field, ref.field);
        } else if (ref.variable == names.application) {
            add_number(found, names.fact_of_application_field, ref.field);
        } else {
            add_number(found, names.fact_of_variable, ref.variable);
        }
    }
    for (const expr::MemberField member : program.referenced_members()) {
        if (member.structure == names.person_struct)
            add_number(found, names.fact_of_person_field, member.field);
    }
    return found;
}

void categories_read(const LawNames& names, const expr::Program& program, Indices& found) {
    for (const expr::FieldRef ref : program.referenced_fields())
        add_number(found, names.category_of_variable, ref.variable);
}

// Each after those that it stands on, else in the order given. A circle is handed to `report` as the elements
// that lead back to the first; the rest of the order is then of no use.
Indices in_order(const std::vector<Indices>& stands_on, const std::function<void(const Indices&)>& report) {
    enum class State : std::uint8_t { untouched, open, placed };
    std::vector<State> states(stands_on.size(), State::untouched);
    Indices order;
    Indices path;  // open ones, each stands on the next
    std::vector<std::size_t> next(stands_on.size(), 0);
    const auto open = [&](int element) {
        states[static_cast<std::size_t>(element)] = State::open;
        path.push_back(element);
    };
    for (std::size_t first = 0; first < stands_on.size(); ++first) {
        if (states[first] == State::untouched) open(static_cast<int>(first));
        while (!path.empty()) {
            const auto at = static_cast<std::size_t>(path.back());
            if (next[at] == stands_on[at].size()) {
                states[at] = State::placed;
                order.push_back(path.back());
                path.pop_back();
                continue;
            }
            const int below = stands_on[at][next[at]++];
            const State state = states[static_cast<std::size_t>(below)];
            if (state == State::untouched) open(below);
            if (state == State::open) report({std::ranges::find(path, below), path.end()});
        }
    }
    return order;
}

// new_place[old index]
std::vector<int> places_of(const Indices& order) {
    std::vector<int> places(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        places[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
    return places;
}

void renumber(std::vector<int>& numbers, const std::vector<int>& places) {
    for (int& number : numbers) {
        if (number >= 0) number = places[static_cast<std::size_t>(number)];
    }
}

template <class Element>
void rearrange(std::vector<Element>& elements, const Indices& order) {
    std::vector<Element> arranged;
    arranged.reserve(order.size());
    for (const int index : order) arranged.push_back(std::move(elements[static_cast<std::size_t>(index)]));
    elements = std::move(arranged);
}

void report_circle(const ElementDrafts& drafts, const Indices& circle, std::string_view key) {
    std::string path;
    for (const int index : circle) path += drafts[static_cast<std::size_t>(index)].id + " → ";
    const ElementDraft& first = drafts[static_cast<std::size_t>(circle.front())];
    path += first.id;
    const YamlValue* place = first.record.find(key);
    (place == nullptr ? first.record.self() : *place)
        .fault("circle", fmt::format("循环引用：{}", path), fmt::format("stands on itself: {}", path));
}

}  // namespace

LawNames build_names(const LawDraft& draft, const Law& law) {
    return NameBuilder(draft, law).build();
}

void order_facts(const ElementDrafts& drafts, Law& law) {
    std::vector<Indices> stands_on;
    for (const FactDefinition& fact : law.facts)
        stands_on.push_back(fact.is ? facts_read(law.names, *fact.is) : Indices{});
    const Indices order =
        in_order(stands_on, [&](const Indices& circle) { report_circle(drafts, circle, "is"); });
    const std::vector<int> places = places_of(order);
    renumber(law.names.fact_of_variable, places);
    renumber(law.names.fact_of_person_field, places);
    renumber(law.names.fact_of_application_field, places);
    rearrange(law.facts, order);
}

void order_categories(const ElementDrafts& drafts, Law& law) {
    std::vector<Indices> stands_on;
    for (const Category& category : law.categories) {
        Indices found;
        for (const ConditionLine& line : category.when) categories_read(law.names, line.program, found);
        if (category.unless) categories_read(law.names, category.unless->program, found);
        if (category.covers) categories_read(law.names, category.covers->program, found);
        stands_on.push_back(std::move(found));
    }
    const Indices order =
        in_order(stands_on, [&](const Indices& circle) { report_circle(drafts, circle, "when"); });
    renumber(law.names.category_of_variable, places_of(order));
    rearrange(law.categories, order);
}

}  // namespace doudi::policy
