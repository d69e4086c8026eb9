// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "casework/records.h"

namespace doudi::casework {

std::string first_of(const Fields& fields, std::string_view id) {
    const auto found = fields.find(id);
    return found == fields.end() || found->second.empty() ? std::string() : found->second.front();
}

namespace {

void note_words(std::vector<std::string>& ever, const std::vector<std::string>& values) {
    std::ranges::copy_if(values, std::back_inserter(ever), [&](const std::string& value) {
        return std::ranges::find(ever, value) == ever.end();
    });
}

}  // namespace

void fold(CaseState& state, const CaseEvent& event) {
    if (state.events == 0) state.first_on = event.on;
    const bool is_other = state.state != event.to;
    state.state = event.to;
    state.events = event.number;
    state.last_on = state.events == 1 ? event.on : std::max(state.last_on, event.on);
    if (is_other) state.state_on = state.last_on;
    for (const auto& [field, values] : event.fields) {
        state.fields[field] = values;
        note_words(state.ever[field], values);
    }
    // The category goes before the benefit: whoever has one is handled as it.
    std::string track = first_of(state.fields, track_field);
    if (track.empty()) track = first_of(state.fields, benefit_field);
    state.track = std::move(track);
    state.made_by[event.move] = event.by;
    state.made_at[event.move] = event.number;
    state.told[event.move] = event.fields;
    const auto named = event.fields.find(subject_field);
    const std::string subject =
        named == event.fields.end() ? std::string() : fmt::format("{}", fmt::join(named->second, ";"));
    std::string level = first_of(event.fields, counts_as_field);
    if (level.empty()) level = first_of(state.fields, level_field);
    const Date day = Date::parse_iso(first_of(event.fields, counts_from_field)).value_or(event.on);
    const auto told_day = Date::parse_iso(first_of(event.fields, day_field));
    for (const std::string& mark : event.marks)
        state.marks.push_back({mark, day, subject, level, told_day, event.number, event.by});
}

CaseState fold(const std::vector<CaseEvent>& events) {
    CaseState state;
    for (const CaseEvent& event : events) fold(state, event);
    return state;
}

}  // namespace doudi::casework
