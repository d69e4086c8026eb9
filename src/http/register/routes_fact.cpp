// SPDX-License-Identifier: Apache-2.0
// What the office knows of a household by which the law decides: each fact with who told it, as of which day,
// and whether it still counts; what visits found; and what is missing and how to get it.
#include <algorithm>
#include <functional>
#include <set>

#include "access/authorisations.h"
#include "base/shown_name.h"
#include "determine/determine.h"
#include "determine/facts.h"
#include "determine/words.h"
#include "http/cases/visit_findings.h"
#include "http/register/chain.h"
#include "http/register/fact_routes.h"
#include "http/register/means.h"
#include "http/register/register_rows.h"
#include "oversight/household_facts.h"
#include "registry/field_titles.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Shown;
using access::Thing;
using access::Verb;
using oversight::FactStanding;
using oversight::HouseholdFact;
namespace json = boost::json;

json::value person_json(const std::optional<PersonId>& person) {
    return person ? json::value(std::to_string(person->value())) : json::value(nullptr);
}

// A visit is a source as a dataset is one, told by the office that went there.
json::object source_json(const HouseholdFact& fact) {
    if (fact.found) {
        const std::string& unit = fact.found->unit;
        return {{"dataset", policy::visit_teller},
                {"title", words(Text{"入户走访", "home visit"})},
                {"department", words(Text{unit, unit})}};
    }
    return {{"dataset", fact.source->id},
            {"title", words(fact.source->title)},
            {"department", words(fact.source->department_title)}};
}

json::value visit_json(const HouseholdFact& fact) {
    if (!fact.found) return nullptr;
    return json::object{{"case", std::to_string(fact.found->of_case)}};
}

class FactsPage {
  public:
    FactsPage(Call& call, PlacedHousehold placed, const oversight::HouseholdFacts& known, bool may_read_means)
        : call_(call),
          placed_(std::move(placed)),
          known_(known),
          chain_(call, revealed_of(call)),
          of_household_(call, Thing::household, revealed_of(call)),
          of_person_(call, Thing::person, revealed_of(call)),
          may_read_means_(may_read_means) {}

    // What the register says of the household, each since the day from which it says so.
    Result<json::array> register_fields(const policy::Law& law);
    json::array facts();
    // The classes of what is not shown whole.
    [[nodiscard]] json::array masked() const {
        json::array classes;
        for (const FieldClass field : masked_) classes.emplace_back(access::name_of(field));
        return classes;
    }

  private:
    static std::vector<access::Reveal> revealed_of(const Call& call) {
        return call.reveals().value_or(std::vector<access::Reveal>());
    }
    [[nodiscard]] bool is_whole(FieldClass field, const std::optional<PersonId>& person);
    [[nodiscard]] json::object fact_json(const HouseholdFact& fact);
    [[nodiscard]] bool may_be_said(const HouseholdFact& fact);
    // What the dataset tells is of a class that this reader sees after a reveal, or never.
    [[nodiscard]] Shown source_shown(const HouseholdFact& fact);

    Call& call_;
    PlacedHousehold placed_;
    const oversight::HouseholdFacts& known_;
    ChainReader chain_;
    Shower of_household_;
    Shower of_person_;
    bool may_read_means_;
    std::set<FieldClass> masked_;
};

bool FactsPage::is_whole(FieldClass field, const std::optional<PersonId>& person) {
    auto row = placed_.row();
    row.person = person;
    const bool whole = (field != FieldClass::means || may_read_means_) &&
                       (of_person_.is_whole(field, row) || of_household_.is_whole(field, row));
    if (!whole) masked_.insert(field);
    return whole;
}

Shown FactsPage::source_shown(const HouseholdFact& fact) {
    const auto shown = chain_.shown_told(placed_, fact.source->id, fact.person);
    if (shown == Shown::masked) masked_.insert(*chain_.class_told(fact.source->id));
    return shown;
}

