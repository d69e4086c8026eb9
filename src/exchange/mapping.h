// SPDX-License-Identifier: Apache-2.0
// Our words as a peer writes them, and back, by the channel's rules. What no rule or no table has is refused
// with its field and the reason; nothing is guessed and nothing left out in silence. Pure.
#pragma once
#include <boost/json.hpp>
#include <expected>
#include <string>

#include "base/text.h"
#include "exchange/channel.h"
#include "exchange/content.h"

namespace doudi::exchange {

struct Refusal {
    std::string field;  // as the body has it: "members/2/sex"; empty: the message as a whole
    Text reason;
};
template <class T>
using Mapped = std::expected<T, Refusal>;

// Whether the field's table has this word only together with the fact that parts it.
[[nodiscard]] bool is_parted(const Channel& channel, const FieldRule& rule, std::string_view word);

// Fields that the rule does not name are not told.
[[nodiscard]] Mapped<boost::json::object> to_theirs(const Channel& channel, const MessageRule& rule,
                                                    const Content& content);
// A field that the rule does not name is a refusal.
[[nodiscard]] Mapped<Content> to_ours(const Channel& channel, const MessageRule& rule,
                                      const boost::json::object& body);

}  // namespace doudi::exchange
