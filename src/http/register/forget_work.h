// SPDX-License-Identifier: Apache-2.0
// People who are forgotten because one person proposed it and another approved it: checked when it is
// proposed and when it is carried out, then done by the board, in the lane of what publishes.
#pragma once
#include "access/proposals.h"
#include "http/office/work.h"
#include "http/register/proposal_payload.h"
#include "http/request/call.h"

namespace doudi::http {

// Whether it could be done now (forget.h: to_forget); the error is the answer.
[[nodiscard]] Outcome<void> check_forgetting(Call& call, const ForgetPayload& payload);
// The proposal is used up together with writing down the job: 202.
[[nodiscard]] Outcome<Response> forget_as_approved(Call& call, const access::Proposal& proposal,
                                                   const ForgetPayload& payload);
[[nodiscard]] jobs::Kind forget_kind(WorkPlace& place);

}  // namespace doudi::http
