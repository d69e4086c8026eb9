// SPDX-License-Identifier: Apache-2.0
// From drafts to the law: section by section, then names, conditions and order.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "policy/law_sections.h"

namespace doudi::policy {

namespace {

// Facts that are words have their residences checked where parameters slice by them.
void check_residences(const LawDraft& draft, const Law& law) {
    const int index = law.fact_of(Subject::household, residence_fact);
    const FactDefinition* fact = index < 0 ? nullptr : &law.facts[static_cast<std::size_t>(index)];
    const auto check = [&](const YamlValue& at) {
        const auto word = at.is_scalar() ? at.text() : std::nullopt;
        if (word && fact != nullptr)
            (void)is_known_id(at, *word, fact->words, "unknown_word", "取值", "word");
    };
    for (const ElementDraft& parameter : draft.parameters) {
        if (const YamlValue* by = parameter.record.find("by_residence"); by != nullptr && fact == nullptr) {
            by->fault("no_residence_fact", fmt::format("没有事实“{}”，不能分城乡", residence_fact),
                      fmt::format("there is no fact '{}' to go by", residence_fact));
        }
        if (const YamlValue* slice = parameter.record.find("slice_of");
            slice != nullptr && slice->is_mapping()) {
            for (const YamlEntry& entry : slice->entries()) {
                if (entry.key == "residence") check(entry.value);
            }
        }
        const YamlValue* values = parameter.record.find("values");
        if (values == nullptr || !values->is_list()) continue;
        for (const YamlValue& value : values->list()) {
            if (!value.is_mapping()) continue;
            for (const YamlEntry& entry : value.entries()) {
                if (entry.key == "residence") check(entry.value);
            }
        }
    }
}

void add_stated(std::string_view section, const ElementDrafts& drafts, Law& law) {
    for (const ElementDraft& draft : drafts) {
        StatedElement stated{std::string(section), draft.id, {}, draft.cite};
        for (const YamlEntry& entry : draft.record.entries()) {
            for (auto& [path, text] : entry.value.leaves())
                stated.values.emplace_back(path.empty() ? entry.key : entry.key + "." + path,
                                           std::move(text));
        }
        law.stated.push_back(std::move(stated));
    }
}

void keep_stated(const LawDraft& draft, Law& law) {
    add_stated("facts", draft.facts, law);
    add_stated("parameters", draft.parameters, law);
    add_stated("categories", draft.categories, law);
    add_stated("benefits", draft.benefits, law);
    for (const auto& [section, elements] : draft.routes) add_stated(section, elements, law);
    for (const auto& [key, part] : draft.determination)
        law.stated.push_back({"determination", key, part.value.leaves(), {}});
    for (const ReportingGroup& group : law.reporting_groups) {
        std::string categories = fmt::format("{}", fmt::join(group.categories, ", "));
        law.stated.push_back(
            {"reporting_groups", group.id, {{"categories", std::move(categories)}}, group.cite});
    }
}

}  // namespace

Law build_law(const LawDraft& draft, const DatasetCatalogue& catalogue) {
    Law law;
    law.facts = read_facts(draft.facts, catalogue);
    law.parameters = read_parameters(draft.parameters);
    law.categories = read_categories(draft.categories);
    law.names = build_names(draft, law);
    compile_facts(draft.facts, law);
    compile_categories(draft.categories, law);
    check_residences(draft, law);
    read_determination(draft, law);
    read_benefits(draft, law);
    read_routes(draft, catalogue, law);
    keep_stated(draft, law);
    return law;
}

}  // namespace doudi::policy
