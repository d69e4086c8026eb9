// SPDX-License-Identifier: Apache-2.0
#include "policy/law_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/procedure_sections.h"

namespace doudi::policy {

PackName ElementDraft::pack_of(std::string_view key) const {
    const Citation& stated = cite_of_key(key);
    return {stated.pack, stated.version};
}

const Citation& ElementDraft::cite_of_key(std::string_view key) const {
    const auto found = inherited.find(key);
    return found == inherited.end() ? cite : found->second;
}

Citation ElementDraft::cite_of_part(std::string_view key, const YamlRecord* part) const {
    const PackName owner = pack_of(key);
    const YamlValue* own = part == nullptr ? nullptr : part->find("cite");
    if (own != nullptr) return {owner.id, owner.version, own->text().value_or("")};
    return cite;
}

namespace {

// What every element may say, whatever its section.
constexpr std::array<std::string_view, 4> common_keys{"id", "cite", "inherit", "withdrawn"};

// Keys that the nearer element leaves out come from the farther one; a null takes one away.
void inherit_keys(const ElementDraft& under, ElementDraft& over) {
    std::vector<YamlEntry> entries = over.record.entries();
    for (const YamlEntry& entry : under.record.entries()) {
        if (over.record.find(entry.key) != nullptr || entry.key == "inherit") continue;
        over.inherited.emplace(entry.key, under.cite_of_key(entry.key));
        entries.push_back(entry);
    }
    std::erase_if(entries, [](const YamlEntry& entry) { return entry.value.is_null(); });
    over.record = YamlRecord(over.record.self(), std::move(entries));
}

void check_withdrawal(const ElementDraft& draft) {
    for (const YamlEntry& entry : draft.record.entries()) {
        const bool allowed = entry.key == "id" || entry.key == "withdrawn" || entry.key == "cite";
        if (allowed) continue;
        entry.key_value.fault("withdrawn_with_more", "撤销的条目只能写 id、withdrawn 和 cite",
                              "an element that is withdrawn says only id, withdrawn and cite");
        return;
    }
}

// A pack whose files both state an id would decide by the order of their names.
bool is_stated_twice(const ElementDraft& under, const ElementDraft& over) {
    if (under.pack.id != over.pack.id || under.pack.version != over.pack.version) return false;
    over.record.find("id")->fault("duplicate_id", fmt::format("标识“{}”已在本包的另一文件中", over.id),
                                  fmt::format("another file of this pack gives the id '{}', too", over.id));
    return true;
}

void lay_element_over(ElementDraft over, ElementDrafts& elements) {
    const auto under = std::ranges::find(elements, over.id, &ElementDraft::id);
    if (under != elements.end() && is_stated_twice(*under, over)) return;
    const bool withdraws = over.record.flag("withdrawn");
    const bool inherits = over.record.flag("inherit");
    if ((withdraws || inherits) && under == elements.end()) {
        over.record.find(withdraws ? "withdrawn" : "inherit")
            ->fault("nothing_under", fmt::format("被扩展的包里没有“{}”", over.id),
                    fmt::format("no pack that is extended has '{}'", over.id));
        return;
    }
    if (withdraws) {
        check_withdrawal(over);
        elements.erase(under);
        return;
    }
    if (inherits) inherit_keys(*under, over);
    if (under == elements.end()) {
        elements.push_back(std::move(over));
    } else {
        *under = std::move(over);
    }
}

constexpr std::array<std::string_view, 7> files{"facts.yaml",         "parameters.yaml", "categories.yaml",
                                                "determination.yaml", "benefits.yaml",   "routes.yaml",
                                                "procedures.yaml"};

void lay_determination_over(const YamlValue& file, const PackName& pack, LawDraft& draft) {
    const auto top = file.record({"test_order", "exclusive_order", "beside", "reporting_groups"});
    if (!top) return;
    for (const YamlEntry& entry : top->entries())
        draft.determination.insert_or_assign(entry.key, KeyDraft{entry.value, pack});
}

void lay_routes_over(const YamlValue& file, const PackName& pack, LawDraft& draft) {
    std::vector<std::string_view> names;
    for (const RouteSection& section : route_sections()) names.push_back(section.name);
    const auto top = file.record(names);
    if (!top) return;
    for (const YamlEntry& entry : top->entries()) {
        const RouteSection* section = find_route_section(entry.key);
        std::vector<std::string_view> keys{"title", "action"};
        for (const RouteKey& key : section->keys) keys.push_back(key.name);
        lay_list_over(entry.value, pack, keys, draft.routes[entry.key]);
    }
}

void lay_procedures_over(const YamlValue& file, const PackName& pack, LawDraft& draft) {
    std::vector<std::string_view> names;
    for (const ProcedureSection& section : procedure_sections()) names.push_back(section.name);
    const auto top = file.record(names);
    if (!top) return;
    for (const YamlEntry& entry : top->entries()) {
        const auto section = std::ranges::find(procedure_sections(), entry.key, &ProcedureSection::name);
        lay_list_over(entry.value, pack, section->keys, draft.procedures[entry.key]);
    }
}

}  // namespace

void lay_list_over(const YamlValue& list, const PackName& pack, std::span<const std::string_view> keys,
                   ElementDrafts& elements) {
    std::vector<std::string_view> known(keys.begin(), keys.end());
    known.insert(known.end(), common_keys.begin(), common_keys.end());
    std::vector<ElementDraft> read;
    for (const YamlValue& item : list.list()) {
        auto record = item.record(known);
        if (!record) continue;
        std::string id = record->need_id("id");
        Citation cite = read_citation(*record, pack);
        if (id.empty() || !is_new_id(read, id, item)) continue;
        read.push_back({std::move(id), std::move(*record), pack, std::move(cite), {}});
    }
    for (ElementDraft& draft : read) lay_element_over(std::move(draft), elements);
}

std::span<const std::string_view> law_files() {
    return files;
}

void lay_law_file_over(std::string_view name, const YamlValue& file, const PackName& pack, LawDraft& draft) {
    if (name == "facts.yaml") {
        lay_list_over(file, pack, fact_keys(), draft.facts);
    } else if (name == "parameters.yaml") {
        lay_list_over(file, pack, parameter_keys(), draft.parameters);
    } else if (name == "categories.yaml") {
        lay_list_over(file, pack, category_keys(), draft.categories);
    } else if (name == "benefits.yaml") {
        lay_list_over(file, pack, benefit_keys(), draft.benefits);
    } else if (name == "determination.yaml") {
        lay_determination_over(file, pack, draft);
    } else if (name == "routes.yaml") {
        lay_routes_over(file, pack, draft);
    } else {
        ensure(name == "procedures.yaml", "a law file is one of those named");
        lay_procedures_over(file, pack, draft);
    }
}

}  // namespace doudi::policy
