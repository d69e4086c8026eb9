// SPDX-License-Identifier: Apache-2.0
#include "determine/facts.h"

#include <algorithm>

#include "base/result.h"
#include "expr/kleene.h"

namespace doudi::determine {

using expr::Value;
using policy::FactDefinition;
using policy::Subject;

namespace {

Value negated(const Value& value) {
    return value.is_true() || value.is_false() ? Value::boolean(value.is_false()) : value;
}

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Facts::Scope::Scope(const Facts& facts, int member, bool of_sets)
    : facts_(facts), member_(facts.member_), of_sets_(facts.of_sets_) {
    facts_.member_ = member;
    facts_.of_sets_ = of_sets;
}

Facts::Scope::~Scope() {
    facts_.member_ = member_;
    facts_.of_sets_ = of_sets_;
}

Facts::Facts(const policy::Law& law, const Case& told, Change change)
    : law_(law),
      case_(told),
      change_(std::move(change)),
      day_(change_.day.value_or(told.as_of)),
      residence_fact_(law.fact_of(Subject::household, policy::residence_fact)),
      counted_fact_(law.fact_of(Subject::person, policy::counted_fact)),
      place_(law.categories.size(), -1),
      becomes_(law.categories.size(), -1),
      facts_(told.members.size() + 1),
      verdicts_(facts_.size()),
      covers_(facts_.size()),
      in_sets_(facts_.size()),
      parameters_(law.parameters.size()) {
    for (const std::string& id : law.exclusive_order.categories) {
        const int category = law.category_of(id);
        if (category < 0) continue;
        place_[at(category)] = static_cast<int>(exclusive_.size());
        exclusive_.push_back(category);
    }
    for (std::size_t i = 0; i < law.categories.size(); ++i) {
        const std::string& into = law.categories[i].becomes;
        const int found = into.empty() ? -1 : law.category_of(into);
        becomes_[i] = found < 0 ? static_cast<int>(i) : found;
    }
}

Facts::Slot& Facts::slot(Slots& slots, int index, int member, std::size_t indices) {
    std::vector<Slot>& of_member = slots[at(member + 1)];
    if (of_member.empty()) of_member.resize(indices);
    return of_member[at(index)];
}

Value Facts::evaluate(const expr::Program& program, int member, bool of_sets) const {
    const Scope scope(*this, member, of_sets);
    return expr::evaluate(program, *this);
}

// --- names
// ------------------------------------------------------------------------------------------------------

Named Facts::named(expr::FieldRef ref) const {
    const policy::LawNames& names = law_.names;
    if (ref.variable == names.as_of) return {Named::Kind::day, -1, -1};
    if (ref.variable == names.members) return {Named::Kind::members, -1, -1};
    if (ref.variable == names.person)
        return {Named::Kind::fact, names.fact_of_person_field[ref.field], member_};
    if (ref.variable == names.application) {
        const int index = names.fact_of_application_field[ref.field];
        if (index < 0) return {Named::Kind::built_in, ref.field, -1};
        return {Named::Kind::fact, index, -1};
    }
    if (ref.variable == names.param) return {Named::Kind::parameter, names.parameter_of_field[ref.field], -1};
    if (const int category = names.category_of_variable[ref.variable]; category >= 0) {
        const bool of_person = law_.categories[at(category)].subject == Subject::person || of_sets_;
        return {Named::Kind::category, category, of_person ? member_ : -1};
    }
    return {Named::Kind::fact, names.fact_of_variable[ref.variable], -1};
}

Named Facts::named(expr::StructHandle owner, expr::FieldId field) const {
    return {Named::Kind::fact, law_.names.fact_of_person_field[field], static_cast<int>(owner.row)};
}

Value Facts::get(expr::FieldRef ref) const {
    const Named name = named(ref);
    switch (name.kind) {
        case Named::Kind::fact:
            return fact(name.index, name.member);
        case Named::Kind::parameter:
            return parameter(name.index);
        case Named::Kind::category:
            return category_value(name.index, name.member);
        case Named::Kind::members:
            return members_list();
        case Named::Kind::day:
            return Value::date(day_);
        case Named::Kind::built_in:
            return built_in(static_cast<expr::FieldId>(name.index));
        case Named::Kind::nothing:
            break;
    }
    ensure(false, "every name of a condition stands for something");
    return Value::error(expr::Fault::name);
}

Value Facts::get_member(expr::StructHandle owner, expr::FieldId field) const {
    const Named name = named(owner, field);
    return fact(name.index, name.member);
}

Value Facts::members_list() const {
    std::vector<Value> list;
    for (std::size_t i = 0; i < case_.members.size(); ++i)
        list.push_back(Value::structure({law_.names.person_struct, i}));
    return Value::list(std::move(list));
}

// An application that is not about leaving, was not refused and not signed has none of these; whether there
// is consent is unknown until it is told.
Value Facts::built_in(expr::FieldId field) const {
    const policy::LawNames& names = law_.names;
    const CaseApplication& application = case_.application;
    const auto day = [](const std::optional<Date>& date) {
        return date ? Value::date(*date) : Value::none();
    };
    if (field == names.authorised_on) return day(application.authorised_on);
    if (field == names.left_on) return day(application.left_on);
    if (field == names.refused_on) return day(application.refused_on);
    if (field == names.leaving)
        return application.leaving.empty() ? Value::none() : Value::string(application.leaving);
    if (application.consents_to_transfer) return Value::boolean(*application.consents_to_transfer);
    return Value::unknown(number({FactKey::Kind::fact, Subject::application, -1, consents_to_transfer}));
}

// A category's name asks for the set that a member ends up with, or else for the verdict.
Value Facts::category_value(int category, int member) const {
    return of_sets_ ? in_set(category, member) : verdict(category, member);
}

// --- facts
// ------------------------------------------------------------------------------------------------------

Value Facts::fact(int index, int member) const {
    ensure(index >= 0, "a fact of the law");
    const FactDefinition& definition = law_.facts[at(index)];
    const bool of_person = definition.of == Subject::person;
    ensure(!of_person || member >= 0, "a person's fact is asked of a person");
    Slot& known = slot(facts_, index, of_person ? member : -1, law_.facts.size());
    if (!known) {
        Value value =
            definition.is ? derived(definition, of_person ? member : -1) : judge(index, member).value;
        known = std::move(value);  // the slots may not be held while others are computed
    }
    return *known;
}

Value Facts::derived(const FactDefinition& definition, int member) const {
    return evaluate(*definition.is, member);
}

FactKey Facts::key_of(const Named& named) const {
    if (named.kind == Named::Kind::parameter) return figure_key(named.index);
    ensure(named.kind == Named::Kind::fact, "a fact or a parameter");
    const FactDefinition& definition = law_.facts[at(named.index)];
    return {FactKey::Kind::fact, definition.of, definition.of == Subject::person ? named.member : -1,
            definition.id};
}

const ToldFact* Facts::told(const FactKey& key) const {
    const ToldFacts* facts = &case_.household;
    if (key.of == Subject::person) facts = &case_.members[at(key.member)].facts;
    if (key.of == Subject::application) facts = &case_.application.facts;
    const auto found = facts->find(key.id);
    return found == facts->end() ? nullptr : &found->second;
}

Paper paper_by_case(const Case& told, Date told_on) {
    const std::optional<Date>& signed_on = told.application.authorised_on;
    if (!signed_on) return Paper::missing;
    return *signed_on > told_on ? Paper::of_before : Paper::recorded;
}

// What was told counts unless it is stale, in conflict, or of means and not authorised (semantics 2).
Facts::Judged Facts::judge(int index, int member) const {
    const FactDefinition& definition = law_.facts[at(index)];
    const FactKey key = key_of({Named::Kind::fact, index, member});
    if (const auto changed = change_.facts.find(key); changed != change_.facts.end())
        return {Silence::none, changed->second};
    const ToldFact* fact = told(key);
    if (fact == nullptr) return {Silence::never_told, Value::unknown(number(key))};
    const Date day = fact->as_of.value_or(case_.as_of);
    Paper paper = Paper::recorded;
    if (definition.needs_authorisation)
        paper = fact->paper == Paper::by_case ? paper_by_case(case_, day) : fact->paper;
    // Left out by an office that keeps the papers: of what was told nothing is there any more.
    if (fact->paper == Paper::missing || fact->paper == Paper::of_before) return not_authorised(key, paper);
    if (!fact->conflicting.empty()) return {Silence::conflict, Value::unknown(number(key))};
    if (fact->value.is_unknown()) return {Silence::told_unknown, Value::unknown(number(key))};
    if (definition.max_age_days && case_.as_of - day > *definition.max_age_days)
        return {Silence::stale, Value::unknown(number(key))};
    if (paper != Paper::recorded) return not_authorised(key, paper);
    return {Silence::none, fact->value};
}

// Without a paper it is the signature that is missing; with a later one the fact, which has to be looked up
// anew.
Facts::Judged Facts::not_authorised(const FactKey& key, Paper paper) const {
    const FactKey signature{FactKey::Kind::fact, Subject::application, -1, authorised_on};
    return {Silence::not_authorised, Value::unknown(number(paper == Paper::missing ? signature : key))};
}

Silence Facts::silence(int index, int member) const {
    return law_.facts[at(index)].is ? Silence::none : judge(index, member).silence;
}

expr::FactId Facts::number(const FactKey& key) const {
    const auto [found, fresh] = numbers_.emplace(key, static_cast<expr::FactId>(keys_.size()));
    if (fresh) keys_.push_back(&found->first);
    return found->second;
}

std::vector<FactKey> Facts::keys(std::span<const expr::FactId> numbers) const {
    std::vector<const FactKey*> sorted;
    sorted.reserve(numbers.size());
    for (const expr::FactId number : numbers) sorted.push_back(&key(number));
    std::ranges::sort(sorted, {}, [](const FactKey* one) -> const FactKey& { return *one; });
    std::vector<FactKey> found;
    found.reserve(sorted.size());
    for (const FactKey* one : sorted) found.push_back(*one);
    return found;
}

// --- parameters
// -------------------------------------------------------------------------------------------------

// The parameter that holds the figures, and the residence that a slice of it is for.
std::pair<std::string, int> Facts::residence_of(int parameter) const {
    const policy::Parameter& asked = law_.parameters[at(parameter)];
    if (asked.slice_of.empty()) return {{}, parameter};
    return {asked.slice_residence, law_.parameter_of(asked.slice_of)};
}

const policy::ParameterValue* Facts::figure_for(int index, const std::string& residence) const {
    const policy::Parameter& asked = law_.parameters[at(index)];
    const policy::Parameter& holder = law_.parameters[at(residence_of(index).second)];
    for (const std::string& id : {asked.id, holder.id}) {
        const auto given = case_.parameters.find(id);
        if (given == case_.parameters.end()) continue;
        for (const policy::ParameterValue& value : given->second)
            if (value.residence.empty() || value.residence == residence) return &value;
    }
    if (const auto* own = policy::value_of(asked, case_.region, residence, day_)) return own;
    return policy::value_of(holder, case_.region, residence, day_);
}

const policy::ParameterValue* Facts::figure(int index) const {
    const policy::Parameter& asked = law_.parameters[at(index)];
    if (!asked.slice_of.empty()) return figure_for(index, asked.slice_residence);
    if (!asked.by_residence || residence_fact_ < 0) return figure_for(index, {});
    const Value residence = fact(residence_fact_, -1);
    if (residence.is_value()) return figure_for(index, std::string(residence.as_text()));
    // Where urban or rural is unknown a figure still holds if it is the same for both.
    const policy::ParameterValue* same = nullptr;
    for (const policy::FactWord& word : law_.facts[at(residence_fact_)].words) {
        const policy::ParameterValue* one = figure_for(index, word.id);
        if (one == nullptr || (same != nullptr && !expr::same_answer(one->value, same->value)))
            return nullptr;
        same = one;
    }
    return same;
}

FactKey Facts::figure_key(int index) const {
    return {FactKey::Kind::parameter, Subject::household, -1, law_.parameters[at(index)].id};
}

Value Facts::parameter(int index) const {
    ensure(index >= 0, "a parameter of the law");
    Slot& known = parameters_[at(index)];
    if (known) return *known;
    const policy::ParameterValue* found = figure(index);
    Value value = found == nullptr ? by_residence(index) : found->value;
    known = std::move(value);
    return *known;
}

// Unknown: for want of the figure, or of the residence that chooses it, or of both.
Value Facts::by_residence(int index) const {
    const policy::Parameter& asked = law_.parameters[at(index)];
    const Value unset = Value::unknown(number(figure_key(index)));
    if (!asked.slice_of.empty() || !asked.by_residence || residence_fact_ < 0) return unset;
    const Value residence = fact(residence_fact_, -1);
    if (!residence.is_unknown()) return unset;
    std::vector<expr::FactId> missing(residence.facts().begin(), residence.facts().end());
    const auto& words = law_.facts[at(residence_fact_)].words;
    const bool some_unset = std::ranges::any_of(
        words, [&](const policy::FactWord& word) { return figure_for(index, word.id) == nullptr; });
    if (some_unset) missing.push_back(unset.facts()[0]);
    return Value::unknown(std::move(missing));
}

// --- categories
// -------------------------------------------------------------------------------------------------

Value Facts::any_member(Value (Facts::*of)(int, int) const, int category) const {
    expr::LogicalFold fold(expr::LogicalFold::Kind::any);
    for (int member = 0; member < members(); ++member) fold.add((this->*of)(category, member));
    return std::move(fold).result();
}

Value Facts::verdict(int category, int member) const {
    const bool of_person = law_.categories[at(category)].subject == Subject::person;
    if (of_person && member < 0) return any_member(&Facts::verdict, category);
    const int whose = of_person ? member : -1;
    if (!category_slot(verdicts_, category, whose)) {
        Value value = computed_verdict(category, whose);
        category_slot(verdicts_, category, whose) = std::move(value);
    }
    return *category_slot(verdicts_, category, whose);
}

// yes = every line of `when`, and not `unless` (semantics 26).
Value Facts::computed_verdict(int category, int member) const {
    const policy::Category& asked = law_.categories[at(category)];
    if (asked.when.empty()) {
        const FactKey rule{FactKey::Kind::open_rule, asked.subject, -1, asked.id};
        return Value::unknown(number(rule));
    }
    expr::LogicalFold fold(expr::LogicalFold::Kind::all);
    for (const policy::ConditionLine& line : asked.when) fold.add(evaluate(line.program, member));
    if (asked.unless) fold.add(negated(evaluate(asked.unless->program, member)));
    return std::move(fold).result();
}

Value Facts::covers(int category, int member) const {
    Slot& known = category_slot(covers_, category, member);
    if (known) return *known;
    const policy::Category& asked = law_.categories[at(category)];
    Value value = Value::boolean(true);
    if (asked.covers) {
        value = evaluate(asked.covers->program, member);
    } else if (counted_fact_ >= 0) {
        value = fact(counted_fact_, member);
    }
    known = std::move(value);
    return *known;
}

Value Facts::belongs(int category, int member) const {
    if (law_.categories[at(category)].subject == Subject::person) return verdict(category, member);
    expr::LogicalFold fold(expr::LogicalFold::Kind::all);
    fold.add(verdict(category, -1));
    fold.add(covers(category, member));
    return std::move(fold).result();
}

std::vector<int> Facts::fed_by(int category) const {
    std::vector<int> feeding;
    for (std::size_t i = 0; i < becomes_.size(); ++i) {
        const bool itself = static_cast<int>(i) == category;
        if (itself || (becomes_[i] == category && place_[i] < 0)) feeding.push_back(static_cast<int>(i));
    }
    return feeding;
}

Value Facts::membership(int category, int member) const {
    expr::LogicalFold fold(expr::LogicalFold::Kind::any);
    for (const int feeding : fed_by(category)) fold.add(belongs(feeding, member));
    return std::move(fold).result();
}

Value Facts::in_set(int category, int member) const {
    if (member < 0) return any_member(&Facts::in_set, category);
    if (!category_slot(in_sets_, category, member)) {
        Value value = computed_in_set(category, member);
        category_slot(in_sets_, category, member) = std::move(value);
    }
    return *category_slot(in_sets_, category, member);
}

// Of the exclusive categories the first that holds; an unknown one before it leaves the choice undecided.
Value Facts::computed_in_set(int category, int member) const {
    expr::LogicalFold fold(expr::LogicalFold::Kind::all);
    const int place = place_[at(category)];
    const int into = becomes_[at(category)];
    if (place >= 0) {
        fold.add(membership(category, member));
        for (int i = 0; i < place; ++i) fold.add(negated(membership(exclusive_[at(i)], member)));
    } else {
        fold.add(belongs(category, member));
        if (into != category) fold.add(in_set(into, member));
    }
    return std::move(fold).result();
}

}  // namespace doudi::determine
