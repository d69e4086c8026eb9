// SPDX-License-Identifier: Apache-2.0
#include "synth/profile.h"

#include <algorithm>
#include <charconv>

#include "base/result.h"
#include "profile_text.h"

namespace doudi::synth {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

int number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    ensure(error == std::errc() && end == text.data() + text.size(), "profile.csv: a number");
    return value;
}

Date date(std::string_view text) {
    ensure(text.size() == 10, "profile.csv: a date");
    const auto day =
        Date::from_ymd(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
    ensure(day.has_value(), "profile.csv: a date");
    return *day;
}

Once once(std::string_view text) {
    constexpr std::array<std::string_view, 4> names{"person", "household", "certificate", "life"};
    const auto found = std::find(names.begin(), names.end(), text);
    ensure(found != names.end(), "profile.csv: once a …");
    return static_cast<Once>(found - names.begin());
}

std::size_t place_of(std::vector<Indicator>& indicators, std::string_view name) {
    const auto found = std::find_if(indicators.begin(), indicators.end(),
                                    [name](const Indicator& i) { return i.name == name; });
    if (found != indicators.end()) return static_cast<std::size_t>(found - indicators.begin());
    indicators.push_back({.name = std::string(name)});
    return indicators.size() - 1;
}

void read_counts(Profile& profile, const std::vector<std::string_view>& cells) {
    const std::size_t place = place_of(profile.indicators, cells.at(2));
    profile.indicators[place].points = number(cells.at(3));
    profile.indicators[place].once = once(cells.at(4));
    bool known = false;
    for (std::size_t feed = 0; feed < feed_count; ++feed) {
        if (layout_of(static_cast<Feed>(feed)).stem != cells[1]) continue;
        profile.indicator_of[feed] = static_cast<std::uint8_t>(place);
        known = true;
    }
    ensure(known, "profile.csv: a file");
}

}  // namespace

Profile load_profile() {
    Profile profile;
    for (const std::string_view line : split(profile_text, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto cells = split(line, ',');
        if (cells[0] == "counts") {
            read_counts(profile, cells);
        } else if (cells[0] == "level") {
            profile.levels.push_back(
                {std::string(cells.at(1)), number(cells.at(2)), cells.at(3) == "-" ? 0 : number(cells[3])});
        } else if (cells[0] == "off") {
            profile.off.emplace_back(date(cells.at(1)), date(cells.at(2)));
        } else if (cells[0] == "on") {
            profile.on.push_back(date(cells.at(1)));
        } else {
            ensure(cells[0] == "cancelled_by_death", "profile.csv: a line");
            profile.indicators[place_of(profile.indicators, cells.at(1))].cancelled_by_death = true;
        }
    }
    return profile;
}

std::size_t Profile::level_of(int score) const {
    std::size_t level = 0;
    while (level + 1 < levels.size() && levels[level + 1].from <= score) ++level;
    return level;
}

Date Profile::due(Date day, int working_days) const {
    while (working_days > 0) {
        day = day + 1;
        const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day.days()}}};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        const bool holiday = std::any_of(off.begin(), off.end(), [day](const auto& days) {
            return days.first <= day && day <= days.second;
        });
        const bool made_up = std::find(on.begin(), on.end(), day) != on.end();
        if (made_up || (!weekend && !holiday)) --working_days;
    }
    return day;
}

}  // namespace doudi::synth
