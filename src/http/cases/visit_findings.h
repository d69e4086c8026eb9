// SPDX-License-Identifier: Apache-2.0
// What visits found at a household's door, from the cases that its reader may read: as it was written, and as
// facts of the law beside those that departments tell.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "access/masking.h"
#include "casework/records.h"
#include "http/register/repository.h"
#include "http/request/call.h"
#include "oversight/household_facts.h"
#include "policy/pack.h"

namespace doudi::http {

// One step at the door.
struct VisitTold {
    std::shared_ptr<const policy::Pack> pack;  // by which the case is handled; keeps what stands below
    casework::CaseHead head;
    const policy::Machine* machine = nullptr;
    const policy::Move* move = nullptr;
    casework::CaseEvent event;
};

// Of every case of the household, as far as the reader may read it and see its events.
[[nodiscard]] Result<std::vector<VisitTold>> visits_told(Call& call, const PlacedHousehold& placed);
// The facts that they told (packs, procedures: fields with `fact`).
[[nodiscard]] std::vector<oversight::VisitFinding> facts_found(const Call& call,
                                                               const std::vector<VisitTold>& visits);

// Of which class of fields a fact is, beside what its dataset tells (access/visibility.yaml). The pack marks
// what is of somebody's health; a birthday stands in the identity number.
[[nodiscard]] std::optional<access::FieldClass> class_of(const policy::FactDefinition& fact);

}  // namespace doudi::http
