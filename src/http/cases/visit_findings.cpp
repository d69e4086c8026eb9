// SPDX-License-Identifier: Apache-2.0
#include "http/cases/visit_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/repository.h"
#include "http/cases/case_desk.h"
#include "http/register/chain.h"
#include "http/register/reach.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Verb;
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

}  // namespace doudi::http
