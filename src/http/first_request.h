// SPDX-License-Identifier: Apache-2.0
// A first request that a body names for the case which is opened of it.
#pragma once
#include <optional>

#include "casework/first_requests.h"
#include "http/call.h"

namespace doudi::http {

// `first_request` of an opening; one that is out of reach, or was settled, is a fault of its field.
[[nodiscard]] Outcome<std::optional<casework::FirstRequestId>> first_request_told(Call& call,
                                                                                  BodyFields& fields);
// 409.
[[nodiscard]] Failure first_request_settled();
// Within the transaction that opened the case. 409 "first_request_settled".
[[nodiscard]] Outcome<void> settle_first_request(Call& call, casework::Desk& desk,
                                                 casework::FirstRequestId id, casework::CaseId opened);

}  // namespace doudi::http
