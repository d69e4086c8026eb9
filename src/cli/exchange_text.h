// SPDX-License-Identifier: Apache-2.0
// Messages of the exchange as they are told on a terminal: their states in words, and what one says field by
// field as its channel writes it. Fields of persons are masked, what tells where somebody is and what a pack
// marks as sensitive is not shown, and of what the channel has no rule for neither.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/exchange_office.h"

namespace doudi::cli {

[[nodiscard]] Text message_state(std::string_view state);  // of ours and of theirs
[[nodiscard]] Text difference_kind(std::string_view kind);
// "members/2/sex：…"; empty: nothing was refused.
[[nodiscard]] Text refusal_words(const exchange::Refusal& why);

struct SaidField {
    std::string field;  // as the channel names it: "members/0/name"
    std::string value;
};
// `rule`: null: the channel has no such message. `body`: as it is kept, JSON.
[[nodiscard]] std::vector<SaidField> said_fields(const Console& console, const ExchangeOffice& office,
                                                 const exchange::MessageRule* rule, std::string_view body);

}  // namespace doudi::cli
