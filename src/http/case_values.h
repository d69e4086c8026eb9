// SPDX-License-Identifier: Apache-2.0
// Values of moves as people write them and as cases keep them: an office by its code, a colleague by the name
// with which they sign in; kept by their numbers, which never change.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/records.h"
#include "http/call.h"
#include "policy/procedures.h"

namespace doudi::http {

// What is not there is a fault of its field; so is a person who is no member of the household that the case
// is about. By the law of the case, not of today: a field may have meant something else when it was opened.
[[nodiscard]] Outcome<void> keep_by_number(Call& call, const policy::Procedures& procedures,
                                           std::optional<HouseholdId> household, casework::Fields& told,
                                           BodyFields& faults);

class CaseValues {
  public:
    explicit CaseValues(Call& call) : call_(call) {}
    [[nodiscard]] std::vector<std::string> of(const policy::FieldRule* field,
                                              const std::vector<std::string>& kept);
    // Empty: the program, or an account that is gone.
    [[nodiscard]] std::string user(access::UserId id);
    // As people know them; the name with which they sign in where nobody told another.
    [[nodiscard]] std::string person_name(access::UserId id);

  private:
    struct Names {
        std::string user;
        std::string person;
    };
    const Names& names(access::UserId id);

    Call& call_;
    std::map<access::UserId, Names> users_;
};

}  // namespace doudi::http
