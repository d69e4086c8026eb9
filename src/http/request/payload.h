// SPDX-License-Identifier: Apache-2.0
// JSON that this program wrote itself and reads again: parameters of jobs, payloads of proposals.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace doudi::http {

// A text that is always written there.
[[nodiscard]] inline std::string text_of(const boost::json::object& object, std::string_view name) {
    return std::string(object.at({name.data(), name.size()}).as_string());
}
// One that may have been left out; empty: it was, or is no text.
[[nodiscard]] inline std::string text_if_there(const boost::json::object& object, std::string_view name) {
    const boost::json::value* found = object.if_contains({name.data(), name.size()});
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace doudi::http
