// SPDX-License-Identifier: Apache-2.0
// Answers made smaller on their way (gzip), where the one who asks takes it. Never those of routes that hold
// what opens a door (Route::secret), problems, files and streams.
#pragma once
#include <string>
#include <string_view>

#include "http/request/route.h"
#include "http/server/message.h"

namespace doudi::http {

// Whether it may leave packed at all: then its Vary says so, whoever asks.
[[nodiscard]] bool may_be_packed(const Response& response, const Route& route);
[[nodiscard]] std::string gzip(std::string_view bytes);
// The tag of the same content packed; a change may name either.
[[nodiscard]] std::string packed_tag(std::string_view tag);

}  // namespace doudi::http
