// SPDX-License-Identifier: Apache-2.0
#include "http/request/listed.h"

#include <fmt/format.h>

namespace doudi::http {

namespace json = boost::json;

namespace {

const json::value* field_of(const json::object& item, std::string_view path) {
    const std::size_t end = path.find('/');
    const json::value* value = item.if_contains(path.substr(0, end));
    if (value == nullptr || end == std::string_view::npos) return value;
    const auto* within = value->if_object();
    return within == nullptr ? nullptr : field_of(*within, path.substr(end + 1));
}

std::string cell_of(const json::value* value, Lang lang) {
    if (value == nullptr || value->is_null()) return {};
    if (const auto* text = value->if_string()) return std::string(*text);
    if (const auto* words = value->if_object()) {
        const auto* text = words->if_contains(lang == Lang::zh ? "zh" : "en");
        return text == nullptr ? json::serialize(*words) : cell_of(text, lang);
    }
    const auto* array = value->if_array();
    if (array == nullptr) return json::serialize(*value);
    std::string joined;
    for (const json::value& one : *array)
        joined += fmt::format("{}{}", joined.empty() ? "" : ";", cell_of(&one, lang));
    return joined;
}

}  // namespace

Outcome<PageAsked> whole_asked(Call& call, QueryFields& query, FieldFaults& faults) {
    PageAsked asked;
    asked.format = query.word("format", {"json", "csv", "xlsx"}).value_or("json");
    query.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    asked.list = std::string(call.route.operation);
    return asked;
}

Outcome<PageAsked> whole_asked(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    return whole_asked(call, *query, faults);
}

intake::Table table_of_items(const json::array& items, ListedColumns columns, Lang lang) {
    intake::Table table;
    for (const ListedColumn& column : columns)
        table.columns.push_back(
            {std::string(column.name.substr(column.name.rfind('/') + 1)), column.is_number});
    for (const json::value& item : items) {
        auto& row = table.rows.emplace_back();
        for (const ListedColumn& column : columns)
            row.push_back(cell_of(field_of(item.get_object(), column.name), lang));
    }
    return table;
}

Outcome<Response> listed_file(Call& call, const PageAsked& asked, const std::string& name,
                              ListedColumns columns, const json::array& items) {
    if (!call.look) call.looked(name + ".export");
    return exported(call, asked, name, table_of_items(items, columns, call.lang));
}

Outcome<Response> listed(Call& call, const PageAsked& asked, const std::string& name, ListedColumns columns,
                         json::array items, const std::optional<std::vector<std::string>>& next_place) {
    if (is_file(asked)) return listed_file(call, asked, name, columns, items);
    return page_answer(call, asked, std::move(items), next_place);
}

}  // namespace doudi::http
