// SPDX-License-Identifier: Apache-2.0
#include "http/cases/determination.h"

#include "determine/case_reader.h"
#include "determine/explain.h"
#include "determine/veil.h"
#include "http/cases/placed_case.h"

namespace doudi::http {

namespace json = boost::json;

namespace {

Failure faulty_case(const PlacedCase& placed, const std::vector<Error>& faults) {
    FieldFaults fields;
    for (const Error& fault : faults) fields.add("body", placed.pointer_to(fault), fault.code, fault.text);
    return fields.failure();
}

// The day of the question decides which version answers; it is the case that says the day.
std::optional<Date> day_told(const json::object& told) {
    const auto* written = told.if_contains("as_of");
    if (written == nullptr || !written->is_string()) return std::nullopt;
    return Date::parse_iso(std::string(written->get_string()));
}

template <class Classes>
json::array class_names(const Classes& classes) {
    json::array names;
    for (const access::FieldClass field : classes) names.emplace_back(access::name_of(field));
    return names;
}

std::set<access::FieldClass> hidden_classes(const KnownFacts& known) {
    std::set<access::FieldClass> classes;
    for (const KnownFact& one : known.facts)
        if (one.hidden) classes.insert(*one.hidden);
    return classes;
}

}  // namespace

Judged judge(const ruledesk::LawInForce& law, const KnownFacts& known, const determine::Case& told) {
    const policy::Law& rules = law.policy.pack.law;
    const auto stamp = determine::stamp_of(law.policy, law.figures_hash, law.known);
    Judged judged{.whole = determine::determine(rules, told, stamp),
                  .veiled = std::nullopt,
                  .veiled_reasons = std::nullopt};
    if (!known.hides()) return judged;
    const determine::Case unseen = without_hidden(known, told);
    const auto blind = determine::determine(rules, unseen, stamp);
    const auto hidden = known.hidden_keys();
    const determine::Veil veil{rules, judged.whole, blind, hidden};
    judged.veiled = determine::veiled(veil);
    judged.veiled_reasons = determine::veiled_reasons(veil);
    return judged;
}

Outcome<std::unique_ptr<Determined>> determine_told(Call& call, const DeterminationAsked& asked) {
    const PlacedCase placed(asked.told, asked.at);
    auto law =
        ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                               {.day = day_told(asked.told), .known = asked.known, .pack = asked.pack});
    if (!law) return std::unexpected(faulty_law(law.error()));
    auto all = std::make_unique<Determined>();
    all->law = std::move(*law);
    const policy::Law& rules = all->law.policy.pack.law;
    auto told = determine::read_case(placed.text(), "case", rules);
    if (!told) return std::unexpected(faulty_case(placed, told.error()));
    all->text = placed.text();
    all->told = std::move(*told);
    FieldFaults faults;
    auto people = case_people(call, asked.on_register, all->told, faults);
    if (!people) return std::unexpected(std::move(people).error());
    if (!faults.empty()) return std::unexpected(faults.failure());
    all->people = std::move(*people);
    auto known = known_beside(call, all->law.policy, all->people, all->told);
    if (!known) return std::unexpected(std::move(known).error());
    all->known = std::move(*known);
    lay_known(all->known, all->told);
    auto papers = lay_papers(call, rules, all->people, all->told);
    if (!papers) return std::unexpected(std::move(papers).error());
    all->papers = std::move(*papers);
    all->answer = judge(all->law, all->known, all->told);
    auto& look = call.looked("determination");
    if (all->known.hides()) look.verb = access::Verb::determine;
    for (const auto& household : all->people.households) look.households.push_back(household.id);
    look.persons = all->people.everyone;
    return all;
}

json::value determination_json(const Determined& determined) {
    const policy::Pack& pack = determined.law.policy.pack;
    json::value explained = json::parse(
        determine::explanation_json({pack.law, determined.told, determined.answer.shown(), pack.title}));
    json::object& all = explained.as_object();
    all["papers"] = determined.papers;
    all["masked"] = class_names(hidden_classes(determined.known));
    all["withheld"] = class_names(determined.known.withheld);
    return explained;
}

}  // namespace doudi::http