// That an illness was found tells of it as much as its value does.
bool FactsPage::may_be_said(const HouseholdFact& fact) {
    if (!fact.found) return source_shown(fact) == Shown::whole;
    return !fact.definition->sensitive || is_whole(FieldClass::illness, fact.person);
}

json::object FactsPage::fact_json(const HouseholdFact& fact) {
    const auto field = class_of(*fact.definition);
    const bool with_value = !fact.unsigned_by && (!field || is_whole(*field, fact.person));
    json::object body{{"fact", fact.definition->id},
                      {"title", words(fact.definition->title)},
                      {"person", person_json(fact.person)},
                      {"value", nullptr},
                      {"source", source_json(fact)},
                      {"visit", visit_json(fact)},
                      {"file", nullptr},
                      {"row", nullptr},
                      {"as_of", fact.as_of.iso()},
                      {"good_until", day_or_null(fact.good_until)},
                      {"standing", oversight::name_of(fact.standing)},
                      {"why", nullptr},
                      {"unsigned_by", person_json(fact.unsigned_by)}};
    if (with_value) body["value"] = words(determine::value_in_words(fact.value, fact.definition));
    if (fact.unsigned_by) body["why"] = words(access::describe(fact.paper));
    if (!fact.file_name.empty()) {
        body["file"] = shown_file_name(fact.file_name);
        body["row"] = fact.row;
    }
    return body;
}

json::array FactsPage::facts() {
    json::array items;
    for (const HouseholdFact& fact : known_.facts)
        if (may_be_said(fact)) items.push_back(fact_json(fact));
    return items;
}

Result<json::array> FactsPage::register_fields(const policy::Law& law) {
    const auto& household = known_.people.households[0];
    const auto said = TRY(registry::said_of(call_.desk.data, call_.desk.data.current(), household.id));
    json::array fields;
    const auto add = [&](std::string_view field, const auto& member, json::value value) {
        // The first of the rows that say so since then, without a break.
        std::optional<Date> since;
        for (const auto& one : said) {
            if (one.row.*member != household.*member) {
                since.reset();
            } else if (!since) {
                since = one.from;
            }
        }
        fields.push_back(json::object{{"field", field},
                                      {"title", words(registry::field_title(field))},
                                      {"value", std::move(value)},
                                      {"since", day_or_null(since)}});
    };
    const int category = law.category_of(household.category);
    const Text title = category < 0 ? Text{household.category, household.category}
                                    : law.categories[static_cast<std::size_t>(category)].title;
    add("category", &registry::Household::category,
        household.category.empty() ? json::value(nullptr) : json::value(words(title)));
    json::value income = nullptr;
    if (household.income_per_head_month && is_whole(FieldClass::means, std::nullopt)) {
        const std::string yuan = household.income_per_head_month->yuan_text();
        income = words(Text{yuan + " 元", yuan + " yuan"});
    }
    add("income_per_head_month", &registry::Household::income_per_head_month, std::move(income));
    return fields;
}

// --- what visits found

// What one event was told that people wrote as texts.
json::array told_texts(const casework::CaseEvent& event, const policy::Procedures& procedures) {
    using Type = policy::FieldRule::Type;
    json::array told;
    for (const auto& [id, values] : event.fields) {
        const policy::FieldRule* field = procedures.field(id);
        if (field == nullptr || (field->type != Type::text && field->type != Type::texts)) continue;
        json::array texts;
        for (const std::string& value : values) texts.emplace_back(value);
        told.push_back(json::object{{"title", words(field->title)}, {"texts", std::move(texts)}});
    }
    return told;
}

json::object finding_json(const Call& call, const VisitTold& visit, json::array texts) {
    const access::Unit* unit = call.units->find(visit.event.unit);
    return {{"case", std::to_string(visit.head.id.value())},
            {"title", words(visit.machine->title)},
            {"move", words(visit.move->title)},
            {"on", visit.event.on.iso()},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"told", std::move(texts)}};
}

