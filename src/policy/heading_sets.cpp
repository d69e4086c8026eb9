// SPDX-License-Identifier: Apache-2.0
#include "policy/heading_sets.h"

#include <fmt/format.h>

namespace doudi::policy {

HeadingSets HeadingSets::read(const YamlValue& file) {
    HeadingSets read;
    for (const YamlEntry& entry : file.entries()) {
        std::vector<std::string> words = entry.value.texts();
        for (const std::string& word : words) {
            if (word.find('{') == std::string::npos) continue;
            entry.value.fault("heading_nested", fmt::format("“{}”：同义词组不能再引用同义词组", word),
                              fmt::format("'{}': a set of synonyms cannot name another one", word));
        }
        read.sets_.emplace(entry.key, std::move(words));
    }
    return read;
}

std::vector<std::string> HeadingSets::expand(const std::string& written, const YamlValue& place) const {
    const std::size_t open = written.find('{');
    if (open == std::string::npos) return {written};
    const std::size_t close = written.find('}', open);
    if (close == std::string::npos || written.find('{', close) != std::string::npos) {
        place.fault("heading_braces", fmt::format("“{}”：花括号应成对，且最多一对", written),
                    fmt::format("'{}': one closed pair of braces at most", written));
        return {};
    }
    const std::string name = written.substr(open + 1, close - open - 1);
    const auto set = sets_.find(name);
    if (set == sets_.end()) {
        std::vector<std::string_view> known;
        for (const auto& [key, words] : sets_) known.push_back(key);
        place.unknown_name("unknown_heading_set", "同义词组", "set of headings", name, known);
        return {};
    }
    std::vector<std::string> headings;
    for (const std::string& word : set->second) {
        headings.push_back(written.substr(0, open) + word + written.substr(close + 1));
    }
    return headings;
}

}  // namespace doudi::policy
