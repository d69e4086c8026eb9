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
    if (const std::string* one = text_of(*element, key)) texts.push_back(*one);
    for (std::size_t n = 0;; ++n) {
        const std::string* one = text_of(*element, std::string(key) + "." + std::to_string(n));
        if (one == nullptr) return texts;
        texts.push_back(*one);
    }
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
