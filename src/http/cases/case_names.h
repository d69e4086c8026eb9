// SPDX-License-Identifier: Apache-2.0
// Names of those whom listed cases are about, as far as the right by which the reader reads such cases shows
// them (access/roles.yaml). One case tells more: case_subject.h.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <set>
#include <span>
#include <string>

#include "casework/lists/lists_repository.h"
#include "http/request/call.h"

namespace doudi::http {

class CaseNames {
  public:
    // Of all cases of a page at once; `law` says by which right each is read.
    [[nodiscard]] static Result<CaseNames> of(Call& call, const policy::Law& law,
                                              std::span<const casework::repository::ListedCase> cases);
    // The person's name, or that of the head of the household; null: of nobody, or not shown.
    [[nodiscard]] boost::json::value name(const casework::repository::ListedCase& one) const;
    // Of the household on the register; null: of none.
    [[nodiscard]] boost::json::value category(const casework::repository::ListedCase& one) const;

  private:
    CaseNames(Call& call, const policy::Law& law) : call_(&call), law_(&law) {}
    [[nodiscard]] Result<void> read(std::span<const casework::repository::ListedCase> cases);
    [[nodiscard]] Result<void> read_assigned(std::span<const HouseholdId> households);
    [[nodiscard]] access::ScopedRow row_of(const casework::CaseHead& head) const;

    Call* call_;
    const policy::Law* law_;
    struct Household {
        std::string head;
        std::string category;
    };
    std::map<HouseholdId, Household> households_;
    std::map<PersonId, std::string> persons_;
    std::set<HouseholdId> assigned_;
};

}  // namespace doudi::http
