// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/condition.h"
#include "policy/law_sections.h"
#include "policy/row_schema.h"

namespace doudi::policy {

namespace {

constexpr std::array<std::string_view, 12> keys{
    "title", "dimension",    "points",         "on",      "when",          "roles", "take",
    "count", "once_in_life", "sources_needed", "cancels", "ends_household"};

class IndicatorReader {
  public:
    explicit IndicatorReader(const DatasetCatalogue& catalogue) : catalogue_(catalogue) {}

    IndicatorDraft read(const ElementDraft& element) {
        const YamlRecord& record = element.record;
        draft_.indicator.id = element.id;
        draft_.indicator.title = record.need_bilingual("title");
        draft_.indicator.dimension = record.need_id("dimension");
        draft_.indicator.points = record.need_integer("points", 0, 1000);
        draft_.indicator.cite = element.cite;
        draft_.indicator.points_cite = element.cite_of_key("points");
        read_counting(record);
        if (const YamlValue* on = record.need("on")) {
            for (const YamlValue& source : on->one_or_list()) read_source(source, record);
            if (on->is_list() && draft_.indicator.sources.empty() && on->list().empty()) {
                on->fault("no_source", "至少要有一个数据集", "at least one dataset is needed");
            }
        }
        read_sources_needed(record);
        return std::move(draft_);
    }

  private:
    void read_counting(const YamlRecord& record) {
        Indicator& indicator = draft_.indicator;
        if (const YamlValue* count = record.need("count")) {
            indicator.count = count
                                  ->one_of<CountPer>({{"per_event", CountPer::event},
                                                      {"once_per_person", CountPer::person_once},
                                                      {"once_per_household", CountPer::household_once}})
                                  .value_or(CountPer::event);
        }
        if (const YamlValue* take = record.find("take")) {
            indicator.take = take->one_of<TakePersons>({{"each", TakePersons::each},
                                                        {"first_matched", TakePersons::first_matched}})
                                 .value_or(TakePersons::each);
        }
        indicator.once_in_life = record.flag("once_in_life");
        indicator.ends_household = record.flag("ends_household");
        const YamlValue* cancels = record.find("cancels");
        if (cancels == nullptr) return;
        for (const YamlValue& item : cancels->list()) {
            if (std::optional<std::string> id = item.text())
                draft_.cancels.emplace_back(std::move(*id), item);
        }
    }

    void read_sources_needed(const YamlRecord& record) {
        const YamlValue* needed = record.find("sources_needed");
        if (needed == nullptr) return;
        Indicator& indicator = draft_.indicator;
        indicator.sources_needed = needed->integer(1, 100).value_or(1);
        if (static_cast<std::size_t>(indicator.sources_needed) > indicator.sources.size()) {
            needed->fault("sources_needed",
                          fmt::format("要求 {} 个来源，但只列出 {} 个", indicator.sources_needed,
                                      indicator.sources.size()),
                          fmt::format("{} sources are needed but {} are named", indicator.sources_needed,
                                      indicator.sources.size()));
        }
    }

    // A dataset's id, or {dataset, roles, when} where one source differs from the indicator's own roles and
    // when.
    void read_source(const YamlValue& source, const YamlRecord& indicator) {
        const YamlValue* name = &source;
        const YamlValue* roles = indicator.find("roles");
        const YamlValue* when = indicator.find("when");
        std::optional<YamlRecord> own;
        if (!source.is_scalar()) {
            own = source.record({"dataset", "roles", "when"});
            if (!own) return;
            name = own->need("dataset");
            if (const YamlValue* own_roles = own->find("roles")) roles = own_roles;
            if (const YamlValue* own_when = own->find("when")) when = own_when;
        }
        const Dataset* dataset = name == nullptr ? nullptr : find_dataset(*name);
        if (dataset == nullptr) return;
        IndicatorSource read;
        read.dataset = static_cast<int>(dataset - catalogue_.datasets.data());
        read_roles(roles, *dataset, read);
        if (when != nullptr) {
            read.when_text = when->text().value_or("");
            if (!read.when_text.empty())
                read.when = compile_condition(*when, read.when_text, row_schema(*dataset));
        }
        draft_.indicator.sources.push_back(std::move(read));
    }

    const Dataset* find_dataset(const YamlValue& name) {
        const std::optional<std::string> id = name.text();
        if (!id) return nullptr;
        const int index = catalogue_.index_of(*id);
        if (index < 0) {
            std::vector<std::string_view> known;
            for (const Dataset& dataset : catalogue_.datasets) known.push_back(dataset.id);
            name.unknown_name("unknown_dataset", "数据集", "dataset", *id, known);
            return nullptr;
        }
        const Dataset* dataset = &catalogue_.datasets[static_cast<std::size_t>(index)];
        const bool repeated = std::ranges::find(draft_.indicator.sources, index, &IndicatorSource::dataset) !=
                              draft_.indicator.sources.end();
        if (repeated) {
            name.fault("duplicate_source", fmt::format("数据集“{}”重复", *id),
                       fmt::format("the dataset '{}' is named twice", *id));
        }
        if (dataset->kind != DatasetKind::feed) {
            name.fault("source_is_register", fmt::format("“{}”是台账，不能产生事件", *id),
                       fmt::format("'{}' is a register: it tells no events", *id));
        }
        return dataset;
    }

    static void read_roles(const YamlValue* written, const Dataset& dataset, IndicatorSource& source) {
        if (written == nullptr) {
            for (std::size_t i = 0; i < dataset.persons.size(); ++i)
                source.roles.push_back(static_cast<int>(i));
            return;
        }
        for (const YamlValue& item : written->list()) {
            const std::optional<std::string> role = item.text();
            if (!role) continue;
            const auto found = std::ranges::find(dataset.persons, *role, &DatasetPerson::role);
            if (found == dataset.persons.end()) {
                std::vector<std::string_view> known;
                for (const DatasetPerson& person : dataset.persons) known.push_back(person.role);
                item.unknown_name("unknown_role", fmt::format("角色（{}）", dataset.id),
                                  fmt::format("role of {}", dataset.id), *role, known);
                continue;
            }
            source.roles.push_back(static_cast<int>(found - dataset.persons.begin()));
        }
    }

    const DatasetCatalogue& catalogue_;
    IndicatorDraft draft_;
};

}  // namespace

std::span<const std::string_view> indicator_keys() {
    return keys;
}

std::vector<IndicatorDraft> read_indicators(const ElementDrafts& drafts, const DatasetCatalogue& catalogue) {
    std::vector<IndicatorDraft> read;
    for (const ElementDraft& draft : drafts) read.push_back(IndicatorReader(catalogue).read(draft));
    return read;
}

}  // namespace doudi::policy
