// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "policy/dataset_file.h"
#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::policy {

namespace fs = std::filesystem;

int Dataset::column_of(std::string_view field) const {
    const auto found = std::ranges::find(columns, field, &DatasetColumn::field);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

bool Dataset::tells_by(int column) const {
    return column >= 0 && (column == authorised_on_column ||
                           std::ranges::find(facts, column, &DatasetFact::column) != facts.end());
}

int DatasetCatalogue::index_of(std::string_view id) const {
    const auto found = std::ranges::find(datasets, id, &Dataset::id);
    return found == datasets.end() ? -1 : static_cast<int>(found - datasets.begin());
}

namespace {

constexpr std::string_view heading_file = "headings.yaml";

bool shares_a_heading(const DatasetColumn& wanted, const Dataset& other) {
    return std::ranges::any_of(other.columns, [&](const DatasetColumn& column) {
        return std::ranges::any_of(wanted.headings, [&](const std::string& heading) {
            return std::ranges::find(column.headings, heading) != column.headings.end();
        });
    });
}

// A file of `other` could carry every heading that `dataset` asks for.
bool could_pass_for(const Dataset& other, const Dataset& dataset) {
    return std::ranges::all_of(dataset.columns, [&](const DatasetColumn& column) {
        return !column.required || shares_a_heading(column, other);
    });
}

// `places` holds where each dataset begins.
void check_together(const std::vector<Dataset>& datasets, const std::vector<Place>& places, Faults& faults) {
    std::map<std::string_view, const Dataset*> by_id;
    std::map<std::string_view, const Dataset*> by_department;
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        const Dataset& dataset = datasets[i];
        if (const auto [first, fresh] = by_id.emplace(dataset.id, &dataset); !fresh && !dataset.id.empty()) {
            faults.add("duplicate_id",
                       {fmt::format("数据集“{}”已在 {} 中定义", dataset.id, first->second->origin),
                        fmt::format("the dataset '{}' is already in {}", dataset.id, first->second->origin)},
                       places[i]);
        }
        const auto [named, fresh] = by_department.emplace(dataset.department, &dataset);
        if (!fresh && named->second->department_title != dataset.department_title) {
            faults.add("department_title",
                       {fmt::format("部门“{}”的名称与 {} 中不同", dataset.department, named->second->origin),
                        fmt::format("the department '{}' has another title in {}", dataset.department,
                                    named->second->origin)},
                       places[i]);
        }
    }
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        for (std::size_t j = i + 1; j < datasets.size(); ++j) {
            const Dataset& one = datasets[i];
            const Dataset& two = datasets[j];
            if (!could_pass_for(one, two) || !could_pass_for(two, one)) continue;
            faults.add("datasets_alike",
                       {fmt::format("凭必需表头无法与 {} 区分", one.origin),
                        fmt::format("its required headings do not tell it from {}", one.origin)},
                       places[j]);
        }
    }
}

HeadingSets read_heading_sets(const fs::path& folder, Faults& faults) {
    const fs::path path = folder / heading_file;
    if (!fs::exists(path)) return {};
    const std::optional<YamlValue> file = read_yaml_file(path, shown_name(folder, path), faults);
    return file ? HeadingSets::read(*file) : HeadingSets{};
}

}  // namespace

Loaded<DatasetCatalogue> load_datasets(const fs::path& folder) {
    Faults faults;
    const std::vector<fs::path> files = yaml_files(folder, faults);
    const HeadingSets headings = read_heading_sets(folder, faults);
    DatasetCatalogue catalogue;
    std::vector<Place> places;
    for (const fs::path& path : files) {
        if (path.filename() == heading_file) continue;
        const std::optional<YamlValue> file = read_yaml_file(path, shown_name(folder, path), faults);
        if (!file) continue;
        catalogue.datasets.push_back(read_dataset(*file, headings));
        places.push_back(file->place());
    }
    if (faults.none()) check_together(catalogue.datasets, places, faults);
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    std::ranges::sort(catalogue.datasets, {}, &Dataset::id);
    catalogue.content_hash = fingerprint(files);
    return catalogue;
}

}  // namespace doudi::policy
