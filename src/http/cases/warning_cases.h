// SPDX-License-Identifier: Apache-2.0
// Which case answers a warning, how far it is and where it stands: as rows of warnings tell it, and as a
// filter. A case is told as far as its reader reaches it; one that was not handed down yet is nobody's below.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/lists/lists_repository.h"
#include "http/cases/answered_warnings.h"
#include "http/request/call.h"

namespace doudi::http {

// By the warning's number.
using CasesOfWarnings = std::map<std::uint32_t, casework::repository::ListedCase>;
[[nodiscard]] Result<CasesOfWarnings> answering_cases(Call& call, const std::vector<ListedWarning>& rows);

class AnsweringCases {
  public:
    // Both must outlive it.
    AnsweringCases(const Call& call, const policy::Pack& pack, CasesOfWarnings cases)
        : call_(call), pack_(pack), cases_(std::move(cases)) {}
    // Null: no case in reach.
    [[nodiscard]] boost::json::value to_json(std::uint32_t warning) const;
    // Number, state in the asker's language, office, due day; each empty where there is none.
    [[nodiscard]] std::vector<std::string> cells(std::uint32_t warning) const;

  private:
    const Call& call_;
    const policy::Pack& pack_;
    CasesOfWarnings cases_;
};

// `case_state` of a query: a state of the machine of warnings, or `none`; `officer` and `untaken`: with whom
// the case is. Nothing: it asks for none of them. 403: colleagues are told of by the offices alone.
[[nodiscard]] Outcome<std::optional<AnsweredBy>> answer_asked(Call& call, const policy::Law& law,
                                                              QueryFields& query);

}  // namespace doudi::http
