// SPDX-License-Identifier: Apache-2.0
#include "policy/stated_words.h"

#include <algorithm>

namespace doudi::policy {

namespace {

const StatedElement* element_of(const Law& law, std::string_view section, std::string_view id) {
    const auto found = std::ranges::find_if(
        law.stated, [&](const StatedElement& one) { return one.id == id && one.section == section; });
    return found == law.stated.end() ? nullptr : &*found;
}

const std::string* text_of(const StatedElement& element, std::string_view key) {
    const auto found = std::ranges::find(element.values, key, &std::pair<std::string, std::string>::first);
    return found == element.values.end() ? nullptr : &found->second;
}

}  // namespace

std::vector<std::string> stated_texts(const Law& law, std::string_view section, std::string_view id,
                                      std::string_view key) {
    std::vector<std::string> texts;
    const StatedElement* element = element_of(law, section, id);
    if (element == nullptr) return texts;
    const std::string* joined = text_of(*element, key);  // a list of plain items is one value, joined
    if (joined == nullptr) return texts;
    constexpr std::string_view between = ", ";
    for (std::size_t at = 0; at <= joined->size();) {
        const std::size_t end = std::min(joined->find(between, at), joined->size());
        if (end > at) texts.push_back(joined->substr(at, end - at));
        at = end + between.size();
    }
    return texts;
}

bool stated_flag(const Law& law, std::string_view section, std::string_view id, std::string_view key) {
    const std::vector<std::string> texts = stated_texts(law, section, id, key);
    return !texts.empty() && texts.front() == "true";
}

Text stated_title(const Law& law, std::string_view section, std::string_view id) {
    const StatedElement* element = element_of(law, section, id);
    const std::string* zh = element == nullptr ? nullptr : text_of(*element, "title.zh");
    const std::string* en = element == nullptr ? nullptr : text_of(*element, "title.en");
    if (zh == nullptr || en == nullptr) return {std::string(id), std::string(id)};
    return {*zh, *en};
}

}  // namespace doudi::policy
