// SPDX-License-Identifier: Apache-2.0
// levels.yaml: from which score, to do what, within how many days of the notice's or by which target of the
// office's own.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/law_sections.h"
#include "policy/parameter_file.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 5> keys{"title", "points_min", "working_days", "target_days",
                                               "channel"};
constexpr int most_days = 1000;

// The notice's own days go before the target that a profile proposes; one pack states one of them.
void read_term(const ElementDraft& draft, const Law& law, Level& level) {
    const YamlRecord& record = draft.record;
    const YamlValue* days = record.find("working_days");
    const YamlValue* target = record.find("target_days");
    if (days != nullptr) level.working_days = days->integer(1, most_days);
    if (target == nullptr) return;
    if (days != nullptr) {
        if (draft.inherited.contains("target_days") && !draft.inherited.contains("working_days")) return;
        target->fault("level_two_terms",
                      "等级只能有文件规定的时限（working_days）或机关目标（target_days）之一",
                      "a level has the notice's days (working_days) or the office's target (target_days), "
                      "not both");
        return;
    }
    if (names_parameter(*target)) {
        level.target = whole_parameter(*target, law).value_or(-1);
    } else {
        target->fault("target_no_parameter", "机关目标应由参数给出（param.…）：数值由机关设定，不写在包里",
                      "a target is a parameter (param.…): the office sets it, no pack states it");
    }
}

Level read_level(const ElementDraft& draft, const Law& law) {
    const YamlRecord& record = draft.record;
    Level level;
    level.id = draft.id;
    level.title = record.need_bilingual("title");
    level.points_min = record.need_integer("points_min", 1, 1000);
    read_term(draft, law, level);
    if (const YamlValue* channel = record.need("channel")) {
        level.channel =
            channel->one_of<Channel>({{"visit", Channel::visit}, {"telephone", Channel::telephone}})
                .value_or(Channel::visit);
    }
    level.cite = draft.cite;
    level.points_cite = draft.cite_of_key("points_min");
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

std::span<const std::string_view> level_keys() {
    return keys;
}

std::vector<Level> read_levels(const ElementDrafts& drafts, const Law& law) {
    std::vector<Level> levels;
    for (const ElementDraft& draft : drafts) {
        Level level = read_level(draft, law);
        if (!levels.empty()) check_order(levels.back(), level, draft.record.self());
        levels.push_back(std::move(level));
    }
    return levels;
}

void lay_scale_over(const YamlValue& file, const PackName& pack, ElementDrafts& levels) {
    ElementDrafts all = levels;
    lay_list_over(file, pack, keys, all);
    ElementDrafts scale;
    for (const YamlValue& item : file.is_list() ? file.list() : std::vector<YamlValue>{}) {
        std::string id;
        for (const auto& [key, text] : item.leaves()) {
            if (key == "id") id = text;
        }
        const auto found = std::ranges::find(all, id, &ElementDraft::id);
        if (found == all.end() || std::ranges::find(scale, id, &ElementDraft::id) != scale.end()) continue;
        scale.push_back(*found);
    }
    levels = std::move(scale);
}

LevelTerm Pack::term_of(const Level& level, std::string_view region, Date day) const {
    if (level.working_days || level.target < 0) return {level.working_days, false};
    const ParameterValue* value = law.value_of(level.target, region, {}, day);
    if (value == nullptr) return {std::nullopt, true};
    return {static_cast<int>(value->value.as_integer()), true};
}

void check_targets(const Pack& pack, Faults& faults) {
    std::vector<int> checked;
    for (const Level& level : pack.levels) {
        if (level.target < 0 || std::ranges::find(checked, level.target) != checked.end()) continue;
        checked.push_back(level.target);
        const Parameter& parameter = pack.law.parameters[static_cast<std::size_t>(level.target)];
        for (const ParameterValue& value : parameter.values) {
            if (!value.value.is(expr::TypeKind::integer)) continue;  // a fault that was told already
            const std::int64_t days = value.value.as_integer();
            if (days >= 1 && days <= most_days) continue;
            faults.add(
                "target_out_of_range",
                {fmt::format("“{}”应为 1 至 {} 个工作日，而不是 {}", parameter.id, most_days, days),
                 fmt::format("'{}' takes 1 to {} working days, not {}", parameter.id, most_days, days)},
                parameter.place);
        }
    }
}

}  // namespace doudi::policy
