// SPDX-License-Identifier: Apache-2.0
#include "exchange/taker.h"

#include <algorithm>

namespace doudi::exchange {

std::string Taker::word(std::string_view field) const {
    return first_word(content_.fields, field);
}

Result<void> Taker::refuse(std::string_view ours, Text reason) {
    const auto named = std::ranges::find(rule_.fields, ours, &FieldRule::ours);
    row_.state = in::refused;
    row_.why = {named == rule_.fields.end() ? std::string(ours) : named->theirs, std::move(reason)};
    return {};
}

Result<void> Taker::taken(std::string outcome) {
    row_.state = in::taken;
    row_.outcome = std::move(outcome);
    return {};
}

}  // namespace doudi::exchange
