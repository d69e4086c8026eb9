// SPDX-License-Identifier: Apache-2.0
// Values of moves as people write them and as cases keep them: an office by its code, a colleague by the name
// with which they sign in; kept by their numbers, which never change.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/records.h"
#include "http/register/people_names.h"
#include "http/request/call.h"
#include "policy/procedures.h"

namespace doudi::http {

// What is not there is a fault of its field; so is a person who is no member of the household that the case
// is about. By the law of the case, not of today: a field may have meant something else when it was opened.
[[nodiscard]] Outcome<void> keep_by_number(Call& call, const policy::Procedures& procedures,
                                           std::optional<HouseholdId> household, casework::Fields& told,
                                           BodyFields& faults);

class CaseValues {
  public:
    explicit CaseValues(Call& call) : call_(call), people_(call) {}
    [[nodiscard]] std::vector<std::string> of(const policy::FieldRule* field,
                                              const std::vector<std::string>& kept);
    [[nodiscard]] PeopleNames& people() { return people_; }
    // Those whom the values of fields named so far: login to what people call them.
    [[nodiscard]] const std::map<std::string, std::string>& named() const { return named_; }

  private:
    Call& call_;
    PeopleNames people_;
    std::map<std::string, std::string> named_;
};

}  // namespace doudi::http
