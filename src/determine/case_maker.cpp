// SPDX-License-Identifier: Apache-2.0
#include "determine/case_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "determine/facts.h"
#include "determine/words.h"

namespace doudi::determine {

using expr::Rational;
using expr::TypeKind;
using expr::Value;
using policy::FactType;
using policy::Subject;

namespace {

constexpr std::array<std::int64_t, 8> plausible_fen{50'000,  80'000,  100'000,   60'000,
                                                    120'000, 200'000, 1'000'000, 3'000'000};
constexpr std::array<std::int64_t, 5> plausible_tenths{3, 5, 6, 8, 9};
constexpr std::array<std::int64_t, 5> plausible_counts{1, 2, 3, 6, 12};
constexpr std::array<const char*, 3> names{"甲", "乙", "丙"};
constexpr std::int64_t oldest = 100;  // years

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

template <class List>
void add_once(List& list, const typename List::value_type& item) {
    if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

}  // namespace

CaseMaker::CaseMaker(const policy::Law& law, std::string region, Date day, std::uint64_t seed)
    : law_(law),
      region_(std::move(region)),
      day_(day),
      random_(seed),
      read_(law.facts.size()),
      figure_read_(law.parameters.size()) {
    note_facts_of_rules();
    for (std::size_t i = 0; i < law.facts.size(); ++i) {
        if (law.facts[i].is || !read_[i]) continue;
        std::vector<int>& of = law.facts[i].of == Subject::household ? told_.household
                               : law.facts[i].of == Subject::person  ? told_.person
                                                                     : told_.application;
        of.push_back(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < law.parameters.size(); ++i) {
        const policy::Parameter& one = law.parameters[i];
        if (!one.slice_of.empty()) continue;
        const bool is_set = std::ranges::any_of(one.values, [&](const policy::ParameterValue& value) {
            return region_.starts_with(value.region) && value.from <= day_;
        });
        if (!is_set) {
            // What no condition reads must not change which cases are made: a clock's term, say.
            if (figure_read_[i] || one.type == FactType::money) figures_.push_back(static_cast<int>(i));
        } else if (one.type == FactType::money) {
            for (const auto& value : one.values) add_once(set_fen_, value.value.as_rational().numerator);
        }
    }
}

void CaseMaker::note_facts_of_rules() {
    for (const policy::Category& category : law_.categories) {
        for (const auto& line : category.when) note_names(line.program);
        if (category.unless) note_names(category.unless->program);
        if (category.covers) note_names(category.covers->program);
    }
    for (const policy::Benefit& benefit : law_.benefits) {
        if (benefit.grants.empty()) continue;
        for (const auto& line : benefit.when) note_names(line.program);
        if (benefit.unless) note_names(benefit.unless->program);
        for (const policy::Grant& grant : benefit.grants) {
            note_names(grant.when.program);
            if (grant.amount) note_names(*grant.amount);
            if (grant.share) note_names(*grant.share);
        }
    }
    for (const auto name : {policy::residence_fact, policy::counted_fact}) {
        for (const Subject of : {Subject::household, Subject::person})
            if (const int index = law_.fact_of(of, name); index >= 0) read_[at(index)] = true;
    }
    for (std::size_t i = law_.facts.size(); i-- > 0;)  // derived ones stand after what they read
        if (law_.facts[i].is && read_[i]) note_names(*law_.facts[i].is);
}

// What a condition reads, and the numbers that stand in it.
void CaseMaker::note_names(const expr::Program& program) {
    const policy::LawNames& known = law_.names;
    const auto note = [&](int index) {
        if (index >= 0) read_[at(index)] = true;
    };
    for (const expr::FieldRef ref : program.referenced_fields()) {
        if (ref.field != expr::FieldRef::whole) {
            if (ref.variable == known.person) note(known.fact_of_person_field[ref.field]);
            if (ref.variable == known.application) note(known.fact_of_application_field[ref.field]);
            if (ref.variable == known.param) figure_read_[at(known.parameter_of_field[ref.field])] = true;
            continue;
        }
        note(known.fact_of_variable[ref.variable]);
    }
    for (const expr::MemberField field : program.referenced_members())
        note(known.fact_of_person_field[field.field]);
    for (const expr::Step& step : program.steps()) {
        if (step.kind != expr::StepKind::constant) continue;
        const Value& constant = program.constant(step.constant);
        if (constant.is(TypeKind::integer)) add_once(counts_, constant.as_integer());
        if (constant.is(TypeKind::money)) add_once(written_fen_, constant.as_money().fen());
        if (constant.is(TypeKind::ratio)) {
            const Rational ratio = constant.as_rational();
            const auto same = [&](const Rational& one) {
                return one.numerator == ratio.numerator && one.denominator == ratio.denominator;
            };
            if (std::ranges::none_of(ratios_, same)) ratios_.push_back(ratio);
        }
    }
}

Case CaseMaker::fresh() {
    Case made;
    made.id = "witness";
    made.region = region_;
    made.as_of = day_;
    made.application.authorised_on = day_;
    for (const int parameter : figures_) set_figure(made, parameter);
    const std::size_t members = 1 + below(names.size());
    for (std::size_t i = 0; i < members; ++i) {
        made.members.push_back(member(made));
        made.members.back().name = names[i];
    }
    for (const int index : told_.household) tell(made.household, index, made);
    for (const int index : told_.application) tell(made.application.facts, index, made);
    return made;
}

Case CaseMaker::varied(const Case& from) {
    Case made = from;
    const std::size_t changes = 1 + below(3);
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t whose = below(10);
        if (whose == 0 && !figures_.empty()) {
            set_figure(made, figures_[below(figures_.size())]);
        } else if (whose == 1 && !told_.application.empty()) {
            tell(made.application.facts, told_.application[below(told_.application.size())], made);
        } else if (whose <= 5 && !told_.household.empty()) {
            tell(made.household, told_.household[below(told_.household.size())], made);
        } else if (!told_.person.empty()) {
            CaseMember& one = made.members[below(made.members.size())];
            tell(one.facts, told_.person[below(told_.person.size())], made);
        }
    }
    return made;
}

CaseMember CaseMaker::member(const Case& known) {
    CaseMember made;
    for (const int index : told_.person) tell(made.facts, index, known);
    return made;
}

void CaseMaker::tell(ToldFacts& facts, int index, const Case& known) {
    const policy::FactDefinition& definition = law_.facts[at(index)];
    facts.insert_or_assign(definition.id,
                           ToldFact{.value = value_of(definition, known), .source = "case", .as_of = day_});
}

// By residence each word gets a figure of its own: the rural one is below the urban one.
void CaseMaker::set_figure(Case& made, int parameter) {
    const policy::Parameter& asked = law_.parameters[at(parameter)];
    std::vector<policy::ParameterValue>& values = made.parameters[asked.id];
    values.clear();
    const auto put = [&](Value value, std::string residence) {
        values.push_back({.region = {},
                          .residence = std::move(residence),
                          .from = day_,
                          .to = std::nullopt,
                          .value = std::move(value),
                          .sample = true,
                          .source = "case",
                          .cite = {}});
    };
    switch (asked.type) {
        case FactType::boolean:
            return put(Value::boolean(below(2) == 0), {});
        case FactType::integer:
            return put(Value::integer(plausible_counts[below(plausible_counts.size())]), {});
        case FactType::ratio: {
            return put(Value::ratio(*Rational::make(plausible_tenths[below(plausible_tenths.size())], 10)),
                       {});
        }
        default:
            break;
    }
    std::int64_t fen = plausible_fen[below(plausible_fen.size())];
    const int residence = law_.fact_of(Subject::household, policy::residence_fact);
    if (!asked.by_residence || residence < 0) return put(Value::money(Money::fen(fen)), {});
    for (const policy::FactWord& word : law_.facts[at(residence)].words) {
        put(Value::money(Money::fen(fen)), word.id);
        fen = fen / 10 * 8;
    }
}

std::int64_t CaseMaker::count() {
    const std::int64_t line = counts_.empty() ? 0 : counts_[below(counts_.size())];
    return std::max<std::int64_t>(0, line + static_cast<std::int64_t>(below(3)) - 1);
}

Value CaseMaker::value_of(const policy::FactDefinition& definition, const Case& known) {
    if (definition.may_be_none && below(2) == 0) return Value::none();
    switch (definition.type) {
        case FactType::boolean:
            return Value::boolean(below(2) == 0);
        case FactType::integer:
            return Value::integer(count());
        case FactType::ratio:
            return Value::ratio(*Rational::make(static_cast<std::int64_t>(below(11)), 10));
        case FactType::date:
            return day_of(known);
        case FactType::word:
            return Value::string(definition.words[below(definition.words.size())].id);
        default:
            return money(known);
    }
}

// So long ago as a number that stands in a condition says, or a day beside it; or a birthday of any age.
Value CaseMaker::day_of(const Case& known) {
    const int line = static_cast<int>(std::min(count(), 12 * oldest));  // years, months or days
    const std::size_t what = below(8);
    Date day = known.as_of;
    if (what < 4) day = day.plus_months(-12 * static_cast<int>(std::min<std::int64_t>(line, oldest)));
    if (what == 4) day = day.plus_months(-line);
    if (what == 5) day = day + -line;
    if (what > 5) day = day.plus_months(-12 * static_cast<int>(below(static_cast<std::size_t>(oldest))));
    return Value::date(std::min(day + (static_cast<int>(below(3)) - 1), known.as_of));
}

// At a line, or a fen beside it: a figure, times what stands in conditions, for all members, for a year.
Value CaseMaker::money(const Case& known) {
    std::vector<std::int64_t> figures = set_fen_;
    figures.insert(figures.end(), written_fen_.begin(), written_fen_.end());
    for (const auto& [id, values] : known.parameters)
        for (const policy::ParameterValue& value : values)
            if (value.value.is(TypeKind::money)) figures.push_back(value.value.as_money().fen());
    if (figures.empty() || below(8) == 0) figures.assign(1, plausible_fen[below(plausible_fen.size())]);
    Rational line{figures[below(figures.size())], 1};
    if (!ratios_.empty() && below(2) == 0) line = line.times(ratios_[below(ratios_.size())]).value_or(line);
    const auto members = static_cast<std::int64_t>(std::max<std::size_t>(known.members.size(), 1));
    if (below(2) == 0) line = line.times({members, 1}).value_or(line);
    if (below(4) == 0) line = line.times({12, 1}).value_or(line);
    const std::int64_t fen =
        expr::round(line, expr::Rounding::down) + static_cast<std::int64_t>(below(3)) - 1;
    return Value::money(Money::fen(std::max<std::int64_t>(0, fen)));
}

// --- as a file
// ----------------------------------------------------------------------------------------------------

namespace {

std::string written(const Value& value) {
    if (value.is_none()) return "null";
    if (value.is(TypeKind::boolean)) return value.is_true() ? "true" : "false";
    if (value.is(TypeKind::integer)) return fmt::format("{}", value.as_integer());
    if (value.is(TypeKind::date)) return fmt::format("\"{}\"", value.as_date().iso());
    if (value.is(TypeKind::string)) return fmt::format("\"{}\"", value.as_text());
    return fmt::format("\"{}\"", figure_of(value).text);
}

void add_facts(std::vector<std::string>& lines, const ToldFacts& facts) {
    for (const auto& [id, fact] : facts) lines.push_back(fmt::format("\"{}\": {}", id, written(fact.value)));
}

std::string figures_text(const Case& told) {
    std::vector<std::string> lines;
    for (const auto& [id, values] : told.parameters) {
        std::string text;
        for (const policy::ParameterValue& value : values) {
            const std::string figure = written(value.value);
            text += text.empty() ? "" : ", ";
            text += value.residence.empty() ? figure : fmt::format("\"{}\": {}", value.residence, figure);
        }
        const bool is_split = !values.empty() && !values.front().residence.empty();
        if (is_split) text = fmt::format("{{{}}}", text);
        lines.push_back(fmt::format("\"{}\": {}", id, text));
    }
    return fmt::format("{{{}}}", fmt::join(lines, ", "));
}

}  // namespace

std::string case_text(const Case& told) {
    std::vector<std::string> household, application, members;
    add_facts(household, told.household);
    for (const CaseMember& one : told.members) {
        std::vector<std::string> facts{fmt::format("\"name\": \"{}\"", one.name)};
        add_facts(facts, one.facts);
        members.push_back(fmt::format("{{{}}}", fmt::join(facts, ", ")));
    }
    if (told.application.authorised_on)
        application.push_back(
            fmt::format("\"authorised_on\": \"{}\"", told.application.authorised_on->iso()));
    add_facts(application, told.application.facts);
    return fmt::format(
        "{{\n  \"case\": \"{}\",\n  \"region\": \"{}\",\n  \"as_of\": \"{}\",\n  \"parameters\": {},\n"
        "  \"household\": {{{}}},\n  \"members\": [\n    {}\n  ],\n  \"application\": {{{}}}\n}}\n",
        told.id, told.region, told.as_of.iso(), figures_text(told), fmt::join(household, ", "),
        fmt::join(members, ",\n    "), fmt::join(application, ", "));
}

}  // namespace doudi::determine
