// SPDX-License-Identifier: Apache-2.0
// The law as its packs state it, laid over by id, before it is understood: readers of sections turn drafts
// into records once the nearest pack has had the last word.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/pack_parts.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

// One element of a list, with the keys that it takes over from the farther packs in it.
struct ElementDraft {
    std::string id;
    YamlRecord record;
    PackName pack;  // that states the element
    Citation cite;
    std::map<std::string, PackName, std::less<>> inherited;  // keys that another pack states

    [[nodiscard]] const PackName& pack_of(std::string_view key) const;
    // Citation of a part of the element: its own `cite`, or else that of the element (or of nothing, where
    // another pack states the key).
    [[nodiscard]] Citation cite_of_part(std::string_view key, const YamlRecord* part) const;
};
using ElementDrafts = std::vector<ElementDraft>;

// Lays the list of a file over what the farther packs state: by id, `inherit: true` takes over the keys that
// the element leaves out (a null takes one away), `withdrawn: true` takes the element away. Unknown keys,
// repeated ids and missing citations are faults.
void lay_list_over(const YamlValue& list, const PackName& pack, std::span<const std::string_view> keys,
                   ElementDrafts& elements);

// A part of determination.yaml, which the nearest pack states as a whole.
struct KeyDraft {
    YamlValue value;
    PackName pack;
};

struct LawDraft {
    ElementDrafts facts;
    ElementDrafts parameters;
    ElementDrafts categories;
    ElementDrafts benefits;
    std::map<std::string, KeyDraft, std::less<>> determination;
    std::map<std::string, ElementDrafts, std::less<>> routes;      // by section
    std::map<std::string, ElementDrafts, std::less<>> procedures;  // by section
};

// The files of a pack folder that hold law beyond warnings.
[[nodiscard]] std::span<const std::string_view> law_files();
void lay_law_file_over(std::string_view name, const YamlValue& file, const PackName& pack, LawDraft& draft);

// Laid out, compiled and put in order. What is wrong is reported where it stands.
[[nodiscard]] Law build_law(const LawDraft& draft, const DatasetCatalogue& catalogue);

}  // namespace doudi::policy
