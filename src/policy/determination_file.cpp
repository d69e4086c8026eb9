// SPDX-License-Identifier: Apache-2.0
// determination.yaml: in which order categories are tried, which exclude each other, how they are reported.
#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

// A list of categories that there are, each once.
std::vector<std::string> read_category_list(const YamlValue& list, const Law& law) {
    std::vector<std::string> ids = list.texts();
    for (const YamlValue& item : list.list()) {
        if (const auto id = item.is_scalar() ? item.text() : std::nullopt)
            (void)is_known_id(item, *id, law.categories, "unknown_category", "类别", "category");
    }
    return ids;
}

CategoryOrder read_order(const KeyDraft& draft, const Law& law) {
    CategoryOrder order;
    const auto record = draft.value.record({"value", "cite"});
    if (!record) return order;
    order.cite = read_citation(*record, draft.pack);
    if (const YamlValue* value = record->need("value")) order.categories = read_category_list(*value, law);
    return order;
}

std::vector<ReportingGroup> read_groups(const KeyDraft& draft, const Law& law) {
    std::vector<ReportingGroup> groups;
    for (const YamlValue& item : draft.value.list()) {
        const auto record = item.record({"id", "title", "categories", "cite"});
        if (!record) continue;
        ReportingGroup group{
            record->need_id("id"), record->need_bilingual("title"), {}, read_citation(*record, draft.pack)};
        if (const YamlValue* categories = record->need("categories"))
            group.categories = read_category_list(*categories, law);
        if (is_new_id(groups, group.id, item)) groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace

void read_determination(const LawDraft& draft, Law& law) {
    const auto find = [&](std::string_view key) {
        const auto found = draft.determination.find(key);
        return found == draft.determination.end() ? nullptr : &found->second;
    };
    if (const KeyDraft* order = find("test_order")) law.test_order = read_order(*order, law);
    if (const KeyDraft* order = find("exclusive_order")) law.exclusive_order = read_order(*order, law);
    // Decides nothing: it is checked here and read from what is stated (determine/pack_logic.h).
    if (const KeyDraft* beside = find("beside")) (void)read_order(*beside, law);
    if (const KeyDraft* groups = find("reporting_groups")) law.reporting_groups = read_groups(*groups, law);
}

}  // namespace doudi::policy
