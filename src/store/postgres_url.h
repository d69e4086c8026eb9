// SPDX-License-Identifier: Apache-2.0
// How to reach a PostgreSQL database: postgresql://user@host:5432/name?…, or "host=… dbname=…", whatever
// libpq takes. User, password and the rest may also come from where libpq looks: PGPASSWORD, .pgpass, a
// service file. The password is in no text that shown() or an error gives.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace doudi::store {

class PostgresUrl {
  public:
    [[nodiscard]] static Result<PostgresUrl> parse(std::string_view text);

    // What was said, by libpq's keywords: with the password.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& options() const { return options_; }
    [[nodiscard]] std::string_view option(std::string_view keyword) const;  // empty: not said
    [[nodiscard]] std::string shown() const;  // postgresql://user@host:port/name

  private:
    std::vector<std::pair<std::string, std::string>> options_;
};

// A text that someone typed, with what may be the password of a URL in it replaced by ***.
[[nodiscard]] std::string without_password(std::string_view text);

}  // namespace doudi::store
