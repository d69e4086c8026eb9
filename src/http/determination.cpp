// SPDX-License-Identifier: Apache-2.0
#include "http/determination.h"

#include "determine/case_reader.h"
#include "determine/explain.h"
#include "http/placed_case.h"
#include "http/visit_findings.h"

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

}  // namespace

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
    if (auto laid = lay_findings(call, all->law.policy, all->people, all->told); !laid)
        return std::unexpected(std::move(laid).error());
    auto papers = lay_papers(call, rules, all->people, all->told);
    if (!papers) return std::unexpected(std::move(papers).error());
    all->papers = std::move(*papers);
    all->answer = determine::determine(
        rules, all->told, determine::stamp_of(all->law.policy, all->law.figures_hash, all->law.known));
    auto& look = call.looked("determination");
    for (const auto& household : all->people.households) look.households.push_back(household.id);
    look.persons = all->people.everyone;
    return all;
}

json::value determination_json(const Determined& determined) {
    const policy::Pack& pack = determined.law.policy.pack;
    json::value explained =
        json::parse(determine::explanation_json({pack.law, determined.told, determined.answer, pack.title}));
    explained.as_object()["papers"] = determined.papers;
    return explained;
}

}  // namespace doudi::http
