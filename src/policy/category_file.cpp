// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "policy/pack_parts.h"

namespace doudi::policy {

std::vector<Category> read_categories(const YamlValue& file, const PackName& pack) {
    std::vector<Category> categories;
    std::map<std::string, std::string> owner_of_word;
    for (const YamlValue& item : file.list()) {
        const auto record = item.record({"id", "title", "register_words", "cite"});
        if (!record) continue;
        Category category;
        category.id = record->need_id("id");
        category.title = record->need_bilingual("title");
        category.cite = read_citation(*record, pack);
        if (const YamlValue* words = record->need("register_words")) {
            category.register_words = words->texts();
            for (const std::string& word : category.register_words) {
                const auto [owner, fresh] = owner_of_word.emplace(word, category.id);
                if (fresh) continue;
                words->fault("category_word", fmt::format("“{}”已属于类别“{}”", word, owner->second),
                             fmt::format("'{}' already stands for the category '{}'", word, owner->second));
            }
        }
        if (is_new_id(categories, category.id, item)) categories.push_back(std::move(category));
    }
    return categories;
}

}  // namespace doudi::policy
