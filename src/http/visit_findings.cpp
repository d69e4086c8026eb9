// SPDX-License-Identifier: Apache-2.0
#include "http/visit_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/repository.h"
#include "determine/words.h"
#include "http/case_desk.h"
#include "http/chain.h"
#include "http/means.h"
#include "http/reach.h"
#include "policy/folder.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using oversight::FactStanding;
using oversight::HouseholdFact;
using oversight::VisitFinding;
using policy::FieldRule;

// Steps at a door and what they found (access/visibility.yaml).
bool is_visit(std::string_view kind) {
    return kind == "visit.done" || kind == "visit.findings";
}

Result<void> visits_of(Call& call, const PlacedHousehold& placed, casework::Desk& desk,
                       const casework::CaseHead& head, const ChainReader& reader,
                       std::vector<VisitTold>& into) {
    const auto pack = desk.law_of(head.pack, head.opened_on);
    const policy::Machine* machine = pack == nullptr ? nullptr : pack->law.procedures.machine(head.machine);
    const auto thing = machine == nullptr ? std::nullopt : thing_named(machine->thing);
    if (!thing || !call.scope(Verb::read, *thing).covers(placed.row())) return {};
    for (auto& event : TRY(casework::repository::select_events(desk.shelf, head))) {
        const policy::Move* move = machine->move(event.move);
        if (move == nullptr || !is_visit(move->event)) continue;
        const access::ChainEvent told{.kind = move->event,
                                      .department = head.department,
                                      .about_protected = false,
                                      .withheld_until = withheld_until(event)};
        if (!reader.sees(placed, told, head.person)) continue;
        into.push_back({pack, head, machine, move, std::move(event)});
    }
    return {};
}

void add_facts(const FieldRule& field, const std::vector<std::string>& values, const VisitFinding& like,
               std::vector<VisitFinding>& into) {
    for (const std::string& value : values) {
        VisitFinding one = like;
        one.fact = field.fact;
        one.value = value;
        if (field.type == FieldRule::Type::people) {
            std::uint32_t person = 0;
            std::from_chars(value.data(), value.data() + value.size(), person);
            one.person = PersonId(person);
            one.value = field.tells;
        }
        into.push_back(std::move(one));
    }
}

// What this reader sees of the facts of one household.
class Shown {
  public:
    Shown(Call& call, const PlacedHousehold& placed, bool may_read_means)
        : row_(placed.row()),
          of_household_(call, Thing::household, call.reveals().value_or(std::vector<access::Reveal>())),
          of_person_(call, Thing::person, call.reveals().value_or(std::vector<access::Reveal>())),
          may_read_means_(may_read_means) {}

    [[nodiscard]] bool is_whole(const HouseholdFact& fact) const {
        const auto field = class_of(*fact.definition);
        if (!field) return true;
        if (*field == FieldClass::means && !may_read_means_) return false;
        auto row = row_;
        row.person = fact.person;
        return of_person_.is_whole(*field, row) || of_household_.is_whole(*field, row);
    }

  private:
    access::ScopedRow row_;
    Shower of_household_;
    Shower of_person_;
    bool may_read_means_;
};

// Where it goes in the case; null: it is about nobody of it, or the case says it itself.
determine::ToldFacts* place_of(const HouseholdFact& fact, const CasePeople& people, determine::Case& told) {
    determine::ToldFacts* facts = &told.household;
    if (fact.person) {
        const auto member = std::ranges::find(people.members, fact.person);
        if (member == people.members.end()) return nullptr;
        facts = &told.members[static_cast<std::size_t>(member - people.members.begin())].facts;
    }
    return facts->contains(fact.definition->id) ? nullptr : facts;
}

determine::ToldFact told_of(const HouseholdFact& fact) {
    const bool counts = fact.standing == FactStanding::counts;
    return {.value = counts ? fact.value : expr::Value::unknown(std::vector<expr::FactId>{}),
            .source = fmt::format("入户走访（第 {} 号办件，{}）", fact.found->of_case, fact.found->unit),
            .as_of = fact.as_of,
            .why_unknown = counts ? "" : "走访发现与其他来源不一致",
            .conflicting = {},
            .paper = determine::Paper::by_case};
}

}  // namespace

Result<std::vector<VisitTold>> visits_told(Call& call, const PlacedHousehold& placed) {
    auto desk = case_desk(call);
    const ChainReader reader(call);
    std::vector<VisitTold> told;
    for (const auto& row : TRY(casework::repository::select_cases_of(desk.shelf, placed.id)))
        TRY_VOID(visits_of(call, placed, desk, row.head, reader, told));
    return told;
}

std::vector<VisitFinding> facts_found(const Call& call, const std::vector<VisitTold>& visits) {
    std::vector<VisitFinding> facts;
    for (const VisitTold& visit : visits) {
        const access::Unit* unit = call.units->find(visit.event.unit);
        const VisitFinding like{.fact = {},
                                .person = std::nullopt,
                                .value = {},
                                .on = visit.event.on,
                                .at = {visit.head.id.value(), unit == nullptr ? std::string() : unit->title}};
        for (const auto& [id, values] : visit.event.fields) {
            const FieldRule* field = visit.pack->law.procedures.field(id);
            if (field != nullptr && !field->fact.empty()) add_facts(*field, values, like, facts);
        }
    }
    return facts;
}

std::optional<FieldClass> class_of(const policy::FactDefinition& fact) {
    if (fact.needs_authorisation || fact.type == policy::FactType::money) return FieldClass::means;
    if (fact.id == policy::birth_fact) return FieldClass::identity_number;
    return fact.sensitive ? std::optional(FieldClass::illness) : std::nullopt;
}

Outcome<void> lay_findings(Call& call, const policy::Policy& policy, const CasePeople& people,
                           determine::Case& told) {
    const auto scope = call.scope(Verb::read, Thing::fact);
    std::string laid;
    for (const PlacedHousehold& placed : people.households) {
        if (!scope.covers(placed.row())) continue;
        const auto findings = facts_found(call, TRY(visits_told(call, placed)));
        if (findings.empty()) continue;
        const auto known = TRY(
            oversight::read_household_facts(call.desk.data, policy, AsOf{told.as_of}, placed.id, findings));
        auto means = papers_let_read_means(call, known.people.members);
        if (!means) return std::unexpected(std::move(means).error());
        const Shown shown(call, placed, *means);
        for (const HouseholdFact& fact : known.facts) {
            const bool is_word =
                fact.standing == FactStanding::counts || fact.standing == FactStanding::conflict;
            if (!fact.found || !is_word || !shown.is_whole(fact)) continue;
            determine::ToldFacts* facts = place_of(fact, people, told);
            if (facts == nullptr) continue;
            const auto& one = facts->emplace(fact.definition->id, told_of(fact)).first->second;
            laid += fmt::format("\n{} {} {} {} {}", fact.person ? fact.person->value() : 0,
                                fact.definition->id, fact.as_of.iso(), fact.found->of_case,
                                determine::value_in_words(one.value, fact.definition).zh);
        }
    }
    if (!laid.empty()) told.hash = policy::fingerprint_of(told.hash + laid);
    return {};
}

}  // namespace doudi::http
