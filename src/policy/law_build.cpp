// SPDX-License-Identifier: Apache-2.0
// From drafts to the law: section by section, then names, conditions and order.
#include "policy/procedure_sections.h"
#include "policy/stated_elements.h"

namespace doudi::policy {

namespace {

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
    for (const auto& [section, elements] : draft.procedures) add_stated(section, elements, law);
    for (const auto& [key, part] : draft.determination) {
        if (part.value.is_list()) {
            lay_stated_over(key, part.value, part.pack, law.stated);
            continue;
        }
        StatedElement order{"determination", key, part.value.leaves(), {}};
        for (const auto& [path, text] : order.values) {
            if (path == "cite") order.cite = {part.pack.id, part.pack.version, text};
        }
        law.stated.push_back(std::move(order));
    }
}

}  // namespace

Law build_law(const LawDraft& draft, const DatasetCatalogue& catalogue) {
    Law law;
    law.facts = read_facts(draft.facts, catalogue);
    law.parameters = read_parameters(draft.parameters, law.facts);
    law.categories = read_categories(draft.categories);
    law.names = build_names(draft, law);
    compile_facts(draft.facts, law);
    compile_categories(draft.categories, law);
    read_determination(draft, law);
    read_benefits(draft, law);
    read_routes(draft, catalogue, law);
    read_procedures(draft, law);
    keep_stated(draft, law);
    return law;
}

}  // namespace doudi::policy
