// SPDX-License-Identifier: Apache-2.0
// What the office knows of the people of a case and the case does not say itself. Whoever asks says what they
// are shown, or corrects it; what visits found goes in beside it, and so does what they are not shown, where
// access/roles.yaml lets them have it judged (`determine`, decision 0092).
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/roles.h"
#include "determine/records.h"
#include "http/cases/case_papers.h"
#include "http/request/call.h"
#include "policy/pack.h"

namespace doudi::http {

struct KnownFact {
    std::optional<std::size_t> member;  // its place in the case; none: of the household
    std::string id;
    determine::ToldFact told;
    std::optional<access::FieldClass> hidden;  // of which class it is, that whoever asks is not shown
};

struct KnownFacts {
    std::vector<KnownFact> facts;
    std::string salt;  // of the case's hash, where something is hidden: it cannot be found by trying
    std::set<access::FieldClass> withheld;  // of what is known, is not shown, and may not be judged by

    [[nodiscard]] bool hides() const { return !salt.empty(); }
    [[nodiscard]] std::vector<determine::FactKey> hidden_keys() const;
};

// Means by the paper that lets each of them in, as everywhere; they are shown by everybody's of today alone.
// A case with figures of its own is judged by nothing hidden: who may move the line could feel for what is
// behind it.
[[nodiscard]] Outcome<KnownFacts> known_beside(Call& call, const policy::Policy& policy,
                                               const CasePeople& people, const determine::Case& told);

// Into the case, whose hash covers it.
void lay_known(const KnownFacts& known, determine::Case& told);
// The case as whoever asks could have told it.
[[nodiscard]] determine::Case without_hidden(const KnownFacts& known, const determine::Case& told);

// As it is kept beside a determination, and read from there; "determination_damaged".
[[nodiscard]] boost::json::object kept_known(const KnownFacts& known);
[[nodiscard]] Result<KnownFacts> read_known(const boost::json::object& kept, const policy::Law& law);

}  // namespace doudi::http
