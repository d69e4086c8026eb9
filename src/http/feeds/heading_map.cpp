// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/heading_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/utf8.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

constexpr std::size_t most_columns = 100;
constexpr std::size_t longest_heading = 40;  // in characters

bool is_heading(std::string_view text) {
    constexpr int most_digits = 5;
    int digits = 0;
    for (const char c : text) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits > most_digits) return false;
    }
    return !text.empty() && count_code_points(text) <= longest_heading;
}

std::string_view text_in(const json::value& of, std::string_view key) {
    const json::value* value = of.is_object() ? of.get_object().if_contains(key) : nullptr;
    return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                  : std::string_view();
}

void fault_columns(const json::value& given, const policy::Dataset& dataset, bool may_be_none,
                   BodyFields& fields) {
    const json::value* columns = given.get_object().if_contains("columns");
    if (columns == nullptr || !columns->is_array() || (columns->get_array().empty() && !may_be_none) ||
        columns->get_array().size() > most_columns) {
        fields.fault("headings/columns", "missing",
                     {"请写明至少一个表头是哪一项", "say of at least one heading which field it is"});
        return;
    }
    std::set<std::string> seen;
    std::set<std::string_view> told;
    for (std::size_t n = 0; n < columns->get_array().size(); ++n) {
        const json::value& one = columns->get_array()[n];
        const std::string_view heading = text_in(one, "heading");
        const std::string_view field = text_in(one, "field");
        if (!is_heading(heading) || !seen.insert(intake::normal_heading(heading)).second)
            fields.fault(fmt::format("headings/columns/{}/heading", n), "bad_heading",
                         {"不是表头，或写了两次", "no heading, or written twice"});
        if (dataset.column_of(field) < 0 || !told.insert(field).second)
            fields.fault(
                fmt::format("headings/columns/{}/field", n), "unknown_field",
                {"数据集没有这一项，或写了两次", "the dataset has no such field, or it is written twice"});
    }
}

std::string_view title_of(const policy::DatasetColumn& column) {
    return column.headings.empty() ? column.field : column.headings.front();
}

}  // namespace

std::string_view field_title(const policy::Dataset& dataset, std::string_view field) {
    const int column = dataset.column_of(field);
    return column < 0 ? field : title_of(dataset.columns[static_cast<std::size_t>(column)]);
}

std::string map_text(const json::value& map) {
    return map.is_null() ? std::string() : json::serialize(map);
}

json::value map_of(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::parse(text);  // we wrote it
}

json::value heading_map_given(const Call& call, BodyFields& fields, std::size_t files, bool may_be_none) {
    const json::value* given = fields.value("headings", false);
    if (given == nullptr || given->is_null()) return nullptr;
    if (files != 1)
        fields.fault("headings", "one_file", {"对照只用于一个文件的导入", "holds for an import of one file"});
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(text_in(*given, "dataset"));
    const policy::Dataset* dataset = at < 0 ? nullptr : &catalogue.datasets[static_cast<std::size_t>(at)];
    const std::string& department = call.who().department;
    if (dataset == nullptr || (!department.empty() && dataset->department != department)) {
        fields.fault(
            "headings/dataset", "no_such_dataset",
            {"没有这个数据集，或不是本部门的", "there is no such dataset, or it is another department's"});
        return nullptr;
    }
    fault_columns(*given, *dataset, may_be_none, fields);
    return *given;
}

void add_headings(policy::DatasetCatalogue& catalogue, const json::value& map) {
    const int at = map.is_object() ? catalogue.index_of(text_in(map, "dataset")) : -1;
    if (at < 0) return;  // nothing was said, or of a dataset that is no more
    policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(at)];
    for (const json::value& one : map.at("columns").as_array()) {
        const int column = dataset.column_of(text_in(one, "field"));
        if (column < 0) continue;
        dataset.columns[static_cast<std::size_t>(column)].headings.emplace_back(text_in(one, "heading"));
    }
}

std::vector<Text> headings_said(const json::value& map, const policy::DatasetCatalogue& catalogue) {
    std::vector<Text> said;
    if (!map.is_object()) return said;
    const int at = catalogue.index_of(text_in(map, "dataset"));
    for (const json::value& one : map.at("columns").as_array()) {
        const std::string_view heading = text_in(one, "heading");
        const std::string_view field = text_in(one, "field");
        const policy::Dataset* dataset = at < 0 ? nullptr : &catalogue.datasets[static_cast<std::size_t>(at)];
        const std::string_view title = dataset == nullptr ? field : field_title(*dataset, field);
        said.push_back({fmt::format("人工对照：“{}”按“{}”读取", heading, title),
                        fmt::format("said by a person: \"{}\" is read as {}", heading, field)});
    }
    return said;
}

json::object headings_json(const intake::Recognised& seen, const policy::DatasetCatalogue& catalogue) {
    const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(seen.dataset)];
    json::array unknown;
    for (std::size_t column = 0; column < seen.headings.size(); ++column) {
        const bool is_read =
            std::ranges::find(seen.column_of, static_cast<int>(column)) != seen.column_of.end();
        if (!is_read && is_heading(seen.headings[column])) unknown.emplace_back(seen.headings[column]);
    }
    json::array fields;
    for (std::size_t n = 0; n < dataset.columns.size(); ++n) {
        const policy::DatasetColumn& column = dataset.columns[n];
        const std::string& heading = seen.heading_of(static_cast<int>(n));
        fields.push_back(
            json::object{{"field", column.field},
                         {"title", title_of(column)},
                         {"required", column.required},
                         {"heading", heading.empty() ? json::value(nullptr) : json::value(heading)}});
    }
    return {{"row", seen.heading_row},
            {"dataset", dataset.id},
            {"dataset_title", words(dataset.title)},
            {"unknown", std::move(unknown)},
            {"fields", std::move(fields)}};
}

}  // namespace doudi::http
