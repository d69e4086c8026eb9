// SPDX-License-Identifier: Apache-2.0
#include "match/register_row_numbers.h"

#include <algorithm>
#include <limits>

#include "base/result.h"

namespace doudi::match {

void RegisterRowNumbers::begin_sheet(std::size_t file, std::string_view sheet) {
    sheets_.push_back({last_, file, std::string(sheet)});
}

std::uint32_t RegisterRowNumbers::number_of(std::uint32_t row) {
    ensure(!sheets_.empty() && row > 0, "a row stands in a sheet");
    const std::uint32_t before = sheets_.back().before;
    ensure(row <= std::numeric_limits<std::uint32_t>::max() - before, "a load has fewer than 2^32 rows");
    last_ = std::max(last_, before + row);
    return before + row;
}

RegisterRowNumbers::Place RegisterRowNumbers::place_of(std::uint32_t number) const {
    const auto after = std::ranges::lower_bound(sheets_, number, {}, &Sheet::before);
    ensure(number > 0 && after != sheets_.begin(), "a number that was given out");
    const Sheet& sheet = *(after - 1);
    return {sheet.file, sheet.name, number - sheet.before};
}

}  // namespace doudi::match
