// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "policy/pack_parts.h"

namespace doudi::policy {

namespace {

Level read_level(const YamlRecord& record, const PackName& pack) {
    Level level;
    level.id = record.need_id("id");
    level.title = record.need_bilingual("title");
    level.points_min = record.need_integer("points_min", 1, 1000);
    if (const YamlValue* days = record.find("working_days")) level.working_days = days->integer(1, 1000);
    if (const YamlValue* channel = record.need("channel")) {
        level.channel =
            channel->one_of<Channel>({{"visit", Channel::visit}, {"telephone", Channel::telephone}})
                .value_or(Channel::visit);
    }
    level.cite = read_citation(record, pack);
    return level;
}

// Highest first, each below the one before: so the first level reached is the level.
void check_order(const Level& before, const Level& level, const YamlValue& place) {
    if (level.points_min == before.points_min) {
        place.fault("levels_overlap",
                    fmt::format("等级“{}”与“{}”的起点分相同（{}）", level.id, before.id, level.points_min),
                    fmt::format("the levels '{}' and '{}' begin at the same score ({})", level.id, before.id,
                                level.points_min));
    } else if (level.points_min > before.points_min) {
        place.fault("levels_unsorted",
                    fmt::format("等级“{}”应排在“{}”之前（起点分从高到低）", level.id, before.id),
                    fmt::format("the level '{}' must stand before '{}' (highest points_min first)", level.id,
                                before.id));
    }
}

}  // namespace

std::vector<Level> read_levels(const YamlValue& file, const PackName& pack) {
    std::vector<Level> levels;
    for (const YamlValue& item : file.list()) {
        const auto record = item.record({"id", "title", "points_min", "working_days", "channel", "cite"});
        if (!record) continue;
        Level level = read_level(*record, pack);
        if (!is_new_id(levels, level.id, item)) continue;
        if (!levels.empty()) check_order(levels.back(), level, item);
        levels.push_back(std::move(level));
    }
    return levels;
}

}  // namespace doudi::policy
