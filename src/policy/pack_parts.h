// SPDX-License-Identifier: Apache-2.0
// The files of one pack folder, each read on its own. pack_folder.cpp lays the packs over each other
// afterwards.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/pack.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

// pack.yaml: a pack without elements.
struct PackHeader {
    Pack pack;
    std::optional<YamlValue> extends;      // where the one pack is named that it extends
    std::optional<YamlValue> monitors_by;  // where a profile is named; a null: none, whatever it extends says
};
[[nodiscard]] PackHeader read_pack_header(const YamlValue& file);
// The same of a profile, which has neither a place nor a time of its own.
[[nodiscard]] PackHeader read_profile_header(const YamlValue& file);

// Whose clauses the elements of a file cite.
struct PackName {
    std::string id;
    std::string version;
};
// The record's `cite`; without one nothing may decide anything.
[[nodiscard]] Citation read_citation(const YamlRecord& record, const PackName& pack);

// Sets the switches that the file states; those it leaves out keep what an extended pack said.
void read_monitoring(const YamlValue& file, const PackName& pack, MonitoringRules& rules);
// The switches that no pack has set yet.
[[nodiscard]] std::vector<std::string> unset_switches(const MonitoringRules& rules);

// Reports an id that an earlier element of the file has. True if it is new.
template <class Element>
bool is_new_id(const std::vector<Element>& earlier, const std::string& id, const YamlValue& place) {
    for (const Element& element : earlier) {
        if (element.id != id || id.empty()) continue;
        place.fault("duplicate_id", "标识“" + id + "”重复", "the id '" + id + "' is given twice");
        return false;
    }
    return true;
}

}  // namespace doudi::policy
