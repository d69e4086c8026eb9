// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/pack_parts.h"

namespace doudi::policy {

namespace {

using Rules = MonitoringRules;

struct FlagSwitch {
    std::string_view id;
    bool Rules::* member;
};
struct CountSwitch {
    std::string_view id;
    int Rules::* member;
};

constexpr std::array flag_switches{
    FlagSwitch{"retraction", &Rules::retraction},
    FlagSwitch{"scored_once", &Rules::scored_once},
    FlagSwitch{"rise_may_postpone_due", &Rules::rise_may_postpone_due},
    FlagSwitch{"fall_keeps_due", &Rules::fall_keeps_due},
    FlagSwitch{"close_when_all_taken_back", &Rules::close_when_all_taken_back},
    FlagSwitch{"natural_exit", &Rules::natural_exit},
    FlagSwitch{"natural_exit_exact_only", &Rules::natural_exit_exact_only},
};
constexpr std::array count_switches{
    CountSwitch{"window_months", &Rules::window_months},
    CountSwitch{"suppress_days_after_close", &Rules::suppress_days_after_close},
};
constexpr std::string_view window_switch = "window";

std::vector<std::string_view> switch_ids() {
    std::vector<std::string_view> ids{window_switch};
    for (const FlagSwitch& one : flag_switches) ids.push_back(one.id);
    for (const CountSwitch& one : count_switches) ids.push_back(one.id);
    std::ranges::sort(ids);
    return ids;
}

// False if there is no such switch.
bool set_switch(std::string_view id, const YamlValue& value, Rules& rules) {
    if (id == window_switch) {
        rules.window = value
                           .one_of<Rules::Window>({{"since_baseline", Rules::Window::since_baseline},
                                                   {"last_months", Rules::Window::last_months}})
                           .value_or(rules.window);
        return true;
    }
    for (const FlagSwitch& one : flag_switches) {
        if (one.id != id) continue;
        rules.*one.member = value.flag().value_or(rules.*one.member);
        return true;
    }
    for (const CountSwitch& one : count_switches) {
        if (one.id != id) continue;
        rules.*one.member = value.integer(0, 3660).value_or(rules.*one.member);
        return true;
    }
    return false;
}

void read_switch(const YamlEntry& entry, const PackName& pack, Rules& rules) {
    const auto record = entry.value.record({"value", "settles", "cite"});
    if (!record) return;
    MonitoringSwitch read{entry.key, {}, record->need_bilingual("settles"), read_citation(*record, pack)};
    const YamlValue* value = record->need("value");
    if (value == nullptr) return;
    read.value = value->text().value_or("");
    if (!set_switch(entry.key, *value, rules)) {
        entry.key_value.unknown_name("unknown_switch", "开关", "switch", entry.key, switch_ids());
        return;
    }
    const auto at = std::ranges::lower_bound(rules.switches, entry.key, {}, &MonitoringSwitch::id);
    if (at != rules.switches.end() && at->id == entry.key) {
        *at = std::move(read);
    } else {
        rules.switches.insert(at, std::move(read));
    }
}

// What the groups of indicators are called: the rule desk reads it as stated (stated_words.h).
void check_dimensions(const YamlValue& list, const PackName& pack) {
    for (const YamlValue& item : list.list()) {
        const auto record = item.record({"id", "title", "cite"});
        if (!record) continue;
        (void)record->need_id("id");
        (void)record->need_bilingual("title");
        (void)read_citation(*record, pack);
    }
}

}  // namespace

void read_monitoring(const YamlValue& file, const PackName& pack, MonitoringRules& rules) {
    const auto top = file.record({"cite", "switches", "dimensions"});
    if (!top) return;
    rules.cite = read_citation(*top, pack);
    if (const YamlValue* dimensions = top->find("dimensions")) check_dimensions(*dimensions, pack);
    const YamlValue* switches = top->need("switches");
    if (switches == nullptr) return;
    for (const YamlEntry& entry : switches->entries()) read_switch(entry, pack, rules);
    if (rules.window == Rules::Window::last_months && rules.window_months == 0) {
        switches->fault("window_months", "window: last_months 要求 window_months 至少为 1",
                        "window: last_months needs window_months of 1 or more");
    }
}

std::vector<std::string> unset_switches(const MonitoringRules& rules) {
    std::vector<std::string> unset;
    for (const std::string_view id : switch_ids()) {
        if (std::ranges::find(rules.switches, id, &MonitoringSwitch::id) == rules.switches.end())
            unset.emplace_back(id);
    }
    return unset;
}

}  // namespace doudi::policy
