// SPDX-License-Identifier: Apache-2.0
// One case tried by the office's law of its day: read from a body, under the papers by which its facts enter.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "determine/determine.h"
#include "http/call.h"
#include "http/case_papers.h"
#include "ruledesk/law_in_force.h"

namespace doudi::http {

struct DeterminationAsked {
    const boost::json::object& told;                    // the case (docs/formats/case.md)
    std::string at;                                     // where it stands in the body, "/case"
    const boost::json::value* on_register = nullptr;    // who of it is on the register
    std::string pack;                                   // empty: the office's
    std::optional<std::uint64_t> known = std::nullopt;  // the last enactment that counts
};

// The answer points into the law and the case beside it.
struct Determined {
    ruledesk::LawInForce law;
    std::string text;  // the case as it was read
    determine::Case told;
    CasePeople people;
    boost::json::object papers;
    determine::Determination answer;
};

// Faults of the case name their place in the body. The log tells whose facts were tried.
[[nodiscard]] Outcome<std::unique_ptr<Determined>> determine_told(Call& call,
                                                                  const DeterminationAsked& asked);
// As `doudi determine` gives it, with the papers.
[[nodiscard]] boost::json::value determination_json(const Determined& determined);

}  // namespace doudi::http
