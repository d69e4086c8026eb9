// SPDX-License-Identifier: Apache-2.0
// A file that is the whole body of a request.
#pragma once
#include <string>
#include <string_view>

#include "http/request/call.h"

namespace doudi::http {

// `file` of the query, as who sends it calls it; a name with folders or control characters is a fault.
[[nodiscard]] std::string sent_file_name(QueryFields& query, std::string_view otherwise);
// The body, for what reads files; it goes with its holder. 500 where it cannot be written.
[[nodiscard]] Outcome<FileBody> sent_file(const Call& call, const std::string& ending);

}  // namespace doudi::http
