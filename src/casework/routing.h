// SPDX-License-Identifier: Apache-2.0
// To which department a hardship goes: by what was chosen (the intentions of job seekers, CS-3.2.4b), else to
// the one that answers for the benefit (CS-2.4d, CQ-20c). The pack says it; where it is silent, an officer
// does.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "casework/records.h"
#include "policy/law.h"

namespace doudi::casework {

struct Routing {
    std::string department;
    std::vector<std::string> others;  // that share the duty
    Text action;                      // what is done there
    policy::Citation cite;
};

// `told` goes before what the case was told earlier. None: the pack does not say.
[[nodiscard]] std::optional<Routing> route_of(const policy::Law& law, const Fields& told,
                                              const Fields& earlier);

}  // namespace doudi::casework
