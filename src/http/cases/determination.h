// SPDX-License-Identifier: Apache-2.0
// One case tried by the office's law of its day: read from a body, under the papers by which its facts enter.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "determine/determine.h"
#include "http/cases/case_papers.h"
#include "http/register/known_facts.h"
#include "http/request/call.h"
#include "ruledesk/law_in_force.h"

namespace doudi::http {

struct DeterminationAsked {
    const boost::json::object& told;                    // the case (docs/formats/case.md)
    std::string at;                                     // where it stands in the body, "/case"
    const boost::json::value* on_register = nullptr;    // who of it is on the register
    std::string pack;                                   // empty: the office's
    std::optional<std::uint64_t> known = std::nullopt;  // the last enactment that counts
};

// An answer by all that is known, and, where a part of that is not shown to whoever asked, what they are
// shown of it. It points into the law.
struct Judged {
    determine::Determination whole;
    std::optional<determine::Determination> veiled;          // for them to see
    std::optional<determine::Determination> veiled_reasons;  // for a case to be told of

    [[nodiscard]] const determine::Determination& shown() const { return veiled ? *veiled : whole; }
    [[nodiscard]] const determine::Determination& told() const {
        return veiled_reasons ? *veiled_reasons : whole;
    }
};
// `told`: with what is known laid in.
[[nodiscard]] Judged judge(const ruledesk::LawInForce& law, const KnownFacts& known,
                           const determine::Case& told);

// The answer points into the law and the case beside it.
struct Determined {
    ruledesk::LawInForce law;
    std::string text;  // the case as it was read
    determine::Case told;
    CasePeople people;
    KnownFacts known;
    boost::json::object papers;
    Judged answer;
};

// Faults of the case name their place in the body. The log tells whose facts were tried.
[[nodiscard]] Outcome<std::unique_ptr<Determined>> determine_told(Call& call,
                                                                  const DeterminationAsked& asked);
// As `doudi determine` gives it, with the papers, and which classes of fields it judged by and does not show
// (`masked`) or had to leave out (`withheld`).
[[nodiscard]] boost::json::value determination_json(const Determined& determined);

}  // namespace doudi::http
