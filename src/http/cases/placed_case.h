// SPDX-License-Identifier: Apache-2.0
// A case of a request's body as the reader of cases takes it: each value on a line of its own, so that the
// line which a fault names tells the field (a JSON pointer, RFC 6901).
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doudi::http {

class PlacedCase {
  public:
    // `at`: where it stands in the body, "/case".
    PlacedCase(const boost::json::value& told, std::string at) : at_(std::move(at)) { write(told, at_); }
    [[nodiscard]] const std::string& text() const { return text_; }
    // Of a fault at "name:line:column"; of one without a line the case itself. What is missing is told at its
    // own place, as everywhere, though nothing stands there.
    [[nodiscard]] std::string pointer_to(const Error& fault) const;

  private:
    void write(const boost::json::value& value, const std::string& at);
    void end_line(std::string_view at_of_next);

    std::string at_;
    std::string text_;
    std::vector<std::string> pointers_;  // of each line
};

}  // namespace doudi::http
