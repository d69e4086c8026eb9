// SPDX-License-Identifier: Apache-2.0
#include "casework/moves/move_check.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace doudi::casework {

void MoveCheck::add(std::string_view field, std::string_view code, Text text) {
    faults.push_back({std::string(field), std::string(code), std::move(text)});
}

Text MoveCheck::title_of(std::string_view field) const {
    return question.law.procedures.title_of_field(field);
}

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

std::string_view first_value(const Fields& fields, std::string_view id) {
    const auto found = fields.find(id);
    return found == fields.end() || found->second.empty() ? std::string_view() : found->second.front();
}

bool is_empty(const Fields& fields, std::string_view id) {
    const auto found = fields.find(id);
    return found == fields.end() ||
           std::ranges::all_of(found->second, [](const std::string& text) { return text.empty(); });
}

bool is_whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

std::int64_t whole_number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace doudi::casework
