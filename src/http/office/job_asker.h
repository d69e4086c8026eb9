// SPDX-License-Identifier: Apache-2.0
// Whoever asked for a job, as its work acts for them: the account as it stands when the work is done.
#pragma once
#include <string>

#include "http/request/call.h"
#include "jobs/records.h"

namespace doudi::http {

// Its roles may be others by now than when it asked. "account_ended": nothing more is done for it.
[[nodiscard]] Result<access::Session> asker_now(const Services& services, Desk& desk, const jobs::Job& job,
                                                const std::string& from, const std::string& purpose);

}  // namespace doudi::http
