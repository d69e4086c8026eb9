// SPDX-License-Identifier: Apache-2.0
// Pages of a list that stays stable while rows come and go: a page begins behind the last row of the one
// before, not at a number of rows. The mark that says where is opaque and signed: it holds for one list with
// one set of filters, and one that was made up is refused.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request/failure.h"

namespace doudi::http {

// Signs with a key of its own.
class Cursors {
  public:
    explicit Cursors(std::string key) : key_(std::move(key)) {}
    // `list`: the operation and its filters; `place`: the sort key of the last row.
    [[nodiscard]] std::string write(std::string_view list, const std::vector<std::string>& place) const;
    [[nodiscard]] Outcome<std::vector<std::string>> read(std::string_view list,
                                                         std::string_view cursor) const;

  private:
    [[nodiscard]] std::string sign(std::string_view list, std::string_view payload) const;
    std::string key_;
};

[[nodiscard]] std::string sha256_hex(std::string_view text);
// Bytes that nobody can guess, as hex.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace doudi::http
