// SPDX-License-Identifier: Apache-2.0
// What the routes about the register's upkeep share: values of a household's or member's fields as a session
// sees them, numbers of cases and proposals.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/register/reach.h"

namespace doudi::http {

// A case's or proposal's number, above 0; none: the text is no such number.
[[nodiscard]] std::optional<std::uint64_t> case_number(const std::string& text);
[[nodiscard]] boost::json::value number_or_null(std::uint64_t number);
[[nodiscard]] boost::json::array text_array(const std::vector<std::string>& all);

// Values of a household's or member's fields as this session sees them: null where they are hidden.
class RegisterValues {
  public:
    explicit RegisterValues(Call& call) : shower_(call, access::Thing::person) {}

    // `field` as in registry/fields.h. Guarded: of a household where somebody protected lives, or of that
    // person; addresses and phones are withheld as on the household's own page.
    [[nodiscard]] boost::json::value shown(std::string_view field, std::string_view value,
                                           const access::ScopedRow& row, bool is_guarded) const;
    // What an officer wrote: of a guarded case it may tell where somebody is.
    [[nodiscard]] boost::json::value words(std::string_view written, const access::ScopedRow& row,
                                           bool is_guarded) const;

  private:
    Shower shower_;
};

}  // namespace doudi::http
