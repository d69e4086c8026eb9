// SPDX-License-Identifier: Apache-2.0
// A number with the list that it opens, cut by the same filters.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace doudi::http {

// "/api/v1/cases?machine=warning&due=overdue": what is empty is left out.
class ListLink {
  public:
    explicit ListLink(std::string_view path) : text_(path) {}
    [[nodiscard]] ListLink with(std::string_view name, std::string_view value) const;
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

// {"count": …, "list": …}
[[nodiscard]] boost::json::object counted(std::uint64_t count, const ListLink& list);

}  // namespace doudi::http
