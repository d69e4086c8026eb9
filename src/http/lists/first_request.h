// SPDX-License-Identifier: Apache-2.0
// First requests as answers show them, and one that a body names for the case which is opened of it.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string_view>

#include "casework/returned/first_requests.h"
#include "http/register/register_shown.h"
#include "http/request/call.h"

namespace doudi::http {

// Of an office that reads applications of the place where they live.
[[nodiscard]] bool reaches_first_request(const Call& call, const casework::FirstRequest& request);
// What they told, as its reader may see it; null: nothing, or not for this reader.
[[nodiscard]] boost::json::value told_of_first(const Shower& shower, access::FieldClass of,
                                               const casework::FirstRequest& request, std::string_view field);

// `first_request` of an opening; one that is out of reach, or was settled, is a fault of its field.
[[nodiscard]] Outcome<std::optional<casework::FirstRequestId>> first_request_told(Call& call,
                                                                                  BodyFields& fields);
// 409.
[[nodiscard]] Failure first_request_settled();

}  // namespace doudi::http
