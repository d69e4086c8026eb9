// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "http/feeds/arrival_rows.h"

namespace doudi::http {

namespace {

constexpr std::size_t at_once = 200;  // households of one question

}  // namespace

Result<std::set<std::uint32_t>> households_within(store::DataFolder& data, const access::Scope& scope,
                                                  std::span<const std::uint32_t> households) {
    const auto cut =
        scope.sql({.household = "hu.household", .household_unit = "hu.unit", .one_row = true}, 2);
    // One text for every question: what is left over of a list is nobody's number.
    std::string ids;
    for (std::size_t n = 0; n < at_once; ++n)
        ids += fmt::format("{}${}", n == 0 ? "" : ", ", cut.next() + static_cast<int>(n));
    auto query = TRY(data.database().prepare(
        fmt::format("select hu.household from household_unit hu where hu.household in ({}) and "
                    "hu.from_on <= $1 and hu.until_on > $1 and {}",
                    ids, cut.condition)));
    std::set<std::uint32_t> within;
    for (std::size_t begin = 0; begin < households.size(); begin += at_once) {
        query.reset();
        query.bind(1, scope.day());
        cut.bind(query);
        for (std::size_t n = 0; n < at_once; ++n) {
            const std::int64_t id = begin + n < households.size() ? households[begin + n] : 0;
            query.bind(cut.next() + static_cast<int>(n), id);
        }
        while (TRY(query.step())) within.insert(static_cast<std::uint32_t>(query.integer(0)));
    }
    return within;
}

}  // namespace doudi::http
