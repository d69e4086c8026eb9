// SPDX-License-Identifier: Apache-2.0
// Long work that a request asks for.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "http/request/call.h"

namespace doudi::http {

// Written down together with the answer that is remembered, then set going: 202 with the job's id.
[[nodiscard]] Outcome<Response> ask_for(Call& call, std::string kind, const boost::json::object& parameters);

[[nodiscard]] Failure no_such_job();  // 404
// Whose id stands in the path.
[[nodiscard]] Outcome<jobs::Job> job_in_path(Call& call);
// The same, where it is of that kind and the asker asked for it.
[[nodiscard]] Outcome<jobs::Job> own_job(Call& call, std::string_view kind);

}  // namespace doudi::http
