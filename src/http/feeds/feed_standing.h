// SPDX-License-Identifier: Apache-2.0
// How a dataset stands today: what came last, by when the next is due, and whether it is late. Late is what
// is older than the dataset's own freshness (datasets/*.yaml, max_age_days): its facts are unknown from then
// on.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "http/request/call.h"
#include "match/repository.h"

namespace doudi::http {

struct FeedStanding {
    const policy::Dataset* dataset = nullptr;
    std::optional<match::LatestArrival> last;
    std::optional<Date> due_by;  // none: nothing came yet, or the dataset states no freshness
    std::string_view state;      // fresh | late | never | no_term
    // Its reader is told of files by their form: how many rows matched says of a file of one row who is on
    // the register.
    bool is_form_only = false;
};

// Of every dataset of the law's catalogue that a session may see: of its own department alone, where it has
// one.
[[nodiscard]] Outcome<std::vector<FeedStanding>> feeds_standing(Call& call, const policy::Policy& law);
[[nodiscard]] boost::json::object feed_json(const FeedStanding& feed);

}  // namespace doudi::http
