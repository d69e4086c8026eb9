// SPDX-License-Identifier: Apache-2.0
// Whom a case is about, as far as the right by which its reader reads it shows them (access/roles.yaml): a
// department sees the name on what was referred to it, a provider also where to go and whom to ring.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "casework/lists_repository.h"
#include "casework/verbs.h"
#include "http/call.h"
#include "http/reach.h"
#include "registry/records.h"

namespace doudi::http {

class CaseAbout {
  public:
    // Of all cases of a page at once; `law` says by which right each is read.
    [[nodiscard]] static Result<CaseAbout> of(Call& call, const policy::Law& law,
                                              std::span<const casework::repository::ListedCase> cases);
    // Of one case, also whom of the household to ring.
    [[nodiscard]] static Result<CaseAbout> of_one(Call& call, const policy::Law& law,
                                                  const casework::repository::ListedCase& one);
    // The person's name, or that of the head of the household; null: of nobody, or not shown.
    [[nodiscard]] boost::json::value name(const casework::repository::ListedCase& one) const;
    // Name, number, phone and address; of one case (of_one). Null: of nobody.
    [[nodiscard]] boost::json::value whole(const casework::repository::ListedCase& one) const;

  private:
    CaseAbout(Call& call, const policy::Law& law) : call_(&call), law_(&law) {}
    [[nodiscard]] Result<void> read(std::span<const casework::repository::ListedCase> cases);
    [[nodiscard]] Result<void> read_assigned(std::span<const HouseholdId> households);
    [[nodiscard]] const registry::Household* household_of(const casework::repository::ListedCase& one) const;
    [[nodiscard]] const registry::Member* person_of(const casework::repository::ListedCase& one) const;
    [[nodiscard]] std::optional<Shower> shower_of(const casework::repository::ListedCase& one) const;
    [[nodiscard]] access::ScopedRow row_of(const casework::repository::ListedCase& one) const;
    [[nodiscard]] bool is_guarded(const casework::repository::ListedCase& one) const;

    Call* call_;
    const policy::Law* law_;
    std::map<HouseholdId, registry::Household> households_;
    std::map<PersonId, registry::Member> persons_;
    std::optional<registry::Member> head_;  // of the household of a single case
    std::set<HouseholdId> assigned_;
    Protected guarded_;
};

// A case whole (case_json.h) with whom it is about.
[[nodiscard]] Result<boost::json::object> case_about_json(Call& call, const casework::CaseView& view,
                                                          const casework::repository::ListedCase& found);

}  // namespace doudi::http