// The newest first.
json::array findings_json(const Call& call, const std::vector<VisitTold>& visits) {
    json::array found;
    for (const VisitTold& visit : visits) {
        json::array texts = told_texts(visit.event, visit.pack->law.procedures);
        if (!texts.empty()) found.push_back(finding_json(call, visit, std::move(texts)));
    }
    std::ranges::sort(found, std::greater{}, [](const json::value& one) {
        const json::object& told = one.get_object();
        return std::pair(std::string_view(told.at("on").get_string()),
                         std::string_view(told.at("case").get_string()));
    });
    return found;
}

// --- what is missing

std::string_view kind_of(const determine::FactKey& key) {
    using Kind = determine::FactKey::Kind;
    if (key.kind == Kind::parameter) return "figure";
    if (key.kind == Kind::open_rule) return "rule";
    return key.id == determine::authorised_on ? "paper" : "fact";
}

// Why it does not count: what was told is too old, disputed or without a paper; never_told: nobody said
// anything.
std::string_view why_missing(const oversight::HouseholdFacts& known, const determine::FactKey& key,
                             const std::optional<PersonId>& person) {
    const auto about = [&](const HouseholdFact& fact) {
        return fact.definition->id == key.id && fact.person == person &&
               fact.standing != FactStanding::superseded && fact.standing != FactStanding::beside;
    };
    const auto told = std::ranges::find_if(known.facts, about);
    return told == known.facts.end() ? "never_told" : oversight::name_of(told->standing);
}

// The smallest sets of facts that would settle the categories, whatever they turn out to be; the cheapest
// first.
json::array missing_json(const policy::Law& law, const oversight::HouseholdFacts& known) {
    const auto answer = determine::determine(law, known.told, {});
    json::array missing;
    for (const determine::FactKey& key : answer.missing) {
        std::optional<PersonId> person;
        if (key.member >= 0) person = known.people.members[static_cast<std::size_t>(key.member)].id;
        missing.push_back(json::object{{"kind", kind_of(key)},
                                       {"fact", key.id},
                                       {"title", words(determine::bare_title(law, key))},
                                       {"person", person_json(person)},
                                       {"why", why_missing(known, key, person)},
                                       {"how", words(determine::how_to_get(law, key))}});
    }
    return missing;
}

// --- the answer

Outcome<Date> day_asked(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const Date day = query->date("day").value_or(call.today());
    if (day > call.today()) query->fault("day", "in_future", {"不能晚于今天", "is a day to come"});
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return day;
}

Outcome<Response> household_facts(Call& call) {
    auto day = day_asked(call);
    if (!day) return std::unexpected(std::move(day).error());
    auto placed = household_in_reach(call, Verb::read, Thing::fact);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto visits = TRY(visits_told(call, *placed));
    const auto known = TRY(oversight::read_household_facts(call.desk.data, **law, AsOf{*day}, placed->id,
                                                           facts_found(call, visits)));
    auto means = papers_let_read_means(call, known.people.members);
    if (!means) return std::unexpected(std::move(means).error());
    FactsPage page(call, *placed, known, *means);
    json::array said = TRY(page.register_fields((*law)->pack.law));
    json::array items = page.facts();
    json::array findings = findings_json(call, visits);
    auto& look = call.looked("household.facts");
    look.households.push_back(placed->id);
    for (const auto& member : known.people.members) look.persons.push_back(member.id);
    return json_answer(json::object{{"household", placed->code},
                                    {"day", day->iso()},
                                    {"pack", (*law)->pack.id},
                                    {"pack_title", words((*law)->pack.title)},
                                    {"masked", page.masked()},
                                    {"register", std::move(said)},
                                    {"facts", std::move(items)},
                                    {"findings", std::move(findings)},
                                    {"missing", missing_json((*law)->pack.law, known)}});
}

}  // namespace

std::vector<Route> fact_routes() {
    return {{.method = "GET",
             .path = "/api/v1/households/{code}/facts",
             .operation = "getHouseholdFacts",
             .handler = household_facts,
             .thing = Thing::fact}};
}

}  // namespace doudi::http
