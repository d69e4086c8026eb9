// SPDX-License-Identifier: Apache-2.0
#include "http/request/list_link.h"

#include "http/server/message.h"

namespace doudi::http {

ListLink ListLink::with(std::string_view name, std::string_view value) const {
    if (value.empty()) return *this;
    ListLink more = *this;
    more.text_ += more.text_.find('?') == std::string::npos ? '?' : '&';
    more.text_ += name;
    more.text_ += '=';
    more.text_ += percent_encoded(value);
    return more;
}

boost::json::object counted(std::uint64_t count, const ListLink& list) {
    return {{"count", count}, {"list", list.text()}};
}

}  // namespace doudi::http
