// SPDX-License-Identifier: Apache-2.0
#include "exchange/channel.h"

#include <algorithm>

#include "exchange/content.h"

namespace doudi::exchange {

namespace {

const MessageRule* find_rule(const std::vector<MessageRule>& rules, std::string_view kind) {
    const auto found = std::ranges::find(rules, kind, &MessageRule::id);
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace

std::string first_word(const Words& words, std::string_view field) {
    const auto found = words.find(field);
    return found == words.end() || found->second.empty() ? std::string() : found->second.front();
}

const MessageRule* Channel::sent(std::string_view kind) const {
    return find_rule(sends, kind);
}

const MessageRule* Channel::taken_up(std::string_view kind) const {
    return find_rule(takes, kind);
}

std::chrono::seconds Channel::pause_after(int failures) const {
    const auto last = static_cast<int>(pauses.size()) - 1;
    return pauses[static_cast<std::size_t>(std::clamp(failures - 1, 0, last))];
}

}  // namespace doudi::exchange
