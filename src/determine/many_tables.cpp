// SPDX-License-Identifier: Apache-2.0
#include "determine/many_tables.h"

#include <algorithm>

#include "base/result.h"

namespace doudi::determine {

using policy::Subject;

TruthColumn any_member(const TruthColumn& members, const std::vector<std::uint64_t>& ends) {
    TruthColumn any(ends.size(), expr::Truth::no);
    std::uint64_t member = 0;
    for (std::size_t household = 0; household < ends.size(); ++household) {
        bool unknown = false, error = false, yes = false;
        for (; member < ends[household]; ++member) {
            yes |= members[member] == expr::Truth::yes;
            unknown |= members[member] == expr::Truth::unknown;
            error |= members[member] == expr::Truth::error;
        }
        any[household] = yes       ? expr::Truth::yes
                         : unknown ? expr::Truth::unknown
                         : error   ? expr::Truth::error
                                   : expr::Truth::no;
    }
    return any;
}

ManyTables::ManyTables(const policy::Law& law, const ManyCases& cases)
    : law_(law),
      cases_(cases),
      facts_(law.facts.size()),
      households_(*this, Subject::household),
      members_(*this, Subject::person) {
    household_of_member_.reserve(cases.members());
    for (std::size_t household = 0; household < cases.households(); ++household) {
        while (household_of_member_.size() < cases.member_ends[household])
            household_of_member_.push_back(static_cast<std::uint32_t>(household));
    }
    lists_.ends = cases.member_ends.data();
}

void ManyTables::set_fact(int fact, OwnedColumn column) {
    facts_[static_cast<std::size_t>(fact)] = std::make_unique<OwnedColumn>(std::move(column));
}

void ManyTables::set_category(int category, Subject of, const TruthColumn& truth) {
    const auto& variables = law_.names.category_of_variable;
    const auto found = std::ranges::find(variables, category);
    ensure(found != variables.end(), "a category has a name");
    const expr::FieldRef ref{static_cast<expr::VariableId>(found - variables.begin()), expr::FieldRef::whole};
    const bool of_persons = of == Subject::person;
    household_made_[ref] = std::make_unique<OwnedColumn>(
        OwnedColumn::of_truth(of_persons ? any_member(truth, cases_.member_ends) : truth));
    if (of_persons) {
        member_made_[ref] = std::make_unique<OwnedColumn>(OwnedColumn::of_truth(truth));
    } else {
        member_made_.erase(ref);  // repeated from the household's when asked for
    }
}

const expr::FactColumn* ManyTables::fact_column(int fact) {
    const auto index = static_cast<std::size_t>(fact);
    const policy::FactDefinition& definition = law_.facts[index];
    if (!definition.is && index < cases_.facts.size() && cases_.facts[index] != nullptr)
        return cases_.facts[index];
    if (!facts_[index]) {
        const std::size_t rows = definition.of == Subject::person ? cases_.members() : cases_.households();
        facts_[index] = std::make_unique<OwnedColumn>(policy::type_of(definition.type), rows);
    }
    return &facts_[index]->column();
}

// The figure for one residence, or where that is unknown, the one that holds for all.
expr::Value ManyTables::figure(int parameter, const std::string& place,
                               const policy::FactWord* residence) const {
    const policy::Parameter& asked = law_.parameters[static_cast<std::size_t>(parameter)];
    const int kinds = law_.fact_of(Subject::household, policy::residence_fact);
    const auto value_for = [&](const std::string& word) {
        const policy::ParameterValue* found = law_.value_of(parameter, place, word, cases_.as_of);
        return found == nullptr ? expr::Value::unknown(std::vector<expr::FactId>{}) : found->value;
    };
    if (!asked.slice_of.empty() || !asked.by_residence || kinds < 0) return value_for({});
    if (residence != nullptr) return value_for(residence->id);
    std::optional<expr::Value> same;
    for (const policy::FactWord& word : law_.facts[static_cast<std::size_t>(kinds)].words) {
        expr::Value one = value_for(word.id);
        if (!one.is_value() || (same && !expr::same_answer(*same, one)))
            return expr::Value::unknown(std::vector<expr::FactId>{});
        same = std::move(one);
    }
    return same.value_or(expr::Value::unknown(std::vector<expr::FactId>{}));
}

// By place: every word of residence, and last a residence that is not known.
std::vector<expr::Value> ManyTables::figures(int parameter) const {
    std::vector<expr::Value> values;
    const int residence = law_.fact_of(Subject::household, policy::residence_fact);
    for (const std::string& place : cases_.places) {
        if (residence >= 0) {
            for (const policy::FactWord& word : law_.facts[static_cast<std::size_t>(residence)].words)
                values.push_back(figure(parameter, place, &word));
        }
        values.push_back(figure(parameter, place, nullptr));
    }
    return values;
}

OwnedColumn ManyTables::parameter_column(int parameter) {
    const std::vector<expr::Value> values = figures(parameter);
    const int residence = law_.fact_of(Subject::household, policy::residence_fact);
    const std::size_t words =
        residence < 0 ? 0 : law_.facts[static_cast<std::size_t>(residence)].words.size();
    OwnedColumn made(policy::type_of(law_.parameters[static_cast<std::size_t>(parameter)].type),
                     cases_.households());
    std::vector<std::size_t> word_of_code;
    const expr::FactColumn* told = residence < 0 ? nullptr : fact_column(residence);
    if (told != nullptr) {
        const auto& known = law_.facts[static_cast<std::size_t>(residence)].words;
        for (const std::string_view word : told->words) {
            word_of_code.push_back(static_cast<std::size_t>(
                std::ranges::find(known, word, &policy::FactWord::id) - known.begin()));
        }
    }
    for (std::size_t row = 0; row < cases_.households(); ++row) {
        std::size_t at = words;
        if (told != nullptr && (told->lanes == nullptr || told->lanes[row] == expr::Lane::value))
            at = word_of_code[told->codes[row]];
        const expr::Value& value = values[cases_.place[row] * (words + 1) + std::min(at, words)];
        if (value.is_value()) made.set(row, value);
    }
    return made;
}

// Whose membership a category takes for granted; empty where the law has no such fact.
TruthColumn ManyTables::counted_members() {
    const int fact = law_.fact_of(Subject::person, policy::counted_fact);
    if (fact < 0) return {};
    const expr::FactColumn& column = *fact_column(fact);
    TruthColumn truth(cases_.members());
    for (std::size_t row = 0; row < truth.size(); ++row) truth[row] = expr::truth_of(value_at(column, row));
    return truth;
}

const expr::FactColumn* ManyTables::household_column(expr::FieldRef ref) {
    const policy::LawNames& names = law_.names;
    const bool is_structure = ref.variable == names.param || ref.variable == names.application ||
                              ref.variable == names.person || ref.variable == names.members;
    if (is_structure && ref.field == expr::FieldRef::whole) return nullptr;
    if (const auto made = household_made_.find(ref); made != household_made_.end())
        return &made->second->column();
    if (ref.variable == names.param) {
        const int parameter = names.parameter_of_field[ref.field];
        OwnedColumn column = parameter_column(parameter);
        return &(household_made_[ref] = std::make_unique<OwnedColumn>(std::move(column)))->column();
    }
    if (ref.variable == names.as_of) {
        OwnedColumn column(expr::TypeKind::date, cases_.households());
        for (std::size_t row = 0; row < cases_.households(); ++row)
            column.set(row, expr::Value::date(cases_.as_of));
        return &(household_made_[ref] = std::make_unique<OwnedColumn>(std::move(column)))->column();
    }
    if (ref.variable == names.application) {
        const int fact = names.fact_of_application_field[ref.field];
        if (fact >= 0) return fact_column(fact);
        const expr::TypeKind kind = names.schema.field(names.application_struct, ref.field).type.kind;
        OwnedColumn column(kind, cases_.households());  // a register has no application
        return &(household_made_[ref] = std::make_unique<OwnedColumn>(std::move(column)))->column();
    }
    const int fact = names.fact_of_variable[ref.variable];
    ensure(fact >= 0, "a name is a fact, a parameter or a category that was computed before");
    return fact_column(fact);
}

const expr::FactColumn* ManyTables::member_column(expr::FieldRef ref) {
    if (ref.variable == law_.names.person && ref.field != expr::FieldRef::whole)
        return fact_column(law_.names.fact_of_person_field[ref.field]);
    if (const auto made = member_made_.find(ref); made != member_made_.end()) return &made->second->column();
    const expr::FactColumn* household = household_column(ref);
    if (household == nullptr) return nullptr;
    auto gathered = std::make_unique<OwnedColumn>(OwnedColumn::gathered(*household, household_of_member_));
    return &(member_made_[ref] = std::move(gathered))->column();
}

std::size_t ManyTables::Table::rows() const {
    return of_ == Subject::person ? all_.cases_.members() : all_.cases_.households();
}

const expr::FactColumn* ManyTables::Table::column(expr::FieldRef ref) const {
    return of_ == Subject::person ? all_.member_column(ref) : all_.household_column(ref);
}

// Of a household its members lie together; a member's housemates are asked for one by one.
const expr::MemberLists* ManyTables::Table::members(expr::FieldRef ref) const {
    return of_ == Subject::household && ref.variable == all_.law_.names.members ? &all_.lists_ : nullptr;
}

const expr::FactColumn* ManyTables::Table::member_column(expr::MemberField field) const {
    return all_.fact_column(all_.law_.names.fact_of_person_field[field.field]);
}

expr::Value ManyTables::Table::value(expr::FieldRef ref, std::size_t row) const {
    const bool of_person = of_ == Subject::person;
    if (ref.variable == all_.law_.names.person && of_person)
        return expr::Value::structure({all_.law_.names.person_struct, row});
    ensure(ref.variable == all_.law_.names.members, "what is no column is a list of members");
    const std::size_t household = of_person ? all_.household_of_member_[row] : row;
    std::vector<expr::Value> list;
    const std::uint64_t end = all_.cases_.member_ends[household];
    for (std::uint64_t member = household == 0 ? 0 : all_.cases_.member_ends[household - 1]; member < end;
         ++member)
        list.push_back(expr::Value::structure({all_.law_.names.person_struct, member}));
    return expr::Value::list(std::move(list));
}

expr::Value ManyTables::Table::member(expr::StructHandle owner, expr::FieldId field) const {
    return value_at(*all_.fact_column(all_.law_.names.fact_of_person_field[field]), owner.row);
}

}  // namespace doudi::determine
