// SPDX-License-Identifier: Apache-2.0
#include "policy/stated_elements.h"

#include <algorithm>

namespace doudi::policy {

namespace {

void lay_element_over(StatedElement over, const PackName& pack, std::vector<StatedElement>& stated) {
    for (const auto& [key, text] : over.values) {
        if (key == "cite") over.cite = {pack.id, pack.version, text};
    }
    const auto under = std::ranges::find_if(
        stated, [&](const StatedElement& one) { return one.section == over.section && one.id == over.id; });
    if (under == stated.end()) {
        stated.push_back(std::move(over));
    } else {
        *under = std::move(over);
    }
}

}  // namespace

void add_stated(std::string_view section, const ElementDrafts& drafts, std::vector<StatedElement>& stated) {
    for (const ElementDraft& draft : drafts) {
        StatedElement element{std::string(section), draft.id, {}, draft.cite};
        for (const YamlEntry& entry : draft.record.entries()) {
            for (auto& [path, text] : entry.value.leaves())
                element.values.emplace_back(path.empty() ? entry.key : entry.key + "." + path,
                                            std::move(text));
        }
        stated.push_back(std::move(element));
    }
}

void lay_stated_over(std::string_view section, const YamlValue& file, const PackName& pack,
                     std::vector<StatedElement>& stated) {
    if (!file.is_list()) return;
    for (const YamlValue& item : file.list()) {
        StatedElement element{std::string(section), {}, item.leaves(), {}};
        for (const auto& [key, text] : element.values) {
            if (key == "id") element.id = text;
        }
        if (!element.id.empty()) lay_element_over(std::move(element), pack, stated);
    }
}

void lay_stated_keys_over(std::string_view section, const YamlValue& file, const PackName& pack,
                          std::vector<StatedElement>& stated) {
    if (!file.is_mapping()) return;
    for (const YamlEntry& entry : file.entries())
        lay_element_over({std::string(section), entry.key, entry.value.leaves(), {}}, pack, stated);
}

}  // namespace doudi::policy
