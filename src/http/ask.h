// SPDX-License-Identifier: Apache-2.0
// Long work that a request asks for.
#pragma once
#include <boost/json.hpp>
#include <string>

#include "http/call.h"

namespace doudi::http {

// Written down together with the answer that is remembered, then set going: 202 with the job's id.
[[nodiscard]] Outcome<Response> ask_for(Call& call, std::string kind, const boost::json::object& parameters);

}  // namespace doudi::http
