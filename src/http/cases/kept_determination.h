// SPDX-License-Identifier: Apache-2.0
// A determination as it is kept beside the event that tells what was found, and given again from there: on
// the same facts, under the same papers, by the law as it was known then. Nobody needs the file of its day.
#pragma once
#include <boost/json.hpp>
#include <string>

#include "casework/payments/paid.h"
#include "determine/review.h"
#include "http/cases/determination.h"

namespace doudi::http {

// What a determination is held against, that what it finds follows: what is applied for, or what is paid.
struct HeldAgainst {
    bool is_applied = false;
    std::string track;  // the category as which the case is handled; empty: not settled
    casework::PaidCase paid;
};
[[nodiscard]] determine::ReviewAnswer finding_of(const policy::Law& law, const determine::Case& told,
                                                 const determine::Determination& answer,
                                                 const HeldAgainst& against);
[[nodiscard]] boost::json::object finding_json(const determine::ReviewAnswer& answer,
                                               const casework::PaidCase& paid);

// With what it is given again: the case as it was told, which papers let which facts in, the number of the
// last enactment that was known, and the answer.
[[nodiscard]] std::string kept_determination(const Determined& determined, const HeldAgainst& against,
                                             const determine::ReviewAnswer& found);

// {equal, law, recorded, replayed, why, differences, left_off}: `equal` is null and `why` says it where it
// cannot be given again (the law of then is no longer there, or no longer reads the case).
// "determination_damaged" where what is kept is none.
[[nodiscard]] Result<boost::json::object> replay_kept(Call& call, const std::string& kept);

}  // namespace doudi::http
